"""`ssj-core doctor`: whether this computer has what the work needs, on one screen."""

import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Literal

import click
from attrs import frozen
from filelock import FileLock, Timeout

import ssj_core
from ssj_cli.clock import now, today
from ssj_cli.exit_codes import ExitCode
from ssj_cli.say import Voice
from ssj_core.apart.trial import unusable
from ssj_core.calendars import holidays
from ssj_core.causes import cause
from ssj_core.plugin.discovery import clashes, survey
from ssj_core.plugin.loader import load
from ssj_core.problems import SsjError
from ssj_core.text import Text

State = Literal["good", "missing", "broken"]
_MARKS = {"good": "√", "missing": "〇", "broken": "×"}
_EXTRAS = {
    "forms": Text("一企一表、通知书", "forms and notices"),
    "office": Text("带标记的名录、Excel 清单", "marked rosters, lists for Excel"),
    "pdf": Text("PDF", "PDF"),
    "sign": Text("签名", "signatures"),
    "stamp": Text("时间戳", "time stamps"),
    "beacon": Text("drand 信标", "the drand beacon"),
}
"""What an extra is for; one that is not listed here is told by its name."""
_FREE = 200 * 1024 * 1024  # bytes: some twenty times a year of a county with its forms


@frozen
class Check:
    """One line: what was looked at, how it is, and what to do where it is not good."""

    state: State
    title: Text
    found: Text


@click.command()
@click.pass_obj
def doctor(voice: Voice) -> None:
    """体检：看这台电脑缺不缺东西，一屏显示。

    √ 正常，〇 没有装（不用就不必管），× 有问题。有 × 时退出码是 1。

    A check-up of this computer, on one screen.

    √ good, 〇 not installed (no matter unless it is needed), × broken; the exit code is then 1.
    """
    checks = list(_all())
    for check in checks:
        voice.add("checks", state=check.state, title=check.title, found=check.found)
        mark, title, found = _MARKS[check.state], check.title, check.found
        voice.say(f"{mark} {title.zh}：{found.zh}", f"{mark} {title.en}: {found.en}")
    if any(check.state == "broken" for check in checks):
        sys.exit(ExitCode.NO)


def _all() -> Iterator[Check]:
    yield _same("good", Text("程序", "program"), f"ssj-core {ssj_core.__version__}，Python {platform.python_version()}")
    yield _same("good", Text("系统", "system"), f"{platform.system()} {platform.release()} {platform.machine()}")
    time = now()
    yield Check("good", Text("时间", "time"), Text(f"{time}，请与标准时间核对", f"{time}: compare it with a clock"))
    yield _console()
    yield _folder(Path.cwd())
    yield _calendar(Path.cwd())
    yield from _plugins()
    yield from _extras()
    yield _font()


def _same(state: State, title: Text, found: str) -> Check:
    return Check(state, title, Text(found, found.replace("，", ", ")))


def _console() -> Check:
    encoding = (getattr(sys.stdout, "encoding", "") or "?").lower()
    wide = encoding.replace("-", "").replace("_", "") in {"utf8", "gbk", "gb18030", "gb2312", "cp936", "utf8sig"}
    title = Text("屏幕编码", "console")
    if wide:
        return Check("good", title, Text(encoding, encoding))
    return Check(
        "broken",
        title,
        Text(
            f"{encoding} 显示不了汉字：Windows 上先运行 chcp 65001，Linux 上设 LANG=C.UTF-8",
            f"{encoding} cannot show Chinese: run chcp 65001 on Windows, set LANG=C.UTF-8 on Linux",
        ),
    )


def _folder(folder: Path) -> Check:
    """The folder it is run in: can be written, has a lock that holds, has room."""
    title = Text("本文件夹", "this folder")
    try:
        with tempfile.TemporaryDirectory(prefix=".ssj-doctor-", dir=folder) as inside:
            with FileLock(Path(inside) / "lock", timeout=0):
                holds = _locked_again(Path(inside) / "lock")
            free = shutil.disk_usage(folder).free
    except OSError as error:
        reason = cause(error)
        told = Text(f"{folder} 不能写：{reason.zh}", f"{folder} cannot be written: {reason.en}")
        return Check("broken", title, told)
    if not holds:
        return Check(
            "broken",
            title,
            Text(
                f"{folder} 在不支持文件锁的盘上：同时只让一个人抽取，或换到本机的盘",
                f"{folder} is on a disk without locks: let one person draw at a time, or use a local disk",
            ),
        )
    if free < _FREE:
        megabytes = free // 1024 // 1024
        return Check("broken", title, Text(f"只剩 {megabytes} MB，先腾地方", f"only {megabytes} MB left: make room"))
    gigabytes = free // 1024**3
    return Check("good", title, Text(f"可以写，余 {gigabytes} GB", f"can be written, {gigabytes} GB left"))


