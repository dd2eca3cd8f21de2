"""Rule tables are read strictly: what cannot be meant is refused, with its code and its place."""

from datetime import date
from fractions import Fraction

import pytest

from ssj_core.problems import InputError
from ssj_core.rules.model import Bound, ClassRatio, RatioRule, Rounding
from ssj_core.rules.ruleset import Ruleset
from ssj_core.rules.tables import load_checklist, load_ratio_rule, load_ruleset
from ssj_core.rules.timeline import items_on

BASIS = '{ title = "某办法", articles = ["3"], mark = "V-src" }'


def interval(
    since: str = "2021-01-01", *, until: str = "", classes: str = "", basis: str = BASIS, total: str = ""
) -> str:
    return (
        f"[[in_force]]\nsince = {since}\n"
        + (f"until = {until}\n" if until else "")
        + f"reviewed_until = 2021-12-31\nbasis = [{basis}]\n"
        + (f'total = "{total}"\n' if total else "")
        + (classes or klass("*"))
    )


def klass(name: str, ratio: str = '"3%"', bound: str = "min", more: str = "") -> str:
    return f'[in_force.classes."{name}"]\nratio = {ratio}\nbound = "{bound}"\n{more}\n'


def ratio_table(*intervals: str) -> bytes:
    head = 'format = "ssj-ratio/1"\nid = "x.r"\ntitle = "比例"\nstratify = "x.s"\n'
    return (head + "".join(intervals or (interval(),))).encode()


def item(item_id: str = "A-1", basis: str = BASIS) -> str:
    return (
        f'[[item]]\nid = "{item_id}"\ntitle = "题"\ncontent = "内容"\nkinds = ["企业"]\nmethods = ["书面检查"]\n'
        f"basis = [{basis}]\n"
    )


def checklist_table(*items: str, since: str = "2021-01-01") -> bytes:
    head = f'format = "ssj-checklist/1"\nid = "x"\ntitle = "清单"\nsince = {since}\nreviewed_until = 2025-01-01\n'
    return (head + "".join(items or (item(),))).encode()


def batch(
    batch_id: str = "b1", *, months: str = "[1, 4]", officers: str = "any", lead: str = "", reserve: int = 10
) -> str:
    return (
        f'[[batch]]\nid = "{batch_id}"\ntitle = "批"\nmonths = {months}\nmode = "targeted"\nratio = "x.r"\n'
        f'officers = "{officers}"\nlead_section = "{lead}"\nreserve = {reserve}\n'
    )


def ruleset_table(*batches: str, size: str = "2", since: str = "2021-01-01", until: str = "2021-12-31") -> bytes:
    head = (
        f'format = "ssj-ruleset/1"\nid = "x"\ntitle = "规则集"\nbureau = "局"\nsince = {since}\nuntil = {until}\n'
        f"[team]\nsize = {size}\n"
    )
    return (head + "".join(batches or (batch(),))).encode()


def wrong(load: object, data: bytes) -> list[tuple[str, str]]:
    """Codes and fields with which a table is refused."""
    with pytest.raises(InputError) as caught:
        load(data, "x/table.toml")  # type: ignore[operator]
    for found in caught.value.problems:
        assert found.file == "x/table.toml"
        assert found.message("zh")
        assert found.message("en")
        assert found.remedy("zh")
        assert found.remedy("en")
    return [(p.code, p.field) for p in caught.value.problems]


def ratios_of(data: bytes) -> RatioRule:
    return load_ratio_rule(data, "x/table.toml")


def only_class(data: bytes) -> ClassRatio:
    return ratios_of(data).in_force[0].value.classes["*"]


# --- ratio rules


def test_a_ratio_is_exact() -> None:
    assert only_class(ratio_table(interval(classes=klass("*", '"2.5%"')))).ratio == Fraction(1, 40)
    assert only_class(ratio_table(interval(classes=klass("*", '"1/3"')))).ratio == Fraction(1, 3)


