"""An invented draw with one joint visit: what templates are checked against, and renderers tried on."""

from datetime import date
from fractions import Fraction

from ssj_core.documents.model import Dossier, Entropy, Exchange, Member, Stratum, Visit
from ssj_core.roster.contacts import Contact
from ssj_core.rules.effective import (
    EffectiveRules,
    SealedChecklist,
    SealedEntropy,
    SealedItem,
    SealedRatio,
    SealedTeam,
)
from ssj_core.rules.model import LegalBasis
from ssj_core.tables import SiteRow, SubjectRow
from ssj_core.text import Text

_DIGEST = "0123456789abcdef" * 4


def sample_dossier() -> Dossier:
    """A joint draw with one visit by two sections."""
    row = SubjectRow(
        id="uscc:91130624EX0000010A", name="示例建筑工程有限公司", kind="施工企业", stratum="全部",
        sectors=("example",), section="建筑业管理股", area="示例镇", address="示例路1号", risk_class="A", key=True,
        parent="示例集团",
    )  # fmt: skip
    team = (
        Member(
            role="主办",
            id="officer:SL101",
            name="示例甲",
            section="建筑业管理股",
            certificate="SL101",
            fields=("example",),
        ),
        Member(role="协办", id="officer:SL201", name="示例乙", section="勘察设计股", certificate="SL201"),
    )
    site = SiteRow(
        id="permit:SL-1", name="示例工程", kind="工程项目", area="示例镇", address="示例路2号", subject=row.id
    )
    visit = Visit(
        number=1, version=2, subject=row, team=team, made_by="example-batch-1+1", digest=_DIGEST,
        reason="示例丙退出（请假；示例）", sites=(site,), ended_by="example-batch-1+2",
        contact=Contact(legal_rep="示例丁", contact="示例戊", phone="0000-0000000"),
    )  # fmt: skip
    return Dossier(
        rules=_rules(), record_digest=_DIGEST, commitment=_DIGEST, sm3=_DIGEST, subjects_root=_DIGEST,
        subjects_count=40, officers_root=_DIGEST, officers_count=12, plan_digest=_DIGEST, rules_digest=_DIGEST,
        previous_head=_DIGEST, seed=_DIGEST, sealed_at="2021-01-18T09:00:00+08:00",
        drawn_at="2021-01-18T09:30:00+08:00", ledger_head=_DIGEST, level="E2", level_words=Text("示例", "example"),
        entropy=(
            Entropy(
                source="text", title="见证人报数", canonical="31415926535897932384", who=("王某", "李某"),
                where="局会议室", when="2021-01-18T09:30:00+08:00",
            ),
        ),
        strata=(Stratum(stratum="全部", size=40, quota=2),), excluded=(1, 1), drawn=2, reserve=10, after=1,
        exchanges=(
            Exchange(
                id="example-batch-1+1", who="示例丙（officer:SL102）", reason="请假", document="示例", by="办公室",
                outcome="改派示例甲",
            ),
        ),
        visits=(visit,), all_visits=1, teams_drawn=1,
        officers_drawn=2,
    )  # fmt: skip


def _rules() -> EffectiveRules:
    basis = (LegalBasis(title="示例办法", articles=("13",), mark="GK"),)
    item = SealedItem(
        id="SL-01", title="示例事项", content="示例内容。", kinds=("施工企业",), methods=("书面检查",), note="示例",
        basis=basis,
    )  # fmt: skip
    return EffectiveRules(
        format="ssj-rules/1", spec="SSJ-DRAW/1", match_spec="ssj-match/1", draw_id="example-batch-1",
        bureau="示例局", plan="示例方案", document_no="示例〔2021〕1号", ruleset="example", batch="batch",
        policy="batch", title="示例批次", year=2021, start=date(2021, 1, 18), end=date(2021, 4, 9), mode="targeted",
        joint=True, scope="all", sectors=("example",), entropy=(SealedEntropy(source="text"),),
        ratio=SealedRatio(
            rule="example", title="示例", stratifier="example", total="each", coverage_first=False, reserve=10,
            basis=basis, classes=(),
        ),
        team=SealedTeam(size=2, officers="joint", lead_section="建筑业管理股", evenness="range"),
        yearly_share=Fraction(1, 20),
        checklists=(SealedChecklist(sector="example", title="示例类别", items=(item,), not_in_force=()),),
    )  # fmt: skip
