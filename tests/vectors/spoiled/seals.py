"""Bad sealings: step 3, what no honest sealing can hold, drawn as if it had been sealed; every digest is right."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import evolve

from ssj_core.rules.effective import EffectiveRules
from ssj_core.sealed import Sealed
from tests.vectors.spoiled.base import data, forged, put, sealed, text
from tests.vectors.spoiled.vector import Vector, bad, good

FAILS: Final = "all digests right"


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield from _rules()
    yield from _newer()
    yield from _bounds()
    yield from _teams()
    yield from _people()
    yield from _named()
    for name, value in (("title", "别的抽查"), ("bureau", "别的局")):
        files = forged(record=put(name, value=value))
        yield (
            f"record-another-{name}",
            bad(f"the record has another {name} than the rules", "9.9", 3, "SSJ-V052", files),
        )


def _rules() -> Iterator[tuple[str, Vector]]:
    made = {
        "digest-of-a-table": ("another digest of subjects.csv", "5.6", "SSJ-V051", _digest_of_subjects()),
        "unknown-field": ("a field that the format does not have", "9.3", "SSJ-V006", ("scope", 'colour = "x"\nscope')),
        "missing-field": ("no `scope`", "9.3", "SSJ-V007", ('scope = "all"\n', "")),
        "wrong-type": ("a reserve that is text", "9.3", "SSJ-V008", ("reserve = 2", 'reserve = "2"')),
        "truth-for-a-number": ("a reserve that is true", "9.3", "SSJ-V008", ("reserve = 2", "reserve = true")),
        "unknown-field-of-a-class": (
            "a field that a class does not have",
            "9.3",
            "SSJ-V006",
            ("at_least = 0", "at_least = 0\ncolour = 1"),
        ),
        "unknown-field-of-a-roster": (
            "a field that the pin of a roster does not have",
            "9.3",
            "SSJ-V006",
            ('role = "', 'colour = 1\nrole = "'),
        ),
        "missing-field-of-the-team": ("no `evenness`", "9.3", "SSJ-V007", ('evenness = "range"\n', "")),
        "remark-of-another-type": ("`joint` is text", "9.3", "SSJ-V008", ("joint = false", 'joint = "no"')),
        "day-with-a-time": (
            "the first day has a time",
            "9.3",
            "SSJ-V008",
            ("start = 2021-03-01", "start = 2021-03-01T00:00:00"),
        ),
        "other-word": ("a way to round that no version has", "9.3", "SSJ-V008", ('"up"', '"sideways"')),
        "float-ratio": ("a ratio that is a float", "4.2 9.3", "SSJ-V008", ('"50%"', "0.5")),
        "full-width-ratio": ("a ratio in full-width signs", "4.2 9.3", "SSJ-V008", ('"50%"', '"50％"')),
        "text-for-a-list": (
            "sectors that are text",
            "9.3",
            "SSJ-V008",
            ('sectors = [\n    "s0",\n]', 'sectors = "s0"'),
        ),
        "remark-that-rings": ("a remark that rings", "9.6", "SSJ-V011", ('title = "在营', 'title = "\\u0007在营')),
        "not-toml": ("it is no TOML", "11.2", "SSJ-V009", ("scope = ", "scope ")),
        "control-character": ("a title that rings", "9.6", "SSJ-V011", ('title = "一次', 'title = "\\u0007一次')),
    }
    for name, (about, musts, code, (old, new)) in made.items():
        files = forged(rules=text(old, new))
        yield f"rules-{name}", bad(f"rules.toml, {FAILS}: {about}", musts, 3, code, files)
    bare = forged(rules=lambda _: "")
    yield "rules-empty", bad(f"rules.toml is empty, {FAILS}", "11.2", 3, "SSJ-V013", bare)


def _digest_of_subjects() -> tuple[str, str]:
    right = sealed().rules.tables["subjects.csv"]
    return right, right[::-1]


def _newer() -> Iterator[tuple[str, Vector]]:
    for name in ("ssj-rules", "ssj-match"):
        files = forged(rules=text(f'"{name}/1"', f'"{name}/2"'))
        yield (
            f"rules-newer-{name}",
            bad(f"a newer version wrote the rules: {name}/2", "11.9", 3, "SSJ-V005", files, verdict="unknown"),
        )
    plan = sealed().plan.replace(b"ssj-plan/1", b"ssj-plan/2")
    files = forged(evolve(sealed(), plan=plan))
    yield "plan-newer", bad("a newer version wrote the plan", "11.9", 3, "SSJ-V005", files, verdict="unknown")


def _bounds() -> Iterator[tuple[str, Vector]]:
    made = {
        "stratum-twice": ("a stratum is named twice", "SSJ-V053", ('    "东股",\n', '    "东股",\n    "东股",\n')),
        "at-least-negative": ("a class takes at least −1", "SSJ-V055", ("at_least = 0", "at_least = -1")),
        "reserve-negative": ("a reserve of −1", "SSJ-V055", ("reserve = 2", "reserve = -1")),
        "team-of-one": ("a team of one", "SSJ-V055", ("size = 2", "size = 1")),
        "team-of-51": ("a team of 51", "SSJ-V055", ("size = 2", "size = 51")),
    }
    for name, (about, code, (old, new)) in made.items():
        yield f"rules-{name}", bad(f"{about}, {FAILS}", "9.8", 3, code, forged(rules=text(old, new)))
    lost = _subjects(evolve(sealed().subjects[0], stratum="别的"), *sealed().subjects[1:])
    files = forged(tables={"subjects.csv": lost.tables["subjects.csv"]})
    yield "subject-in-no-stratum", bad(f"a subject in a stratum nobody named, {FAILS}", "9.8", 3, "SSJ-V054", files)
    files = forged(_two_roundings())
    yield "classes-of-two-roundings", bad(f"a shared total, two roundings, {FAILS}", "9.8", 3, "SSJ-V056", files)


def _teams() -> Iterator[tuple[str, Vector]]:
    other, member = '{ role = "主办" }, { role = "协办" }', '{ role = "主办" }, { role = "协办", '
    made = {
        "place-more": ("more places than its size", "SSJ-V230", f'places = [{other}, {{ role = "协办" }}]'),
        "led-by-two": ("two who lead", "SSJ-V230", 'places = [{ role = "主办" }, { role = "主办" }]'),
        "place-of-two-sections": (
            "a place that names its section in two ways", "SSJ-V231",
            f'places = [{member}sections = ["东股"], own_section = true }}]',
        ),
        "section-that-reads-otherwise": (
            "a section whose class is called as that of all others is", "SSJ-V232",
            f'places = [{member}sections = ["东股以外"] }}]',
        ),
        "section-of-two-words": (
            "a section called as two are", "SSJ-V232", f'places = [{member}sections = ["东股、西股"] }}]',
        ),
        "section-without-a-name": (
            "a section that has no name", "SSJ-V232", f'places = [{member}sections = [""] }}]',
        ),
        "need-without-a-list": (
            "a place for the qualified, and nobody is", "SSJ-V233", f'places = [{member}needs = ["电气"] }}]',
        ),
        "qualified-stranger": (
            "one is qualified who is not in the pool", "SSJ-V234", 'qualified = { "电气" = ["officer:9999"] }',
        ),
        "qualified-twice": (
            "one stands twice among the qualified", "SSJ-V235",
            'qualified = { "电气" = ["officer:0002", "officer:0002"] }',
        ),
        "pair-reversed": (
            "a pair to avoid, the greater id first", "SSJ-V235", 'avoid = { "officer:0003" = ["officer:0002"] }',
        ),
        "department-stranger": (
            "one is of a department who is not in the pool", "SSJ-V234", 'departments = { "甲局" = ["officer:9999"] }',
        ),
        "department-reversed": (
            "a department out of order", "SSJ-V235", 'departments = { "甲局" = ["officer:0003", "officer:0002"] }',
        ),
        "department-of-another": (
            "one is of two departments", "SSJ-V235",
            'departments = { "甲局" = ["officer:0002"], "乙局" = ["officer:0002", "officer:0003"] }',
        ),
        "companion-of-the-pool": (
            "an officer of the pool accompanies", "SSJ-V234", 'companions = [{ id = "officer:0002", kind = "专家" }]',
        ),
        "widen-negative": ("ranges wider by −1", "SSJ-V055", "widen = -1"),
    }  # fmt: skip
    for name, (about, code, line) in _limits().items():
        files = forged(rules=text('evenness = "range"\n', f'evenness = "range"\n{line}\n'))
        yield f"limits-{name}", bad(f"limits of visits, {FAILS}: {about}", "9.14", 3, code, files)
    yield from _several_limits()
    strict = forged(rules=text('evenness = "range"\n', 'evenness = "strict"\nwiden = 1\n'))
    yield "team-strict-and-wider", bad(f"wider ranges where there are none, {FAILS}", "9.13", 3, "SSJ-V055", strict)
    two = 'departments = { "甲局" = ["officer:0003"], "乙局" = ["officer:0002"] }'
    files = forged(rules=text('evenness = "range"\n', f'evenness = "range"\n{two}\n'))
    yield "good-departments", good("officers of two departments, one of none", "9.13", files, "E2")
    for name, (about, code, line) in made.items():
        files = forged(rules=text('evenness = "range"\n', f'evenness = "range"\n{line}\n'))
        yield f"team-{name}", bad(f"rules for teams, {FAILS}: {about}", "9.13", 3, code, files)


def _several_limits() -> Iterator[tuple[str, Vector]]:
    """Caps as limits make them, the first two officers' own; and what a list of them may not say."""
    week, month = '{ per = "week", most = 9, periods = 9', '{ per = "month", most = 9, periods = 2'
    two = 'bound = ["officer:0002", "officer:0003"]'
    everybody = ", ".join(f'"{o.id}"' for o in sealed().officers)
    made: dict[str, tuple[str, tuple[int, ...], str]] = {
        "bind-all-and-a-stranger": (
            "all are bound, and a stranger", (4, 4), f'{week}, bound = [{everybody}, "officer:9999"] }}',
        ),
        "over-and-bound-by-another": (
            "one is over a limit, and another binds him", (3, 0),
            f'{week}, bound = ["officer:0002"], over = ["officer:0003"] }}, {month}, bound = ["officer:0003"] }}',
        ),
        "over-and-not-nought": (
            "one is over a limit, and may go", (3, 4), f'{week}, bound = ["officer:0002"], over = ["officer:0002"] }}',
        ),
        "free-and-not-alike": ("those whom none binds have two caps", (3, 4), f"{week} }}"),
        "bind-twice-over": (
            "two limits bind one", (3, 4), f'{week}, bound = ["officer:0002"] }}, {month}, bound = ["officer:0002"] }}',
        ),
        "of-a-person-in-the-rules": ("a person's own limit has a number", (3, 3),
                                     f'{{ per = "person", most = 3, periods = 1, {two} }}'),
        "bound-reversed": ("the bound are out of order", (3, 3),
                           f'{week}, bound = ["officer:0003", "officer:0002"] }}'),
        "over-reversed": ("those over it are out of order", (0, 0),
                          f'{week}, {two}, over = ["officer:0003", "officer:0002"] }}'),
        "of-a-draw-is-another": ("a cap that the limit of a draw made is less", (3, 4),
                                 '{ per = "draw", most = 4, periods = 1, bound = ["officer:0002"] }'),
    }  # fmt: skip
    for name, (about, caps, limits) in {"": ("", (3, 3), f"{week}, {two} }}"), **made}.items():
        rest = sealed().officers[len(caps) :]
        ours = [evolve(o, cap=cap) for o, cap in zip(sealed().officers, caps, strict=False)]
        start = evolve(sealed(), officers=(*ours, *rest))
        files = forged(start, rules=text('evenness = "range"\n', f'evenness = "range"\nlimits = [{limits}]\n'))
        if name:
            stranger = ("bind-twice-over", "bind-all-and-a-stranger", "over-and-bound-by-another")
            code = "SSJ-V234" if name in stranger else "SSJ-V236" if "person" in name else "SSJ-V237"
            code = "SSJ-V235" if "reversed" in name else code
            yield f"limits-{name}", bad(f"limits of visits, {FAILS}: {about}", "9.14", 3, code, files)
        else:
            yield "good-limits", good("two officers whose caps a limit made", "9.14", files, "E2")


