"""The drand networks whose keys are pinned here, and when which round comes."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, Literal

from attrs import frozen

Scheme = Literal["bls-unchained-g1-rfc9380", "pedersen-bls-chained"]


@frozen(kw_only=True)
class Network:
    """A network as its founders fixed it. Every parameter enters the chain hash, so one pin holds them all."""

    id: str
    beacon: str
    scheme: Scheme
    period: int
    genesis: int
    group: str
    key: str

    @property
    def chain(self) -> str:
        """The chain hash, recomputed from the parameters; the name of the network everywhere."""
        numbers = self.period.to_bytes(4, "big") + self.genesis.to_bytes(8, "big")
        name = b"" if self.beacon == "default" else self.beacon.encode()
        return sha256(numbers + bytes.fromhex(self.key) + bytes.fromhex(self.group) + name).hexdigest()

    @property
    def chained(self) -> bool:
        """Whether a round signs the signature before it, too."""
        return self.scheme == "pedersen-bls-chained"

    @property
    def signature_digits(self) -> int:
        """Hexadecimal digits of a signature: in G1 where the key is in G2, and the other way round."""
        return 288 - len(self.key)

    def time(self, number: int) -> datetime:
        """When a round comes; round 1 is the genesis. Raises `OverflowError` beyond the calendar."""
        return datetime.fromtimestamp(self.genesis, UTC) + (number - 1) * timedelta(seconds=self.period)

    def first(self, moment: datetime) -> int:
        """The earliest round at or after a moment."""
        since = datetime.fromtimestamp(self.genesis, UTC) - moment
        return max(1, 1 - since // timedelta(seconds=self.period))


QUICKNET: Final = Network(
    id="quicknet",
    beacon="quicknet",
    scheme="bls-unchained-g1-rfc9380",
    period=3,
    genesis=1692803367,
    group="f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e",
    key=(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
        "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
        "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    ),
)
DEFAULT: Final = Network(
    id="default",
    beacon="default",
    scheme="pedersen-bls-chained",
    period=30,
    genesis=1595431050,
    group="176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a",
    key="868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
)

NETWORKS: Final = {network.id: network for network in (QUICKNET, DEFAULT)}
BY_CHAIN: Final = {network.chain: network for network in NETWORKS.values()}
