"""RFC 9381, ECVRF-EDWARDS25519-SHA512-TAI, examples 16 to 18: proofs made, checked, and refused once changed."""

from hashlib import sha512
from typing import NamedTuple

import pytest

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SUITE = b"\x03"


class Point(NamedTuple):
    """A point of the twisted Edwards curve -x² + y² = 1 + d x² y² as x/z, y/z, with t = xy/z."""

    x: int
    y: int
    z: int
    t: int


ZERO = Point(0, 1, 1, 0)


def add(one: Point, other: Point) -> Point:
    """The complete addition law: it also doubles, and adds the neutral element."""
    a = (one.y - one.x) * (other.y - other.x) % P
    b = (one.y + one.x) * (other.y + other.x) % P
    c, d = 2 * one.t * other.t * D % P, 2 * one.z * other.z % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return Point(e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, point: Point) -> Point:
    result = ZERO
    for bit in f"{number:b}":
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def minus(point: Point) -> Point:
    return Point(-point.x % P, point.y, point.z, -point.t % P)


def encoded(point: Point) -> bytes:
    inverse = pow(point.z, -1, P)
    x, y = point.x * inverse % P, point.y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decoded(data: bytes) -> Point | None:
    """The point with this y whose x has this parity; None where there is none."""
    value = int.from_bytes(data, "little")
    y, odd = value % 2**255, value >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (not x and odd):
        return None
    x = x if x % 2 == odd else P - x
    return Point(x, y, 1, x * y % P)


_Y = 4 * pow(5, -1, P) % P
_BASE = decoded(_Y.to_bytes(32, "little"))
assert _BASE is not None
BASE = _BASE


def to_curve(public: bytes, alpha: bytes) -> Point:
    """Try and increment: the first counter whose hash is a point; times eight, it lies in the right subgroup."""
    for counter in range(256):
        tried = decoded(sha512(SUITE + b"\x01" + public + alpha + bytes([counter, 0])).digest()[:32])
        if tried is not None and encoded(times(8, tried)) != encoded(ZERO):
            return times(8, tried)
    raise ValueError("no point")


def challenge(*points: Point | bytes) -> int:
    parts = b"".join(p if isinstance(p, bytes) else encoded(p) for p in points)
    return int.from_bytes(sha512(SUITE + b"\x02" + parts + b"\x00").digest()[:16], "little")


def keys(secret: bytes) -> tuple[int, bytes, bytes]:
    """Secret number, the half that makes nonces, and the public key, as in Ed25519."""
    halves = sha512(secret).digest()
    number = int.from_bytes(halves[:32], "little") & (2**254 - 8) | 2**254
    return number, halves[32:], encoded(times(number, BASE))


def prove(secret: bytes, alpha: bytes) -> bytes:
    number, prefix, public = keys(secret)
    h = to_curve(public, alpha)
    gamma = times(number, h)
    nonce = int.from_bytes(sha512(prefix + encoded(h)).digest(), "little") % ORDER
    c = challenge(public, h, gamma, times(nonce, BASE), times(nonce, h))
    return encoded(gamma) + c.to_bytes(16, "little") + ((nonce + c * number) % ORDER).to_bytes(32, "little")


def verify(public: bytes, alpha: bytes, proof: bytes) -> bytes | None:
    """The output that the proof proves; None when it proves nothing."""
    y, gamma = decoded(public), decoded(proof[:32])
    c, s = (int.from_bytes(part, "little") for part in (proof[32:48], proof[48:]))
    if len(proof) != 80 or y is None or gamma is None or s >= ORDER:
        return None
    h = to_curve(public, alpha)
    u = add(times(s, BASE), minus(times(c, y)))
    v = add(times(s, h), minus(times(c, gamma)))
    if c != challenge(public, h, gamma, u, v):
        return None
    return sha512(SUITE + b"\x03" + encoded(times(8, gamma)) + b"\x00").digest()


class Example(NamedTuple):
    secret: bytes
    public: bytes
    alpha: bytes
    proof: bytes
    output: bytes


EXAMPLES = [
    pytest.param(Example(*map(bytes.fromhex, values)), id=name)
    for name, *values in (
        (
            "16",
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f26f8a57ccaed74ee1b190bed1f479d97"
                "27d2d0f9b005a6e456a35d4fb0daab1268a1b0db10836d9826a528ca76567805"
            ),
            (
                "90cf1df3b703cce59e2a35b925d411164068269d7b2d29f3301c03dd757876ff"
                "66b71dda49d2de59d03450451af026798e8f81cd2e333de5cdf4f3e140fdd8ae"
            ),
        ),
        (
            "17",
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            (
                "f3141cd382dc42909d19ec5110469e4feae18300e94f304590abdced48aed5933bf0864a62558b3ed7f2fea45c92a465"
                "301b3bbf5e3e54ddf2d935be3b67926da3ef39226bbc355bdc9850112c8f4b02"
            ),
            (
                "eb4440665d3891d668e7e0fcaf587f1b4bd7fbfe99d0eb2211ccec90496310eb"
                "5e33821bc613efb94db5e5b54c70a848a0bef4553a41befc57663b56373a5031"
            ),
        ),
        (
            "18",
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            (
                "9bc0f79119cc5604bf02d23b4caede71393cedfbb191434dd016d30177ccbf8096bb474e53895c362d8628ee9f9ea3c0"
                "e52c7a5c691b6c18c9979866568add7a2d41b00b05081ed0f58ee5e31b3a970e"
            ),
            (
                "645427e5d00c62a23fb703732fa5d892940935942101e456ecca7bb217c61c45"
                "2118fec1219202a0edcf038bb6373241578be7217ba85a2687f7a0310b2df19f"
            ),
        ),
    )
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_published_proof_is_made(example: Example) -> None:
    assert keys(example.secret)[2] == example.public
    assert prove(example.secret, example.alpha) == example.proof


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_published_proof_proves_the_published_output(example: Example) -> None:
    assert verify(example.public, example.alpha, example.proof) == example.output


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_changed_proof_proves_nothing(example: Example) -> None:
    for place in (0, 31, 32, 47, 48, 79):
        changed = bytearray(example.proof)
        changed[place] ^= 1
        assert verify(example.public, example.alpha, bytes(changed)) is None
    assert verify(example.public, example.alpha, example.proof[:-1]) is None
    assert verify(example.public, example.alpha, example.proof + b"\x00") is None


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_proof_proves_nothing_about_another_input_or_of_another_key(example: Example) -> None:
    assert verify(example.public, example.alpha + b"\x00", example.proof) is None
    assert verify(keys(b"\x07" * 32)[2], example.alpha, example.proof) is None