def _limits() -> dict[str, tuple[str, str, str]]:
    """The batch is March and April 2021: it touches 9 weeks; everybody's cap is that of all visits."""
    week = '{ per = "week", most = 9, periods = 9'
    return {
        "order": (
            "a year before a month",
            "SSJ-V236",
            'limits = [{ per = "year", most = 9, periods = 1 }, { per = "month", most = 9, periods = 2 }]',
        ),
        "weeks-too-many": (
            "more weeks than there are",
            "SSJ-V236",
            'limits = [{ per = "week", most = 9, periods = 10 }]',
        ),
        "of-nothing": ("a limit of nothing", "SSJ-V236", 'limits = [{ per = "year", periods = 1 }]'),
        "below-a-cap": (
            "caps are more than it allows",
            "SSJ-V237",
            'limits = [{ per = "draw", most = 1, periods = 1 }]',
        ),
        "binds-a-stranger": (
            "it binds one who is not in the pool",
            "SSJ-V234",
            f'limits = [{week}, bound = ["officer:9999"] }}]',
        ),
        "binds-twice": (
            "it binds one twice",
            "SSJ-V235",
            f'limits = [{week}, bound = ["officer:0002", "officer:0002"] }}]',
        ),
        "binds-without-effect": (
            "it binds one who may be sent as often as all",
            "SSJ-V237",
            f'limits = [{week}, bound = ["officer:0002"] }}]',
        ),
        "over-and-unbound": (
            "one has more than a limit that does not bind him",
            "SSJ-V234",
            f'limits = [{week}, over = ["officer:0002"] }}]',
        ),
    }