def _calendar(folder: Path) -> Check:
    """The holidays of this year, which deadlines need, and of the next."""
    title = Text("放假安排", "holidays")
    year = today().year
    try:
        known = holidays(folder, [year, year + 1])
    except SsjError as error:
        one = error.problems[0]
        return Check("broken", title, Text(f"{one.file} {one.message('zh')}", f"{one.file} {one.message('en')}"))
    if year not in known:
        how = "ssj-core calendar add"
        zh = f"没有 {year} 年的，录入期限按周一至周五暂算；把放假通知加进来：{how}"
        return Check("missing", title, Text(zh, f"none of {year}: deadlines are provisional; add its notice: {how}"))
    if year + 1 in known:
        return Check("good", title, Text(f"{year}、{year + 1} 年都有", f"{year} and {year + 1}"))
    zh = f"有 {year} 年的；{year + 1} 年的公布以后再加（ssj-core calendar add）"
    return Check("good", title, Text(zh, f"{year}; add {year + 1} once it is out (ssj-core calendar add)"))


def _locked_again(path: Path) -> bool:
    """Whether a second lock on the same file is refused, as it must be."""
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True


def _plugins() -> Iterator[Check]:
    available, refused = survey([])
    bad = [p for error in refused for p in error.problems]
    tried = unusable(available)
    bad += [p for error in tried.values() for p in error.problems]
    for name in (n for n in available if n not in tried):
        try:
            load([name], available)
        except SsjError as error:
            bad += error.problems
        else:
            bad += clashes(available[name])
    total, title = len(available) + len(refused), Text("插件", "plugins")
    if not bad:
        yield Check("good", title, Text(f"{total} 个，都能用", f"{total}, all usable"))
        return
    for one in bad[:3]:
        yield Check("broken", title, Text(f"{one.code} {one.message('zh')}", f"{one.code} {one.message('en')}"))
    if len(bad) > 3:
        more = Text(
            f"另有 {len(bad) - 3} 处，见 ssj-core plugins doctor", f"{len(bad) - 3} more: ssj-core plugins doctor"
        )
        yield Check("broken", title, more)


def _extras() -> Iterator[Check]:
    """The optional components of the distribution, as its own metadata lists them."""
    needed: dict[str, list[str]] = {}
    for line in metadata.requires("ssj-core") or ():
        if (extra := re.search(r"extra\s*==\s*['\"]([\w-]+)['\"]", line)) and not line.startswith("ssj-core["):
            needed.setdefault(extra[1], []).append(re.split(r"[^\w.-]", line, maxsplit=1)[0])
    for name, distributions in sorted(needed.items()):
        if name not in _EXTRAS:
            continue
        title = Text(f"组件 {name}", f"extra {name}")
        if missing := [d for d in distributions if not _installed(d)]:
            how = f'pip install "ssj-core[{name}]"'
            what = _EXTRAS[name]
            yield Check(
                "missing",
                title,
                Text(f"没有装 {'、'.join(missing)}；{what.zh}要用：{how}", f"for {what.en}: {how}"),
            )
        else:
            yield Check("good", title, _EXTRAS[name])


def _installed(distribution: str) -> bool:
    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True


def _font() -> Check:
    """A font with Chinese characters in one of the folders where systems keep them."""
    title = Text("中文字体", "Chinese font")
    home = Path.home()
    places = {
        "win32": [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"],
        "darwin": [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"],
    }.get(sys.platform, [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts"])
    known = re.compile(
        r"cjk|wqy|simsun|simhei|simfang|fangsong|songti|heiti|kaiti|uming|ukai|msyh|sourcehan|pingfang", re.I
    )
    for place in places:
        for file in place.rglob("*") if place.is_dir() else ():
            if file.suffix.lower() in {".ttf", ".ttc", ".otf"} and known.search(file.name):
                return _same("good", title, file.name)
    return Check(
        "missing",
        title,
        Text(
            "没有找到；打印和 PDF 要用，Linux 上可装 fonts-noto-cjk",
            "none found; printing and PDF need one, on Linux fonts-noto-cjk for example",
        ),
    )
