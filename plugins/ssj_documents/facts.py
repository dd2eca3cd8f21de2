"""What a template may print: the draw itself, its forms, the tasks of each officer, and the protocol of the draw."""

from typing import Any, Final

from ssj_core.documents.model import Dossier
from ssj_documents import brief
from ssj_documents.deadline import chinese_day, entry_deadline, moment
from ssj_documents.forms import form, place_of, shown, subject
from ssj_documents.items import items_for

_MODES: Final = {"targeted": "定向抽查", "untargeted": "不定向抽查"}
_PLAN, _TITLE = 100, 76
_NO_LEDGER: Final = "（旁边没有台账）"


def facts(dossier: Dossier) -> dict[str, Any]:
    """Everything, by the names templates use: 批次, 各表, 各人, 会议."""
    return {
        "批次": batch(dossier),
        "各表": [form(dossier, visit) for visit in dossier.visits],
        "各人": officers(dossier),
        "会议": meeting(dossier),
    }


def batch(dossier: Dossier) -> dict[str, Any]:
    """The draw: whose, which plan, which days, and the digests anybody compares."""
    rules = dossier.rules
    return {
        "抽取编号": rules.draw_id,
        "单位": shown(rules.bureau),
        "计划": shown(rules.plan),
        "文号": shown(rules.document_no),
        "名称": shown(rules.title),
        "年度": rules.year,
        "开始": chinese_day(rules.start),
        "结束": chinese_day(rules.end),
        "方式": _MODES[rules.mode],
        "组织": "联合检查" if rules.joint else "单独检查",
        "联合": rules.joint,
        "表名": "随机抽查联合检查记录表" if rules.joint else "随机抽查检查记录表",
        "户数": dossier.all_visits,
        "录入期限": entry_deadline(rules, dossier.visit_day, dossier.holidays),
        "承诺": dossier.commitment,
        "种子": dossier.seed,
        "记录摘要": dossier.record_digest,
        "抽取后台账头": dossier.ledger_head or _NO_LEDGER,
        "替换次数": len(dossier.exchanges),
    }


def officers(dossier: Dossier) -> list[dict[str, Any]]:
    """One entry for each officer with a visit, by section and certificate; the visits by number."""
    found: dict[str, dict[str, Any]] = {}
    for visit in dossier.visits:
        for member in visit.team:
            if member.id not in found:
                found[member.id] = {
                    "姓名": shown(member.name),
                    "股室": place_of(member),
                    "执法证号": shown(member.certificate),
                    "任务": [],
                }
            others = [f"{m.role}{shown(m.name)}（{place_of(m)}）" for m in visit.team if m.id != member.id]
            found[member.id]["任务"].append(
                {
                    "序号": len(found[member.id]["任务"]) + 1,
                    "表号": f"{visit.number:03}",
                    "版次": visit.version,
                    "对象": subject(visit.subject),
                    "分工": member.role,
                    "同组": "、".join(others),
                    "事项数": sum(len(c.items) for c in items_for(dossier.rules, visit.subject)),
                }
            )
    ordered = sorted(found.items(), key=lambda pair: (pair[1]["股室"], pair[0]))
    return [{**one, "户数": len(one["任务"])} for _, one in ordered]


def meeting(dossier: Dossier) -> dict[str, Any]:
    """The protocol of the draw: what was sealed, what came as entropy, what was drawn, what to compare."""
    sources, more_sources = brief.sources(dossier.entropy)
    strata, more_strata = brief.strata(dossier.strata)
    when, where = brief.present(dossier.entropy)
    return {
        "计划": shown(brief.cut(dossier.rules.plan, _PLAN)),
        "批次": shown(brief.cut(dossier.rules.title, _TITLE)),
        "封存时间": moment(dossier.sealed_at),
        "抽取时间": moment(dossier.drawn_at),
        "时间": when,
        "地点": shown(where),
        "签名": [{name: shown(text) for name, text in row.items()} for row in brief.signing(dossier.entropy)],
        "对象数": dossier.subjects_count,
        "对象根": dossier.subjects_root,
        "人员数": dossier.officers_count,
        "人员根": dossier.officers_root,
        "未纳入对象": dossier.excluded[0],
        "未纳入人员": dossier.excluded[1],
        "计划摘要": dossier.plan_digest,
        "规则摘要": dossier.rules_digest,
        "承诺": dossier.commitment,
        "国密摘要": dossier.sm3,
        "封存前台账头": dossier.previous_head,
        "熵源": [{name: shown(text) for name, text in one.items()} for one in sources],
        "其余熵源": more_sources,
        "种子": dossier.seed,
        "等级": dossier.level,
        "等级说明": dossier.level_words.zh,
        "分层": [{**one, "分层": shown(one["分层"])} for one in strata],
        "其余分层": more_strata,
        "抽中": dossier.drawn,
        "递补": dossier.reserve,
        "检查组数": dossier.teams_drawn,
        "派出人数": dossier.officers_drawn,
        "各单位": shown(brief.departments(dossier.visits)),
        "记录摘要": dossier.record_digest,
        "抽取后台账头": dossier.ledger_head or _NO_LEDGER,
    }