def _two_roundings() -> Sealed:
    rules = sealed().rules
    one, other = rules.ratio.classes
    classes = (one, evolve(other, rounding="down"))
    return _with_rules(evolve(rules, ratio=evolve(rules.ratio, total="shared", classes=classes)))


def _people() -> Iterator[tuple[str, Vector]]:
    whole = sealed()
    gone, recused = whole.excluded, whole.recusals[0]
    subject = whole.subjects[0]
    twice = _subjects(subject, evolve(subject, name="同号另户"), *whole.subjects[1:]).tables["subjects.csv"]
    files = forged(_rows(whole, "subjects", 1), tables={"subjects.csv": twice})
    yield "subject-twice", bad(f"one id stands twice in the pool, {FAILS}", "3.2 9.7", 3, "SSJ-V057", files)
    nameless = {"subjects.csv": data("对象8,,西股,s0,", "对象8,,西股,s0；,")(whole.tables["subjects.csv"])}
    maybe = {"subjects.csv": data("西股,,,,否,", "西股,,,,也许,")(whole.tables["subjects.csv"])}
    about = f"a subject that may be a key enterprise, {FAILS}"
    yield "subject-perhaps-a-key-enterprise", bad(about, "9.2", 3, "SSJ-V043", forged(tables=maybe))
    about = f"a subject of a sector without a name, {FAILS}"
    yield "subject-of-a-nameless-sector", bad(about, "9.2", 3, "SSJ-V043", forged(tables=nameless))
    made: dict[str, tuple[str, str, str, Sealed]] = {
        "subject-in-pool-and-excluded": (
            "a subject of the pool is among the excluded", "3.1 9.7", "SSJ-V057",
            _rows(_excluded(*_sorted(evolve(gone[-1], id=subject.id, name=subject.name), *gone)), "subjects", 1),
        ),
        "subject-gone": ("a subject is neither in the pool nor excluded", "3.1 9.7", "SSJ-V058",
                         _subjects(*whole.subjects[1:])),
        "subject-added": ("a subject that no roster had", "9.7", "SSJ-V058",
                          _subjects(*whole.subjects, evolve(subject, id="test:9999"))),
        "excluded-gone": ("an excluded one has left no trace", "3.1 9.7", "SSJ-V058", _excluded(*gone[1:])),
        "officer-gone": ("an officer of the roster is not there", "3.1 9.7", "SSJ-V058",
                         evolve(whole, officers=whole.officers[:-1])),
        "excluded-no-unit": ("an excluded one is neither subject nor officer", "9.7", "SSJ-V059",
                             _rows(_excluded(*gone, evolve(gone[-1], unit="路人")), "subjects", 0)),
        "recusals-exchanged": ("two recusals in another order", "3.1", "SSJ-V036",
                               evolve(whole, recusals=(evolve(recused, officer="officer:0003"), recused))),
        "recused-from-outside": ("a recusal of a subject outside the pool", "9.11", "SSJ-V062",
                                 _recusals(recused, evolve(recused, subject=_excluded_subject(whole)))),
    }  # fmt: skip
    for name, (about, musts, code, made_so) in made.items():
        yield name, bad(f"{about}, {FAILS}", musts, 3, code, forged(made_so))


