"""The check of credit codes and old registration numbers, against the standards and another implementation."""

import pytest
from stdnum import exceptions
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from ssj_core.roster.creditcode import (
    LETTERS,
    check_character,
    faults,
    looks_like_credit_code,
    normalise,
    organisation_character,
    registration_faults,
)

GOOD = "91610528MA6Y2AAA23"


def made(head: str, body: str) -> str:
    """A sound code of a head (8 characters) and the body of an organisation code (8)."""
    first = head + body + organisation_character(body)
    return first + check_character(first)


@pytest.mark.parametrize("head", ["91", "92", "93", "11", "51", "A1", "N1", "N2", "N3", "Y1"])
def test_codes_of_every_authority_are_sound(head: str) -> None:
    assert faults(made(f"{head}610528", "MA6Y2AAA")) == ()


def test_a_published_rural_collective_that_another_library_refuses_is_sound() -> None:
    code = "N2139901MAXX00X159"
    assert [fault.problem for fault in faults(code)] in ([], ["SSJ-R023"])
    with pytest.raises(exceptions.InvalidFormat):
        uscc.validate(code)


@pytest.mark.parametrize("number", range(200))
def test_verdicts_agree_with_another_library_on_ordinary_codes(number: int) -> None:
    body = f"{number * 7919 % 10**8:08d}"
    code = made("91610528", body)
    assert uscc.is_valid(code)
    for wrong in (code[:-1] + LETTERS[(LETTERS.index(code[-1]) + 1) % 31], code[1:] + code[0]):
        told = [fault for fault in faults(wrong) if fault.problem != "SSJ-R023"]  # the other does not look inside
        assert uscc.is_valid(wrong) == (not told)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (GOOD[:-1], "SSJ-R019"),
        ("", "SSJ-R019"),
        (GOOD + "0", "SSJ-R019"),
        (GOOD.replace("0", "O"), "SSJ-R020"),
        ("0" * 18, "SSJ-R021"),
        ("B" + GOOD[1:], "SSJ-R021"),
        ("91MA0528" + GOOD[8:], "SSJ-R021"),
        (GOOD[:-1] + "4", "SSJ-R022"),
        ("91610528MA6Y2AAA7J", "SSJ-R023"),
    ],
)
def test_each_fault_has_its_own_code(code: str, problem: str) -> None:
    assert [fault.problem for fault in faults(code)] == [problem]


def test_the_likely_slip_is_named_when_it_makes_the_code_sound() -> None:
    (fault,) = faults(GOOD.replace("0", "O").replace("1", "I"))
    assert GOOD in fault.params["hint"]
    (fault,) = faults("OOOOOOOOOOOOOOOOOO")
    assert fault.params["hint"] == ""


def test_a_code_is_read_in_lower_case_full_width_and_with_spaces() -> None:
    assert normalise(" ９１６１０５２８ma6y2aaa23\u200b") == GOOD
    assert normalise('="91610528MA6Y2AAA23"') == GOOD
    assert normalise("'9161 0528 MA6Y 2AAA 23") == GOOD


def test_the_shape_of_a_code_is_known_without_its_check() -> None:
    assert looks_like_credit_code(GOOD[:-1] + "4")
    assert not looks_like_credit_code("陕建施2021-001")


@pytest.mark.parametrize("number", range(100))
def test_registration_numbers_agree_with_iso_7064(number: int) -> None:
    body = f"610528{number * 7919:08d}"
    for last in "0123456789":
        assert (registration_faults(body + last) == ()) == mod_11_10.is_valid(body + last)