@pytest.mark.parametrize(
    ("ratio", "code"),
    [("0.03", "SSJ-P005"), ('"３%"', "SSJ-P006"), ('"0.03"', "SSJ-P007"), ("3", "SSJ-P007"), ('"101%"', "SSJ-P007"),
     ('"-1%"', "SSJ-P007"), ('"1/0"', "SSJ-P007"), ('""', "SSJ-P007"), ("true", "SSJ-P007")],
)  # fmt: skip
def test_a_ratio_that_is_none(ratio: str, code: str) -> None:
    assert wrong(load_ratio_rule, ratio_table(interval(classes=klass("*", ratio)))) == [
        (code, "in_force[1].classes.*.ratio")
    ]


ROUNDINGS: list[tuple[Bound, Rounding, bool]] = [
    ("min", "up", True), ("min", "down", False), ("min", "half-up", False),
    ("max", "up", False), ("max", "down", True), ("max", "half-up", False),
    ("exact", "up", True), ("exact", "down", True), ("exact", "half-up", True),
]  # fmt: skip


@pytest.mark.parametrize(("bound", "rounding", "fits"), ROUNDINGS)
def test_rounding_never_breaks_a_bound(bound: Bound, rounding: Rounding, fits: bool) -> None:
    data = ratio_table(interval(classes=klass("*", bound=bound, more=f'rounding = "{rounding}"')))
    if fits:
        assert only_class(data).rounding == rounding
    else:
        assert wrong(load_ratio_rule, data) == [("SSJ-S005", "in_force[1].classes.*.rounding")]


@pytest.mark.parametrize(("bound", "rounding"), [("min", "up"), ("max", "down"), ("exact", "half-up")])
def test_rounding_that_is_not_said_follows_from_the_bound(bound: Bound, rounding: Rounding) -> None:
    made = only_class(ratio_table(interval(classes=klass("*", bound=bound))))
    assert (made.bound, made.rounding) == (bound, rounding)
    assert (made.at_least, made.small_below, made.small_take) == (0, 0, "all")


def test_small_classes() -> None:
    made = only_class(ratio_table(interval(classes=klass("*", more="at_least = 2\nsmall = { below = 5, take = 1 }"))))
    assert (made.at_least, made.small_below, made.small_take) == (2, 5, 1)
    for take in ("all", "none"):
        more = f'small = {{ below = 5, take = "{take}" }}'
        assert only_class(ratio_table(interval(classes=klass("*", more=more)))).small_take == take


@pytest.mark.parametrize(
    "more", ["at_least = -1", "small = { below = -1, take = 1 }", "small = { below = 3, take = -1 }"]
)
def test_negative_numbers(more: str) -> None:
    assert wrong(load_ratio_rule, ratio_table(interval(classes=klass("*", more=more)))) == [
        ("SSJ-S006", "in_force[1].classes.*")
    ]


@pytest.mark.parametrize(
    ("more", "fits"),
    [("at_least = 1", False), ("at_least = 0", True), ('small = { below = 3, take = "all" }', False),
     ("small = { below = 3, take = 1 }", False), ('small = { below = 3, take = "none" }', True)],
)  # fmt: skip
def test_a_maximum_has_no_smallest_number(more: str, fits: bool) -> None:
    data = ratio_table(interval(classes=klass("*", bound="max", more=more)))
    if fits:
        assert ratios_of(data)
    else:
        assert wrong(load_ratio_rule, data) == [("SSJ-S007", "in_force[1].classes.*")]