def _named() -> Iterator[tuple[str, Vector]]:
    whole = sealed()
    gone, recused = whole.excluded, whole.recusals[0]
    made: dict[str, tuple[str, str, str, Sealed]] = {
        "excluded-by-no-rule": (
            "excluded by a rule that was not sealed", "9.10", "SSJ-V060",
            _excluded(evolve(gone[0], rule="t.friend"), *gone[1:]),
        ),
        "excluded-by-a-recusal-rule": (
            "excluded by a rule for recusals", "9.10", "SSJ-V060",
            _excluded(evolve(gone[0], rule=recused.rule), *gone[1:])
        ),
        "recused-by-no-rule": (
            "recused by a rule that was not sealed", "9.10", "SSJ-V061", _recusals(evolve(recused, rule="t.friend"))
        ),
        "excluded-for-no-reason": (
            "excluded by a rule, and not why", "3.1", "SSJ-V238", _excluded(evolve(gone[0], reason=""), *gone[1:])
        ),
        "excluded-id-is-none": (
            "an excluded one without an id", "9.11", "SSJ-V063", _excluded(evolve(gone[0], id="0011"), *gone[1:])
        ),
    }  # fmt: skip
    for name, (about, musts, code, made_so) in made.items():
        yield name, bad(f"{about}, {FAILS}", musts, 3, code, forged(made_so))
    for name, about, must, file, old, new in (
        ("subject-id-is-none", "a subject whose id has no scheme", "2.5", "subjects.csv", "test:0008", "0008"),
        (
            "officer-id-with-a-blank",
            "an officer's id with a blank",
            "2.6",
            "officers.csv",
            "officer:0002",
            "officer: 0002",
        ),
    ):
        files = forged(tables={file: data(old, new)(whole.tables[file])})
        yield name, bad(f"{about}, {FAILS}", must, 3, "SSJ-V063", files)
    stranger = _recusals(recused, evolve(recused, officer="officer:9999")).tables["recusals.csv"]
    files = forged(tables={"recusals.csv": stranger})
    yield "recused-stranger", bad(f"a recusal of an officer nobody knows, {FAILS}", "9.11", 3, "SSJ-V062", files)


def _subjects(*rows: Any) -> Sealed:
    return evolve(sealed(), subjects=rows)


def _excluded(*rows: Any) -> Sealed:
    return evolve(sealed(), excluded=rows)


def _recusals(*rows: Any) -> Sealed:
    return evolve(sealed(), recusals=tuple(sorted(rows, key=lambda r: (r.subject, r.officer))))


def _sorted(*rows: Any) -> Sequence[Any]:
    return sorted(rows, key=lambda r: (r.unit.encode(), r.id.encode()))


def _excluded_subject(whole: Sealed) -> str:
    return next(row.id for row in whole.excluded if row.unit == "检查对象")


def _rows(made: Sealed, role: str, more: int) -> Sealed:
    """So many rows more in the roster, as the forger says: else it is the number that gives him away."""
    pins = tuple(evolve(p, rows=p.rows + more * (p.role == role)) for p in made.rules.rosters)
    return evolve(made, rules=evolve(made.rules, rosters=pins))


def _with_rules(rules: EffectiveRules) -> Sealed:
    return evolve(sealed(), rules=rules)
