"""drand as far as hashing goes: chain hashes, round values and round times; signatures are checked elsewhere."""

from hashlib import sha256

import pytest
from attrs import evolve, frozen


@frozen(kw_only=True)
class Network:
    chain: str
    genesis: int
    period: int
    group: str
    public_key: str
    beacon: str = "default"


def chain_hash(network: Network) -> str:
    """SHA-256 of period (4 bytes), genesis (8), public key, group hash, and the beacon's name unless `default`."""
    name = b"" if network.beacon == "default" else network.beacon.encode()
    head = network.period.to_bytes(4, "big") + network.genesis.to_bytes(8, "big", signed=True)
    return sha256(head + bytes.fromhex(network.public_key + network.group) + name).hexdigest()


def round_value(signature: str) -> str:
    return sha256(bytes.fromhex(signature)).hexdigest()


def time_of(network: Network, number: int) -> int:
    """The first round is at genesis."""
    return network.genesis + (number - 1) * network.period


def first_at_or_after(network: Network, moment: int) -> int:
    return max(1, -(-(moment - network.genesis) // network.period) + 1)


QUICKNET = Network(
    chain="52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    genesis=1692803367,
    period=3,
    group="f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e",
    public_key="83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    beacon="quicknet",
)
DEFAULT = Network(
    chain="8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
    genesis=1595431050,
    period=30,
    group="176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a",
    public_key="868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
)
NETWORKS = [pytest.param(QUICKNET, id="quicknet"), pytest.param(DEFAULT, id="default")]

ROUNDS = [
    pytest.param(
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
        "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
        id="quicknet 1000",
    ),
    pytest.param(
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
        "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
        id="quicknet 657413",
    ),
    pytest.param(
        "8d61d9100567de44682506aea1a7a6fa6e5491cd27a0a0ed349ef6910ac5ac20ff7bc3e09d7c046566c9f7f3c6f3b101"
        "04990e7cb424998203d8f7de586fb7fa5f60045417a432684f85093b06ca91c769f0e7ca19268375e659c2a2352b4655",
        "101297f1ca7dc44ef6088d94ad5fb7ba03455dc33d53ddb412bbc4564ed986ec",
        id="default 1",
    ),
    pytest.param(
        "a696b9409ababce45749c3a4ec369074453dd4a79967734e1390d969c8ad8d98897d217b9121e92c8ddebbddda8d92f9"
        "00e3bd6bf9deb166863b1a19390d743f82774001487594c5c09e581db7365f02b70a2c8cc41ce32446ef08e4890c4754",
        "647c07b2abbf7ff2afb4d670214f565e5cd9f9c91bfdcecb59a21f3c78d73920",
        id="default 3311596",
    ),
]


@pytest.mark.parametrize("network", NETWORKS)
def test_the_chain_hash_is_that_of_the_networks_constants(network: Network) -> None:
    assert chain_hash(network) == network.chain


def test_every_constant_is_part_of_the_chain_hash() -> None:
    for other in (
        evolve(QUICKNET, beacon="default"),
        evolve(QUICKNET, period=30),
        evolve(QUICKNET, genesis=QUICKNET.genesis + 1),
        evolve(QUICKNET, group=DEFAULT.group),
        evolve(QUICKNET, public_key=DEFAULT.public_key),
    ):
        assert chain_hash(other) != QUICKNET.chain


@pytest.mark.parametrize(("signature", "value"), ROUNDS)
def test_the_value_of_a_round_is_the_hash_of_its_signature(signature: str, value: str) -> None:
    assert round_value(signature) == value
    for place in range(0, len(signature), 16):
        changed = f"{signature[:place]}{int(signature[place], 16) ^ 1:x}{signature[place + 1 :]}"
        assert round_value(changed) != value


@pytest.mark.parametrize(
    ("network", "number", "moment"),
    [
        pytest.param(QUICKNET, 1, 1692803367, id="quicknet genesis"),
        pytest.param(QUICKNET, 1000, 1692806364, id="quicknet 1000"),
        pytest.param(QUICKNET, 34198612, 1795399200, id="quicknet 2026-11-23 10:00 in Beijing"),
        pytest.param(DEFAULT, 1, 1595431050, id="default genesis"),
        pytest.param(DEFAULT, 2185561, 1660997850, id="default 2185561"),
    ],
)
def test_a_round_has_its_published_time(network: Network, number: int, moment: int) -> None:
    assert time_of(network, number) == moment
    assert first_at_or_after(network, moment) == number
    assert first_at_or_after(network, moment + 1) == number + 1
    assert first_at_or_after(network, moment - 1) == number
