"""What a check wrote is known again whatever was filled in; what somebody wrote to it is never lost."""

from string import Formatter
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.problems import CATALOGUE, Problem, problem
from ssj_core.roster.ours import ELSEWHERE, WHOLE_ROW, hers, sentence
from ssj_core.text import Lang

LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
CODES: Final = sorted(code for code in CATALOGUE if code[4] in "FNRS")
CHINESE: Final = st.text("甲乙“”（）→：、,.;-0A ", min_size=1, max_size=12)
ENGLISH: Final = st.text("ab,.;:-0 ", min_size=1, max_size=12)
LINES: Final = st.sampled_from(["", '\n[rosters.subjects.columns]\n"甲" = "name"'])
HERS: Final = st.text("已核实。：“”【】错误0a →", min_size=1, max_size=12).filter(lambda one: one.strip())


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A problem of any code that may be told of a list, with anything filled in."""
    code = draw(st.sampled_from(CODES))
    entry = CATALOGUE[code]
    texts = (entry.zh, entry.zh_remedy, entry.en, entry.en_remedy)
    names = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name} - {"field", "row", "lines"}
    plain = {name.removesuffix("_en") for name in names}
    filled: dict[str, Any] = {f"{name}_en": draw(ENGLISH) for name in sorted(plain - {"value"})}
    filled |= {name: draw(CHINESE) for name in sorted(plain)}
    return problem(code, field="企业名称", lines=draw(LINES), **filled)


@pytest.mark.parametrize("lang", LANGS)
@given(one=problems(), label=st.sampled_from(["", "企业名称", "企业名称：", "名称【必填】", WHOLE_ROW.zh]))
def test_a_sentence_is_known_again(lang: Lang, one: Problem, label: str) -> None:
    told = sentence(one, label, lang)
    assert "\n" not in told
    assert hers(told, lang) == []
    for end in ("\n", "\r\n"):
        assert hers(f"{told}{end}{ELSEWHERE(lang)}", lang) == []


@pytest.mark.parametrize("lang", LANGS)
@given(one=problems(), written=HERS)
def test_what_is_written_before_behind_or_below_it_is_kept_for_ever(lang: Lang, one: Problem, written: str) -> None:
    told = sentence(one, "企业名称", lang)
    for cell in (written + told, told + written, f"{told}\n{written}", f"{written}\n{told}"):
        kept = hers(cell, lang)
        assert any(written.strip() in line for line in kept), cell
        assert hers("\n".join([told, *kept]), lang) == kept, "and once more"