@pytest.mark.parametrize(
    ("classes", "fits"),
    [
        (klass("A") + klass("B"), True),
        (klass("A", bound="exact", more='rounding = "up"') + klass("B", bound="min"), True),
        (klass("A", bound="exact") + klass("B", bound="min"), False),
        (klass("A", bound="max") + klass("B", bound="min"), False),
        (klass("A") + klass("B", more="at_least = 1"), False),
        (klass("A") + klass("B", more='small = { below = 3, take = "all" }'), False),
    ],
    ids=["one", "one, said and meant", "two", "opposite", "at least", "small"],
)
def test_shared_rounding_needs_one_rounding_and_nothing_special(classes: str, fits: bool) -> None:
    data = ratio_table(interval(classes=classes, total="shared"))
    if fits:
        assert ratios_of(data).in_force[0].value.total == "shared"
    else:
        assert wrong(load_ratio_rule, data) == [("SSJ-S004", "in_force[1]")]
    assert ratios_of(ratio_table(interval(classes=classes, total="each")))


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        ((("2021-01-01", "2021-06-30"), ("2021-07-01", "")), None),
        ((("2021-01-01", "2021-06-30"), ("2021-09-01", "")), "SSJ-S040"),
        ((("2021-01-01", "2021-06-30"), ("2021-07-02", "")), "SSJ-S040"),
        ((("2021-01-01", "2021-01-01"), ("2021-01-02", "2021-01-02")), None),
        ((("2021-01-01", "2021-06-30"), ("2021-06-30", "")), "SSJ-S003"),
        ((("2021-01-01", ""), ("2021-07-01", "")), "SSJ-S003"),
        ((("2021-07-01", "2021-12-31"), ("2021-01-01", "2021-06-30")), "SSJ-S003"),
        ((("2021-01-01", "2021-12-31"), ("2021-03-01", "2021-04-01")), "SSJ-S003"),
        ((("2021-01-01", "2020-12-31"),), "SSJ-S002"),
    ],
)
def test_intervals_stand_in_order_and_apart(spans: tuple[tuple[str, str], ...], code: str | None) -> None:
    data = ratio_table(*(interval(since, until=until) for since, until in spans))
    if code is None:
        assert [i.since.isoformat() for i in ratios_of(data).in_force] == [since for since, _ in spans]
    else:
        assert [found for found, _ in wrong(load_ratio_rule, data)] == [code]


def test_a_gap_that_is_meant_is_said() -> None:
    """Days without a rule are a decision, not a slip: the table says why, and only where there are such days."""
    said = 'gap = "2021年7、8月没有规定"\n'
    later = interval("2021-09-01").replace("[in_force.classes", said + "[in_force.classes", 1)
    with_gap = ratio_table(interval(until="2021-06-30"), later)
    assert [i.since.month for i in ratios_of(with_gap).in_force] == [1, 9]
    first, second = interval(until="2021-06-30"), interval("2021-07-01")
    for needless in ((first, second.replace("[in_force.classes", said + "[in_force.classes", 1)),
                     (first.replace("[in_force.classes", said + "[in_force.classes", 1), second)):  # fmt: skip
        assert [code for code, _ in wrong(load_ratio_rule, ratio_table(*needless))] == ["SSJ-S041"]


def test_a_rule_is_reviewed_for_its_first_day_at_least() -> None:
    assert wrong(load_ratio_rule, ratio_table(interval("2022-01-01"))) == [("SSJ-S042", "in_force[1]")]
    assert wrong(load_checklist, checklist_table(since="2025-01-02")) == [("SSJ-S042", "reviewed_until")]


def test_a_table_holds_at_least_one_of_what_it_is_for() -> None:
    head = ratio_table().decode().partition("[[in_force]]")[0]
    assert wrong(load_ratio_rule, (head + "in_force = []\n").encode()) == [("SSJ-P027", "in_force")]
    empty = head + interval().partition("[in_force.classes")[0] + "[in_force.classes]\n"
    assert wrong(load_ratio_rule, empty.encode()) == [("SSJ-P027", "in_force[1].classes")]
    head = checklist_table().decode().partition("[[item]]")[0]
    assert wrong(load_checklist, (head + "item = []\n").encode()) == [("SSJ-P027", "item")]


def test_a_value_without_a_basis() -> None:
    assert wrong(load_ratio_rule, ratio_table(interval(basis=""))) == [("SSJ-S001", "in_force[1]")]
    assert wrong(load_checklist, checklist_table(item(basis=""))) == [("SSJ-S001", "item[1]")]


