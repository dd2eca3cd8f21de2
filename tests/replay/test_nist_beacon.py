"""The pulse that NIST's beacon published on 30 August 2018 at 17:44: its output is the hash of all its other fields.

The signature's RSA is not checked here; that it is part of what is hashed is.
"""

import json
from copy import deepcopy
from datetime import datetime
from hashlib import sha512
from pathlib import Path
from typing import Any

import pytest

Pulse = dict[str, Any]

FILE = Path(__file__).with_name("nist_pulse_54610.json")
PULSE: Pulse = json.loads(FILE.read_text("utf-8"))["pulse"]
OUTPUT = (
    "274E031530B2C773494EBFD9827DF4B20BF83B65BCFC5107B97D7C307713E2FF"
    "B80C8FD3B7028F457783E88BB07BBD2BC190BC42BA3F56BA2E2F74E04D4E5E98"
)
PREVIOUS = (
    "20695B01257C5009EAB6CF7BF1F286EE7D825AC7B22E9F16AFCEE4F913BBCF4B"
    "707098DE4CBBD6788C9DC98F917E8C5B0F21EC926F348E2399C6459B57C6A4DA"
)


def sized(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def text(value: str) -> bytes:
    return sized(value.encode())


def hexed(value: str) -> bytes:
    return sized(bytes.fromhex(value))


def small(value: int) -> bytes:
    return value.to_bytes(4, "big")


def large(value: int) -> bytes:
    return value.to_bytes(8, "big")


def signed_part(pulse: Pulse) -> bytes:
    """The fields in the standard's order: texts and hex values with their length, numbers in 4 or 8 bytes."""
    values = {entry["type"]: entry["value"] for entry in pulse["listValues"]}
    return b"".join(
        (
            text(pulse["uri"]),
            text(pulse["version"]),
            small(pulse["cipherSuite"]),
            small(pulse["period"]),
            hexed(pulse["certificateId"]),
            large(pulse["chainIndex"]),
            large(pulse["pulseIndex"]),
            text(pulse["timeStamp"]),
            hexed(pulse["localRandomValue"]),
            hexed(pulse["external"]["sourceId"]),
            small(pulse["external"]["statusCode"]),
            hexed(pulse["external"]["value"]),
            *(hexed(values[kind]) for kind in ("previous", "hour", "day", "month", "year")),
            hexed(pulse["precommitmentValue"]),
            small(pulse["statusCode"]),
        )
    )


def output(pulse: Pulse) -> str:
    """SHA-512 over the signed part and the signature, which alone goes without its length."""
    return sha512(signed_part(pulse) + bytes.fromhex(pulse["signatureValue"])).hexdigest().upper()


def test_the_output_is_the_hash_of_the_pulse() -> None:
    assert output(PULSE) == PULSE["outputValue"] == OUTPUT


def test_the_pulse_is_the_one_that_was_asked_for() -> None:
    assert (PULSE["chainIndex"], PULSE["pulseIndex"]) == (1, 54610)
    assert datetime.fromisoformat(PULSE["timeStamp"]).isoformat() == "2018-08-30T17:44:00+00:00"
    assert PULSE["listValues"][0] == {
        "uri": "https://beacon.nist.gov/beacon/2.0/chain/1/pulse/54609",
        "type": "previous",
        "value": PREVIOUS,
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uri", "https://beacon.nist.gov/beacon/2.0/chain/1/pulse/54611"),
        ("version", "2.0"),
        ("cipherSuite", 1),
        ("period", 60001),
        ("chainIndex", 2),
        ("pulseIndex", 54611),
        ("timeStamp", "2018-08-30T17:44:00.001Z"),
        ("statusCode", 1),
    ],
)
def test_another_value_in_a_field_gives_another_output(field: str, value: object) -> None:
    assert PULSE[field] != value
    assert output({**PULSE, field: value}) != OUTPUT


@pytest.mark.parametrize("field", ["certificateId", "localRandomValue", "precommitmentValue", "signatureValue"])
def test_a_digit_changed_in_a_hex_field_gives_another_output(field: str) -> None:
    value: str = PULSE[field]
    for place in (0, len(value) // 2, len(value) - 1):
        changed = f"{value[:place]}{int(value[place], 16) ^ 1:X}{value[place + 1 :]}"
        assert output({**PULSE, field: changed}) != OUTPUT


@pytest.mark.parametrize("place", range(5))
def test_an_earlier_pulse_replaced_gives_another_output(place: int) -> None:
    rewritten = deepcopy(PULSE)
    rewritten["listValues"][place]["value"] = OUTPUT
    assert output(rewritten) != OUTPUT


def test_the_order_in_the_file_is_without_effect_but_that_in_the_hash_is_not() -> None:
    assert output({**PULSE, "listValues": PULSE["listValues"][::-1]}) == OUTPUT
    swapped = deepcopy(PULSE)
    hour, day = swapped["listValues"][1:3]
    hour["value"], day["value"] = day["value"], hour["value"]
    assert output(swapped) != OUTPUT
