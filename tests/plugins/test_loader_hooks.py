"""What a plugin registers by its hooks is taken if it is sound and its own; else a sentence says what is wrong."""

import pytest

import ssj_core
from ssj_core.plugin.loader import discover, load, namespace
from ssj_core.plugin.registry import HOOKED

from .fakes import Site, manifest
from .loading import HOOK, only, refused, stratifiers


@pytest.mark.parametrize("mark", ["@hookimpl", ""], ids=["marked", "unmarked"])
def test_a_misspelt_hook_is_refused_with_the_right_name(site: Site, mark: str) -> None:
    site.add("county", code=stratifiers("county.x", mark=mark, name="ssj_stratifier"))
    found = only(refused("county"), "SSJ-G003")
    assert found.params["plugin"] == "county"
    assert found.value == "ssj_stratifier"
    assert "ssj_stratifiers" in found.params["near"]


@pytest.mark.parametrize(
    ("mark", "name"),
    [("@hookimpl", "stratifiers"), ("@hookimpl(specname='ssj_stratifierz')", "make")],
    ids=["no prefix", "specname"],
)
def test_a_marked_function_that_is_no_hook_is_refused(site: Site, mark: str, name: str) -> None:
    """What an author marked and nobody would ever call must not be lost in silence."""
    site.add("county", code=stratifiers("county.x", mark=mark, name=name))
    assert only(refused("county"), "SSJ-G003").value in ("stratifiers", "ssj_stratifierz")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ssj_checklists", "checklists"), ("ssj_ratio_rules", "ratios"), ("ssj_weight_rules", "weights"),
        ("ssj_result_tables", "results"), ("ssj_rulesets", "rulesets"), ("ssj_ratio_rule", "ratios"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["@hookimpl", ""], ids=["marked", "unmarked"])
def test_whoever_registers_a_table_by_code_is_told_the_key_of_the_manifest(
    site: Site, mark: str, name: str, key: str
) -> None:
    site.add("county", code=stratifiers("county.x", mark=mark, name=name))
    found = only(refused("county"), "SSJ-G003")
    assert found.value == name
    for lang in ("zh", "en"):
        assert f'{key} = ["….toml"]' in found.remedy(lang)
        assert "ssj-plugin.toml" in found.remedy(lang)


def test_a_hook_that_is_like_none_is_told_all_there_are(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", name="ssj_before_the_draw"))
    told = only(refused("county"), "SSJ-G003").remedy("en")
    assert all(kind.hook in told for kind in HOOKED)


def test_a_hook_without_its_marker_is_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", mark=""))
    found = only(refused("county"), "SSJ-G003")
    assert found.value == "ssj_stratifiers"
    assert "hookimpl" in found.params["near"]


@pytest.mark.parametrize(
    ("mark", "args", "what"),
    [
        ("@hookimpl", "extra=1", "extra"),
        ("@hookimpl", "*, extra=1", "extra"),
        ("@hookimpl(tryfirst=True)", "", "tryfirst"),
        ("@hookimpl(trylast=True)", "", "trylast"),
    ],
)
def test_order_and_defaults_are_refused(site: Site, mark: str, args: str, what: str) -> None:
    site.add("county", code=stratifiers("county.x", mark=mark, args=args))
    found = only(refused("county"), "SSJ-G004")
    assert (found.value, found.params["what"]) == ("ssj_stratifiers", what)


@pytest.mark.parametrize("flag", ["hookwrapper", "wrapper"])
def test_wrappers_are_refused(site: Site, flag: str) -> None:
    code = f"{HOOK}@hookimpl({flag}=True)\ndef ssj_stratifiers():\n    result = yield\n    return result\n"
    site.add("county", code=code)
    found = only(refused("county"), "SSJ-G004")
    assert found.params["what"] == flag


def test_a_required_argument_is_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", args="roster"))
    assert "roster" in only(refused("county"), "SSJ-G001").params["reason"]


@pytest.mark.parametrize(
    "value", ["None", "7", "'county.x'", "['county.x']", "{}", "iter([])", "[object()]", "Stratifier"]
)
def test_a_wrong_return_value_is_refused_and_shown(site: Site, value: str) -> None:
    site.add("county", code=f"{HOOK}@hookimpl\ndef ssj_stratifiers():\n    return {value}\n")
    found = only(refused("county"), "SSJ-G005")
    assert found.value == "ssj_stratifiers"
    assert found.params["what"]


def test_values_of_another_kind_are_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", name="ssj_recusal_rules"))
    assert only(refused("county"), "SSJ-G005").value == "ssj_recusal_rules"


@pytest.mark.parametrize("value_id", ["other.x", "countyx", "", ".county", "county_x.y", "County.x"])
def test_an_id_outside_the_namespace_is_refused(site: Site, value_id: str) -> None:
    site.add("county", code=stratifiers(value_id))
    found = only(refused("county"), "SSJ-G006")
    assert (found.value, found.params["plugin"], found.params["distribution"]) == (
        value_id,
        "county",
        "fake-county 1.0",
    )


def test_both_owners_of_a_foreign_id_are_named(site: Site) -> None:
    site.add("county", code=stratifiers("ratio_rules.x"), distribution="county-pack", version="4.5")
    found = only(refused("county"), "SSJ-G006")
    for said in (found.message("zh"), found.message("en")):
        assert "county-pack 4.5" in said
        assert f"ratio_rules (ssj-core {ssj_core.__version__})" in said.replace("（", " (").replace("）", ")")


def test_an_id_that_is_no_text_is_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x").replace("'county.x'", "7"))
    assert only(refused("county"), "SSJ-G005").params["what"].startswith("Stratifier(id=7")


def test_the_plugin_id_itself_is_inside_the_namespace(site: Site) -> None:
    site.add("county", code=stratifiers("county"))
    assert list(load(["county"], discover()).stratifiers) == ["county"]
    assert namespace("county") == namespace("county.x.y") == "county"


def test_an_id_registered_twice_is_refused(site: Site) -> None:
    site.add("county", code=stratifiers("county.x", "county.x"))
    found = only(refused("county"), "SSJ-G007")
    assert (found.value, found.params["plugin"], found.params["distribution"]) == (
        "county.x", "county", "fake-county 1.0"
    )  # fmt: skip
    assert found.params["one"] == found.params["other"] == "fake_county"


def test_an_id_in_a_table_and_in_code_is_refused(site: Site) -> None:
    table = (
        'format = "ssj-strata/1"\nid = "county.r"\ntitle = "样例分层"\n[[in_force]]\nsince = 2021-01-01\n'
        'reviewed_until = 2021-12-31\n[[in_force.column]]\ncolumn = "经营类型"\n'
        '[[in_force.basis]]\ntitle = "某办法"\nmark = "choice"\n'
    )
    files = {"ssj-plugin.toml": manifest("county", strata='["r.toml"]'), "r.toml": table}
    site.add("county", files, code=stratifiers("county.r"))
    found = only(refused("county"), "SSJ-G007")
    assert (found.value, found.params["one"], found.params["other"]) == ("county.r", "county/r.toml:2", "fake_county")


def test_one_id_may_stand_for_values_of_two_kinds(site: Site) -> None:
    code = stratifiers("county") + (
        "from ssj_core.rules.model import RecusalRule\n@hookimpl\ndef ssj_recusal_rules():\n"
        "    return [RecusalRule(id='county', title='样例', check=lambda o, s, c: None)]\n"
    )
    site.add("county", code=code)
    registry = load(["county"], discover())
    assert list(registry.stratifiers) == list(registry.recusal_rules) == ["county"]