def test_all_mistakes_are_told_at_once() -> None:
    bad = klass("A", bound="max", more='rounding = "up"\nat_least = 1') + klass("B", more="at_least = -1")
    data = ratio_table(interval(classes=bad, basis=""), interval("2020-01-01"))
    assert sorted(code for code, _ in wrong(load_ratio_rule, data)) == [
        "SSJ-S001", "SSJ-S003", "SSJ-S005", "SSJ-S006", "SSJ-S007"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"ssj-ratio/1"', '"ssj-ratio/2"', "SSJ-P011"),
        ('bound = "min"', 'bound = "least"', "SSJ-P011"),
        ('bound = "min"', "", "SSJ-P014"),
        ("since = 2021-01-01", 'since = "2021-01-01"', "SSJ-P010"),
        ("since = 2021-01-01", "since = 2021-01-01T00:00:00", "SSJ-P010"),
        ("since = 2021-01-01", "since = 2021-02-30", "SSJ-P009"),
        ('mark = "V-src"', 'mark = "sure"', "SSJ-P011"),
        ('mark = "V-src"', 'mark = "V-src", article = "3"', "SSJ-P013"),
        ('stratify = "x.s"', "stratify = 3", "SSJ-P010"),
        ("reviewed_until = 2021-12-31", "", "SSJ-P014"),
    ],
)
def test_types_and_keys_are_exact(old: str, new: str, code: str) -> None:
    data = ratio_table().decode()
    assert old in data
    assert code in [found for found, _ in wrong(load_ratio_rule, data.replace(old, new, 1).encode())]


# --- checklists


@pytest.mark.parametrize(
    ("basis", "since"),
    [
        ('{ title = "a", mark = "V-law" }', "2021-01-01"),
        ('{ title = "a", mark = "V-law", version = 2019-04-23 }', "2021-01-01"),
        ('{ title = "a", mark = "V-law", version = 2021-06-10 }', "2021-06-10"),
        ('{ title = "a", mark = "V-law", version = 2023-06-28 }, { title = "b", mark = "V-law", version = 2021-06-10 }',
         "2021-06-10"),
        ('{ title = "a", mark = "V-law", version = 2023-06-28 }, { title = "b", mark = "GK" }', "2021-01-01"),
        ('{ title = "a", mark = "V-law", version = 2019-01-01 }, { title = "b", mark = "V-law", version = 2023-06-28 }',
         "2021-01-01"),
    ],
    ids=["undated", "older than the list", "younger", "two younger", "younger and undated", "older and younger"],
)  # fmt: skip
def test_an_item_holds_from_its_first_basis_and_never_before_its_list(basis: str, since: str) -> None:
    made = load_checklist(checklist_table(item(basis=basis)), "f").items[0]
    assert made.since == date.fromisoformat(since)
    assert made.until is None


def test_item_ids_are_unique() -> None:
    assert wrong(load_checklist, checklist_table(item("A-1"), item("A-2"), item("A-1"))) == [("SSJ-S008", "item[3].id")]


def test_an_item_that_ends_and_one_that_begins_later() -> None:
    ended, late = item("A-1") + "until = 2022-06-30\n", item("A-2") + "since = 2023-01-01\n"
    first, second = load_checklist(checklist_table(ended, late), "f").items
    assert (first.since, first.until) == (date(2021, 1, 1), date(2022, 6, 30))
    assert (second.since, second.until) == (date(2023, 1, 1), None)
    early = item("A-1") + "since = 2020-01-01\n"
    assert load_checklist(checklist_table(early), "f").items[0].since == date(2021, 1, 1), "never before its list"


