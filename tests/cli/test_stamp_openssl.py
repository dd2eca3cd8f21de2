"""Time stamps with openssl as the authority: it answers our request, checks the stamp, makes a request of its own."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from tests.cli.bureau import Bureau
from tests.cli.stamping import DRAW, lottery, prepared, stamp, stamped_plan

OPENSSL: Final = shutil.which("openssl")


CONFIG: Final = """\
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical, CA:true
[tsa]
extendedKeyUsage = critical, timeStamping
[t]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""


@pytest.fixture
def openssl(tmp_path: Path) -> Callable[..., bytes]:
    """Run openssl in a folder with a root, a certificate between and one for time stamps."""
    if not OPENSSL:
        pytest.skip("needs openssl")
    folder = tmp_path / "authority"
    folder.mkdir()
    (folder / "cnf").write_text(CONFIG, "utf-8")
    (folder / "serial").write_text("01", "utf-8")

    def call(*args: str, check: bool = True) -> bytes:
        done = subprocess.run([str(OPENSSL), *args], cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout

    key = ("-newkey", "rsa:2048", "-nodes", "-config", "cnf")
    call("req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root", "-extensions", "ca")
    for name, issuer, kind in (("between", "root", "ca"), ("time", "between", "tsa")):
        call("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        call("x509", "-req", "-in", f"{name}.csr", "-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial",
             "-out", f"{name}.pem", "-extfile", "cnf", "-extensions", kind)  # fmt: skip
    (folder / "chain.pem").write_bytes((folder / "between.pem").read_bytes() + (folder / "root.pem").read_bytes())
    return call


@pytest.mark.parametrize("chain", [True, False], ids=["with-its-chain", "chain-sealed"])
def test_openssl_answers_the_request_and_checks_the_stamp(
    bureau: Bureau, openssl: Callable[..., bytes], watch: Callable[[datetime], None], tmp_path: Path, chain: bool
) -> None:
    """A lottery of next year and dice: sealed and stamped by openssl by the clock of this day, drawn when it came."""
    folder = tmp_path / "authority"
    pem = (folder / ("root.pem" if chain else "chain.pem")).read_bytes()
    event = 'source = "kl8"\nparams = { issue = "{}318", date = "{}-12-31" }'
    year = str(datetime.now(UTC).year + 1)
    plan = stamped_plan("dice10", "kl8", assurance="E5").replace('source = "kl8"', event.replace("{}", year))
    commitment = prepared(bureau, plan, pem)
    stamp(bureau, "request")
    query = str(bureau.folder / "stamps" / f"{DRAW}.tsq")
    answer = ("ts", "-reply", "-config", "cnf", "-section", "t", "-queryfile", query, "-signer", "time.pem",
              "-inkey", "time.key", "-out", "answer.tsr")  # fmt: skip
    openssl(*answer, *(("-chain", "chain.pem") if chain else ()))
    stamp(bureau, "add", str(folder / "answer.tsr"), out=["√ CN=time"])
    trusted = str(bureau.folder / "sealed" / DRAW / "stamp-certificates.pem")
    told = openssl("ts", "-verify", "-digest", commitment, "-in", "answer.tsr", "-CAfile", trusted)
    assert b"Verification: OK" in told
    bureau.write(evidence=lottery("key-1", f"{year}318", f"{year}-12-31", f"{year}-01-18"))
    watch(datetime(int(year), 12, 31, 14, tzinfo=UTC))
    bureau.run("--batch", "key-1", "--evidence", str(bureau.folder / "evidence.toml"), commit_first=False)
    bureau.play("verify", str(bureau.folder), out=["E5 级", "√ 时间戳"])
    bureau.folder.joinpath("draws", DRAW, "commitment.tsr").unlink()
    bureau.play("verify", str(bureau.folder), code=3, out=["E4 级"])
    bureau.verdict = "unknown"


def test_a_request_that_openssl_made_is_as_good(bureau: Bureau, openssl: Callable[..., bytes], tmp_path: Path) -> None:
    """Whoever cannot install the extra where the request is made: the commitment is all that openssl needs."""
    commitment = prepared(bureau, stamped_plan("os"), (tmp_path / "authority" / "root.pem").read_bytes())
    openssl("ts", "-query", "-digest", commitment, "-sha256", "-cert", "-out", "q.tsq")
    openssl("ts", "-reply", "-config", "cnf", "-section", "t", "-queryfile", "q.tsq", "-signer", "time.pem",
            "-inkey", "time.key", "-chain", "chain.pem", "-out", "a.tsr")  # fmt: skip
    stamp(bureau, "add", str(tmp_path / "authority" / "a.tsr"), out=["√ CN=time"])
    openssl("ts", "-query", "-digest", commitment, "-sha512", "-cert", "-out", "q.tsq", check=False)
    bureau.run("--batch", "key-1")
    bureau.play("verify", str(bureau.folder), out=["√ 时间戳"])
