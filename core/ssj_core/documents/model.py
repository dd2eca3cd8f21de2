"""What a paper is printed from, and what prints it: plain facts of a draw as it stands, and renderers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import field, frozen

from ssj_core.problems import Problem
from ssj_core.roster.contacts import Contact
from ssj_core.rules.effective import EffectiveRules
from ssj_core.tables import SiteRow, SubjectRow
from ssj_core.text import Text
from ssj_core.workdays import Holidays


@frozen(kw_only=True)
class Member:
    """One officer of a team: his part in it, his section, the number of his enforcement certificate.

    `fields` are the ids of the sectors he is qualified for, among those of the batch. `unit` is his department, in a
    batch of several.
    """

    role: str
    id: str
    name: str
    section: str
    certificate: str
    fields: tuple[str, ...] = ()
    unit: str = ""


@frozen(kw_only=True)
class Visit:
    """One subject to be inspected by one team, as one form is printed for it.

    `number` stays with the subject through all versions: the drawn come first, in the order of their tickets, those
    who stepped in after them. `version` counts the teams the subject has had; `made_by` is the id of the draw or
    replacement that made this one, `digest` that of its record, `reason` (Chinese) why there is a new one. `sites` are
    those drawn of the subject, in a draw of two stages. `ended_by` is the replacement that put another version, or
    another subject, in its place; empty while it stands. `contact` is known only to papers that print it: it is read
    from the office's roster at that moment.
    """

    number: int
    version: int
    subject: SubjectRow
    team: tuple[Member, ...]
    made_by: str
    digest: str
    reason: str = ""
    sites: tuple[SiteRow, ...] = ()
    ended_by: str = ""
    dropped: bool = False
    contact: Contact = field(factory=Contact)


@frozen(kw_only=True)
class Entropy:
    """An entropy value as it counted, with those who attest it; `appointed` is its future event, sealed before."""

    source: str
    title: str
    canonical: str
    who: tuple[str, ...]
    where: str
    when: str
    appointed: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class Stratum:
    """A stratum: how many it holds and how many were drawn."""

    stratum: str
    size: int
    quota: int


@frozen(kw_only=True)
class Exchange:
    """A replacement: who dropped out, why, on which evidence, decided by whom; what became of it, in Chinese."""

    id: str
    who: str
    reason: str
    document: str
    by: str
    outcome: str


@frozen(kw_only=True)
class Dossier:
    """卷宗: a draw as it stands after replacement `after` (0: as it was drawn).

    `record_digest` is the SHA-256 of `record.toml`; `ledger_head` that of the ledger's line of this draw, empty where
    no ledger lies beside it. `level` says what the randomness is worth (SPEC §11.2). `visits` are those asked for,
    `all_visits` how many stand, `teams_drawn` and `officers_drawn` how many there were when it was drawn. `excluded`
    counts those left out of the draw: subjects, then officers. `visit_day` is that of the inspection, where
    it is known; `holidays` are tables of today, for years that had none when it was sealed.
    """

    rules: EffectiveRules
    record_digest: str
    commitment: str
    sm3: str
    subjects_root: str
    subjects_count: int
    officers_root: str
    officers_count: int
    plan_digest: str
    rules_digest: str
    previous_head: str
    seed: str
    sealed_at: str
    drawn_at: str
    ledger_head: str
    level: str
    level_words: Text
    entropy: tuple[Entropy, ...]
    strata: tuple[Stratum, ...]
    excluded: tuple[int, int]
    drawn: int
    reserve: int
    after: int
    exchanges: tuple[Exchange, ...]
    visits: tuple[Visit, ...]
    all_visits: int
    teams_drawn: int
    officers_drawn: int
    visit_day: date | None = None
    holidays: Holidays = field(factory=dict)


Suffix = Literal["docx", "pdf", "xlsx", "csv", "html", "txt"]


@frozen(kw_only=True)
class Renderer:
    """文书: prints one kind of paper from a dossier.

    `title` names it in Chinese, and its files; `title_en` in English messages, which else say the id.
    `render` gives the bytes of the file; equal dossiers and templates give equal bytes. Where the office may change
    the layout, `template` gives the shipped template, and `check` says what is wrong with one (bytes and file name);
    `render` is then given the office's own, or None for the shipped one. `whole`: it is about the draw as it was drawn,
    not about visits, and cannot be printed in part. `contacts`: it prints 法定代表人, 联系人 and 电话, so it is for the
    office and the inspected alone, and never published; only then are they read.
    """

    id: str
    title: str
    suffix: Suffix
    render: Callable[[Dossier, bytes | None], bytes]
    template: Callable[[], bytes] | None = None
    check: Callable[[bytes, str], Sequence[Problem]] | None = None
    whole: bool = False
    contacts: bool = False
    title_en: str = ""

    @property
    def words(self) -> Text:
        """What it is called in either language."""
        return Text(self.title, self.title_en or self.id)