@pytest.mark.parametrize(
    ("since", "more", "codes"),
    [
        ("2022-07-01", "", []),
        ("2022-06-30", "", ["SSJ-S003"]),
        ("2022-08-01", "", ["SSJ-S040"]),
        ("2022-08-01", 'gap = "停用一个月"\n', []),
        ("2022-07-01", 'gap = "没有空缺"\n', ["SSJ-S041"]),
        ("2022-07-01", "until = 2022-06-30\n", ["SSJ-S002"]),
    ],
)
def test_an_item_that_changed_stands_twice(since: str, more: str, codes: list[str]) -> None:
    """A change adds an interval to an item as it does to a ratio; the old one keeps what held then."""
    old = item("A-1") + "until = 2022-06-30\n"
    new = item("A-1").replace("内容", "新内容") + f"since = {since}\n{more}"
    data = checklist_table(old, item("A-2"), new)
    if codes:
        assert [code for code, _ in wrong(load_checklist, data)] == codes
    else:
        made = load_checklist(data, "f")
        on_days = [items_on(made, date.fromisoformat(day)) for day in ("2022-06-30", since)]
        assert [[i.content for i in items if i.id == "A-1"] for items in on_days] == [["内容"], ["新内容"]]


@pytest.mark.parametrize(
    ("mark", "status"),
    [("V-law", "verified"), ("seed", "verified"), ("choice", "verified"), ("V-src", "needs-check"),
     ("V-code", "needs-check"), ("weak", "needs-check"), ("GK", "needs-check")],
)  # fmt: skip
def test_only_what_was_read_is_verified(mark: str, status: str) -> None:
    data = checklist_table(item(basis=f'{{ title = "a", mark = "{mark}" }}'))
    assert load_checklist(data, "f").items[0].basis[0].status == status


# --- rulesets


def test_a_ruleset_as_it_should_be() -> None:
    made: Ruleset = load_ruleset(ruleset_table(batch("b1"), batch("b2", officers="joint", lead="一股")), "f")
    assert [b.id for b in made.batch] == ["b1", "b2"]
    assert (made.team.size, made.batch[0].months, made.batch[1].lead_section) == (2, (1, 4), "一股")


@pytest.mark.parametrize("months", ["[0, 4]", "[4, 1]", "[1, 13]", "[13, 13]", "[-1, 4]"])
def test_months_that_are_none(months: str) -> None:
    assert wrong(load_ruleset, ruleset_table(batch(months=months))) == [("SSJ-S009", "batch[1].months")]


@pytest.mark.parametrize("months", ["[1]", "[1, 2, 3]", "1", '["1", "2"]', "[1.0, 2.0]"])
def test_months_that_are_no_pair(months: str) -> None:
    assert {c for c, _ in wrong(load_ruleset, ruleset_table(batch(months=months)))} == {"SSJ-P010"}


@pytest.mark.parametrize("months", ["[1, 1]", "[1, 12]", "[12, 12]"])
def test_months_at_the_edges(months: str) -> None:
    assert list(load_ruleset(ruleset_table(batch(months=months)), "f").batch[0].months) == [
        int(m) for m in months.strip("[]").split(",")
    ]


@pytest.mark.parametrize("size", ["1", "0", "-2"])
def test_a_team_has_two_officers_or_more(size: str) -> None:
    assert wrong(load_ruleset, ruleset_table(size=size)) == [("SSJ-S011", "team.size")]
    assert load_ruleset(ruleset_table(size="3"), "f").team.size == 3


def test_a_joint_batch_says_who_leads() -> None:
    assert wrong(load_ruleset, ruleset_table(batch(), batch("b2", officers="joint"))) == [
        ("SSJ-S010", "batch[2].lead_section")
    ]


def test_batches_have_ids_of_their_own_and_no_negative_reserve() -> None:
    assert wrong(load_ruleset, ruleset_table(batch(), batch(reserve=-1))) == [
        ("SSJ-S008", "batch[2].id"), ("SSJ-S006", "batch[2].reserve")
    ]  # fmt: skip
    assert load_ruleset(ruleset_table(batch(reserve=0)), "f").batch[0].reserve == 0


def test_a_ruleset_does_not_end_before_it_begins() -> None:
    assert wrong(load_ruleset, ruleset_table(until="2020-12-31")) == [("SSJ-S002", "until")]
    assert load_ruleset(ruleset_table(until="2021-01-01"), "f").until == date(2021, 1, 1)
