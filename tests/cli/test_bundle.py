"""The offline bundle installs and draws where there is no network; the portable folder is whole."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "cli" / "make_bundle.py"
pytestmark = pytest.mark.skipif(
    not (os.environ.get("CI") or os.environ.get("SSJ_TEST_BUNDLE")),
    reason="downloads every library anew: set SSJ_TEST_BUNDLE=1 (needs a package index and the package build)",
)


def play(*command: str | Path, folder: Path, code: int = 0) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def without_network() -> tuple[str, ...]:
    """A prefix that takes the network away, where the system has one."""
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0:
        return (unshare, "-rn")
    return ("env", "PIP_NO_INDEX=1", "https_proxy=http://127.0.0.1:9", "http_proxy=http://127.0.0.1:9")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle; a test takes a copy of it."""
    folder = tmp_path_factory.mktemp("made")
    play(sys.executable, SCRIPT, "wheelhouse", folder / "bundle", folder=folder)
    return folder / "bundle"


def test_two_lines_install_it_without_a_network_and_a_year_is_drawn(made: Path, tmp_path: Path) -> None:
    bundle = shutil.copytree(made, tmp_path / "bundle")
    play("sha256sum", "-c", "--quiet", "SHA256SUMS", folder=bundle)
    told = (bundle / "安装说明.txt").read_text("utf-8-sig")
    lines = [line.strip() for line in told.splitlines()]
    first = next(line for line in lines if line.startswith("python3 -m venv"))
    second = next(line for line in lines if line.startswith("ssj/bin/pip install"))
    play(*without_network(), *first.replace("python3", sys.executable).split(), folder=bundle)
    play(*without_network(), *second.split(), folder=bundle)
    programme = bundle / "ssj" / "bin" / "ssj-core"
    play(*without_network(), programme, "new", "demo", folder=tmp_path)
    play(*without_network(), programme, "run", "demo/plan.toml", "--batch", "batch-1", folder=tmp_path)
    assert "成立" in play(*without_network(), programme, "verify", "demo", folder=tmp_path)
    play(*without_network(), programme, "forms", "print", "demo", "fuping-zjj-2021-batch-1-1", folder=tmp_path)
    play(*without_network(), programme, "lists", "demo", "fuping-zjj-2021-batch-1-1", folder=tmp_path)
    assert len(list(tmp_path.glob("demo/名单/*/*.xlsx"))) == 4
    assert len(list(tmp_path.glob("demo/名单/*/*/*.docx"))) == 1


def test_a_wheel_that_was_changed_is_not_installed(made: Path, tmp_path: Path) -> None:
    bundle = shutil.copytree(made, tmp_path / "bundle")
    wheel = next((bundle / "wheels").glob("ssj_core-*.whl"))
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("ssj_core/extra.py", "")
    assert "FAILED" in play("sha256sum", "-c", "--quiet", "SHA256SUMS", folder=bundle, code=1)
    play(sys.executable, "-m", "venv", "ssj", folder=bundle)
    install = ["install", "--no-index", "--find-links", "wheels", "--require-hashes", "-r", "requirements.txt"]
    told = play(bundle / "ssj" / "bin" / "pip", *install, folder=bundle, code=1)
    assert "HASH" in told.upper()
    assert "is there already" in play(sys.executable, SCRIPT, "wheelhouse", bundle, folder=tmp_path, code=1)


def test_the_portable_folder_holds_all_it_needs(tmp_path: Path) -> None:
    """A stand-in for Python's embeddable package: its layout without its binaries, which no index carries."""
    embed = tmp_path / "python-3.11.9-embed-amd64.zip"
    with zipfile.ZipFile(embed, "w") as archive:
        archive.writestr("python.exe", b"MZ")
        archive.writestr("python311.zip", b"")
        archive.writestr("python311._pth", "python311.zip\r\n.\r\n#import site\r\n")
    out = tmp_path / "portable"
    play(sys.executable, SCRIPT, "portable", out, "--embed", embed, folder=tmp_path)
    assert (out / "python" / "python311._pth").read_text("ascii").split() == ["python311.zip", ".", "lib"]
    assert b"python\\python.exe" in (out / "ssj-core.cmd").read_bytes()
    library = out / "python" / "lib"
    assert list(library.glob("python_calamine/*.pyd"))
    # On this system its pure part runs: the same modules, found in the same folder.
    found = play(
        "env", f"PYTHONPATH={library}", sys.executable, "-S", "-m", "ssj_cli", "plugins", "list", folder=tmp_path
    )
    assert "ratio_rules" in found
    play("sha256sum", "-c", "--quiet", "SHA256SUMS", folder=out)
    wrong = tmp_path / "wrong.zip"
    with zipfile.ZipFile(wrong, "w") as archive:
        archive.writestr("python.exe", b"MZ")
    told = play(sys.executable, SCRIPT, "portable", tmp_path / "other", "--embed", wrong, folder=tmp_path, code=1)
    assert "not the embeddable package" in told
