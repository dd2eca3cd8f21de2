"""Build what an office without a network installs from: a wheelhouse with digests, or a portable folder for Windows.

    python cli/make_bundle.py wheelhouse OUT [--extra NAME]... [--platform TAG --python 3.11]
    python cli/make_bundle.py portable OUT --embed python-3.11.9-embed-amd64.zip [--extra NAME]...

Needs `build` and `pip` in the Python that runs it, and a package index for the libraries; the office needs neither.
Without --extra it has what an office prints and marks lists with (`office`), not what makes a PDF (`--extra all`). For
`portable` the embeddable package of Python for Windows is given by whoever builds (it is on python.org).
"""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

ROOT: Final = Path(__file__).parents[1]
WINDOWS: Final = "win_amd64"
SUMS: Final = "SHA256SUMS"

HOW: Final = """\
离线安装 ssj-core（不需要网络；需要 Python {python} 或更新）

1. 核对（Linux）：sha256sum -c SHA256SUMS
   SHA256SUMS 本身的摘要请用别的途径（电话、公文）与提供者核对。
2. 安装，两行：

   python3 -m venv ssj
   ssj/bin/pip install --no-index --find-links wheels --require-hashes -r requirements.txt

   Windows 上写成：

   py -m venv ssj
   ssj\\Scripts\\pip install --no-index --find-links wheels --require-hashes -r requirements.txt

3. 试一试：ssj/bin/ssj-core doctor

Offline: check SHA256SUMS, then type the two lines above. requirements.txt binds every wheel to its digest.
"""

PORTABLE: Final = """\
ssj-core 便携版（Windows 64 位，不需要安装，不需要网络）

1. 把整个文件夹解压到有写权限的地方，不要放在只读光盘上。
2. 打开“命令提示符”，进入这个文件夹，运行：

   ssj-core doctor
   ssj-core new demo

本文件夹在 Linux 上制作，制作时没有在 Windows 上运行过：先运行 ssj-core doctor，看是否都是 √。

A portable folder for 64-bit Windows, built on another system and not run there: try `ssj-core doctor` first.
"""

LAUNCHER: Final = '@echo off\r\nchcp 65001 >nul\r\n"%~dp0python\\python.exe" -X utf8 -m ssj_cli %*\r\n'

CORE: Final = "core"
extra_option = click.option(
    "--extra",
    "extras",
    multiple=True,
    default=["office"],
    show_default=True,
    help=f"optional component to include (repeatable), all, or {CORE} for none: no forms, no workbooks",
)


@click.group()
def main() -> None:
    """Build an offline bundle."""


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@extra_option
@click.option("--platform", "platforms", multiple=True, help="wheel platform tag of another system (repeatable)")
@click.option("--python", "version", default="", help="Python version of the other system, such as 3.11")
def wheelhouse(out: Path, extras: tuple[str, ...], platforms: tuple[str, ...], version: str) -> None:
    """Write the folder OUT: wheels, requirements.txt with digests, SHA256SUMS and how to install."""
    _new(out)
    _download(out / "wheels", extras, platforms, version)
    lines = [f"{_requirement(wheel)} --hash=sha256:{_sum(wheel)}" for wheel in sorted((out / "wheels").glob("*.whl"))]
    (out / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    (out / "安装说明.txt").write_text(HOW.format(python=version or "3.11"), encoding="utf-8-sig", newline="\r\n")
    _sums(out)
    click.echo(f"{out}: {len(lines)} wheels; {SUMS} {_sum(out / SUMS)}")


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--embed", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@extra_option
def portable(out: Path, embed: Path, extras: tuple[str, ...]) -> None:
    """Write the folder OUT: Python for Windows with ssj-core in it, started by ssj-core.cmd."""
    _new(out)
    python = out / "python"
    with zipfile.ZipFile(embed) as archive:
        archive.extractall(python)
    paths = sorted(python.glob("python3*._pth"))
    if len(paths) != 1:
        raise click.ClickException(f"{embed} is not the embeddable package of Python: no python3XX._pth in it")
    digits = paths[0].stem.removeprefix("python3")
    paths[0].write_text(f"{paths[0].stem}.zip\r\n.\r\nlib\r\n", encoding="ascii", newline="")
    with TemporaryDirectory() as aside:
        wheels = Path(aside) / "wheels"
        _download(wheels, extras, [WINDOWS], f"3.{digits}")
        for wheel in sorted(wheels.glob("*.whl")):
            _unpack(wheel, python / "lib")
    (out / "ssj-core.cmd").write_text(LAUNCHER, encoding="ascii", newline="")
    (out / "使用说明.txt").write_text(PORTABLE, encoding="utf-8-sig", newline="\r\n")
    _sums(out)
    click.echo(f"{out}: Python 3.{digits}; {SUMS} {_sum(out / SUMS)}")


def _new(out: Path) -> None:
    if out.exists():
        raise click.ClickException(f"{out} is there already; nothing was overwritten")
    out.mkdir(parents=True)


def _download(wheels: Path, extras: Sequence[str], platforms: Sequence[str], version: str) -> None:
    """Our own wheel, built here, and one wheel of every library it needs."""
    with TemporaryDirectory() as aside:
        _run("-m", "build", "--wheel", "--outdir", aside, str(ROOT))
        own = next(Path(aside).glob("*.whl"))
        named = [one for one in extras if one != CORE]
        wanted = f"{own}[{','.join(named)}]" if named else str(own)
        other = [f"--platform={p}" for p in platforms] + ([f"--python-version={version}"] if version else [])
        _run("-m", "pip", "download", "--quiet", "--only-binary=:all:", *other, "--dest", str(wheels), wanted)


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise click.ClickException(f"{' '.join(arguments)}\n{done.stdout}{done.stderr}")


def _unpack(wheel: Path, library: Path) -> None:
    """What installing a pure or built wheel comes to where no script is needed: its packages, its data put in place."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            top, _, rest = name.partition("/")
            kind, _, inner = rest.partition("/")
            if not top.endswith(".data"):
                archive.extract(name, library)
            elif kind in ("purelib", "platlib") and inner and not name.endswith("/"):
                target = library / inner
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))


def _requirement(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    return f"{name}=={version}"


def _sums(out: Path) -> None:
    files = sorted(p for p in out.rglob("*") if p.is_file())
    text = "".join(f"{_sum(p)}  {p.relative_to(out).as_posix()}\n" for p in files)
    (out / SUMS).write_text(text, encoding="utf-8", newline="\n")


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
