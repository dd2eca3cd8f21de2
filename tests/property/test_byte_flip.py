"""Whoever changes a byte of a finished draw, anywhere, is noticed: `verify` never says that the draw holds."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.record import FILE, closing_holds
from ssj_core.verify import Report, verify_draw
from tests.strategies import small_case

NAME = "p-b-1"


@cache
def finished() -> dict[str, bytes]:
    return small_case().files()


def verdict(file: str, data: bytes) -> Report:
    return verify_draw({**finished(), file: data}, NAME)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of the draw with one byte changed, taken out or put in."""
    file = draw(st.sampled_from(sorted(finished())))
    data = finished()[file]
    place = draw(st.integers(0, len(data) - 1))
    kind = draw(st.sampled_from(["flip", "delete", "insert", "append", "swap"]))
    if kind == "flip":
        return file, flipped(data, place, draw(st.integers(1, 255)))
    if kind == "delete":
        return file, data[:place] + data[place + 1 :]
    if kind == "swap":
        other = draw(st.integers(0, len(data) - 1))
        swapped = bytearray(data)
        swapped[place], swapped[other] = swapped[other], swapped[place]
        return file, bytes(swapped)
    added = bytes([draw(st.integers(0, 255))])
    return file, data[:place] + added + data[place:] if kind == "insert" else data + added


def test_unchanged_it_holds() -> None:
    assert verify_draw(finished(), NAME).arithmetic == "holds"


@given(changes())
@settings(max_examples=150)
def test_a_changed_byte_of_any_file_is_noticed(change: tuple[str, bytes]) -> None:
    file, data = change
    if data != finished()[file]:
        assert verdict(file, data).arithmetic == "fails"


@pytest.mark.parametrize("change", [0x01, 0x20, 0x80])
def test_no_byte_of_the_record_can_be_changed_without_breaking_its_closing(change: int) -> None:
    """Every position: one bit, the case of a letter, a byte outside ASCII."""
    data = finished()[FILE]
    accepted = [n for n in range(len(data)) if closing_holds(flipped(data, n, change))]
    assert accepted == []


def test_changes_all_over_the_record_are_noticed() -> None:
    data = finished()[FILE]
    accepted = [n for n in range(0, len(data), 17) if verdict(FILE, flipped(data, n, 0x01)).arithmetic != "fails"]
    assert accepted == []


def flipped(data: bytes, place: int, change: int) -> bytes:
    return data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]


@given(st.sampled_from(sorted(finished())), st.binary(max_size=60))
@settings(max_examples=40)
def test_a_file_replaced_by_rubbish_is_noticed_and_nothing_is_raised(file: str, rubbish: bytes) -> None:
    assert verdict(file, rubbish).arithmetic == "fails"


@given(st.sampled_from(sorted(finished())), st.data())
@settings(max_examples=40)
def test_a_file_cut_short_is_noticed(file: str, data: st.DataObject) -> None:
    whole = finished()[file]
    end = data.draw(st.integers(0, len(whole) - 1))
    assert verdict(file, whole[:end]).arithmetic == "fails"


@pytest.mark.parametrize("file", sorted(finished()))
def test_without_one_of_its_files_nobody_can_tell(file: str) -> None:
    files = {name: data for name, data in finished().items() if name != file}
    assert verify_draw(files, NAME).arithmetic == "unknown"
