"""A copied hash state is a hash: ids around the edges of a block against hashlib, the one file, and a shell."""

import os
import shutil
import subprocess
from hashlib import sha256
from itertools import product
from typing import Final

import pytest

from ssj_core.draw import smallest, ticket
from tests.verifiers.independent import SSJ

KEYS: Final = ("0" * 32, "0123456789abcdef" * 2)
LENGTHS: Final = (0, 1, 22, 23, 24, 31, 32, 33, 55, 56, 63, 64, 87, 88, 95, 96, 119)
"""Bytes of the id: edges of a block by itself (55, 56, 63, 64, 119), and after the 32 of a key (23, 24, 31, 87, 88)."""


def names(length: int) -> list[str]:
    """Ids of so many bytes, of one, of three and of four bytes a sign."""
    made = [
        ("ab" * length)[:length],
        "甲" * (length // 3) + "x" * (length % 3),
        "\U00020bb7" * (length // 4) + "y" * (length % 4),
    ]
    assert all(len(name.encode()) == length for name in made)
    return list(dict.fromkeys(made))


@pytest.mark.parametrize("length", LENGTHS)
def test_every_length_gives_the_hash_of_key_and_id(length: int) -> None:
    for key, name in product(KEYS, names(length)):
        right = sha256((key + name).encode()).hexdigest()
        assert ticket(key, name) == right
        assert SSJ.tickets(key, [name]) == [(right, name)]
        assert [(t.value, t.id) for t in smallest(key, [name], 1)] == [(right, name)]
        assert [(t.value, t.id) for t in smallest(key, iter([name, "test:other"]), 2)] == sorted(
            [(right, name), (sha256((key + "test:other").encode()).hexdigest(), "test:other")]
        )


def test_one_state_serves_ids_of_all_lengths_one_after_the_other() -> None:
    """What a long id leaves in a buffer must not reach the next."""
    ids = [name for length in (*LENGTHS, *reversed(LENGTHS)) for name in names(length)]
    ids = list(dict.fromkeys(ids))
    for key in KEYS:
        right = sorted((sha256((key + i).encode()).hexdigest(), i) for i in ids)
        assert [(t.value, t.id) for t in smallest(key, ids, len(ids))] == right
        assert [(t.value, t.id) for t in smallest(key, ids[::-1], len(ids))] == right
        assert SSJ.tickets(key, ids) == right


@pytest.mark.skipif(not (shutil.which("sh") and shutil.which("sha256sum")), reason="needs sh and sha256sum")
def test_a_shell_gives_the_same() -> None:
    ids = [name for length in LENGTHS for name in names(length)]
    script = 'while IFS= read -r id; do printf "%s%s" "$KEY" "$id" | sha256sum; done'
    for key in KEYS:
        done = subprocess.run(
            ["sh", "-c", script], input="".join(f"{i}\n" for i in ids).encode(),
            env={"KEY": key, "PATH": os.environ["PATH"]}, capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        assert [line.split()[0] for line in done.stdout.decode().splitlines()] == [ticket(key, i) for i in ids]
