"""Plugins of a draw and those of today: which are others, by version or by their bytes, and how to restore them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from ssj_core.dating import Came
from ssj_core.plugin.digest import folder_digest
from ssj_core.plugin.registry import PluginInfo
from ssj_core.plugin.source import Source
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.effective import PluginPin
from ssj_core.text import Text


def pins_changed(then: Sequence[PluginPin], now: Mapping[str, PluginInfo]) -> Iterator[Problem]:
    """Plugins that are not those with which the draw was sealed, by version or by their bytes, and new ones."""
    for pin in then:
        info = now.get(pin.id)
        if info is not None and info.digest == pin.digest:
            continue
        was = f"{pin.distribution} {pin.version}".strip()
        current, current_en = ("没有", "not there")
        if info is not None:
            current = current_en = f"{info.distribution} {info.version}".strip()
        restore = _restore(pin, info)
        yield problem(
            "SSJ-A021", value=pin.id, was=was, was_digest=pin.digest[:12], now=current, now_en=current_en,
            now_digest=info.digest[:12] if info else "—", restore=restore.zh, restore_en=restore.en,
        )  # fmt: skip


def as_they_lie(then: Sequence[PluginPin], available: Mapping[str, Source]) -> Iterator[PluginInfo]:
    """The plugins of then that are there today, as their files are: none is loaded, so a broken one is told, too."""
    for pin in then:
        source = available.get(pin.id)
        root = source.root() if source is not None else None
        if source is None or root is None:
            continue
        with suppress(InputError):  # a file too large to be looked at: whoever loads the plugin says so
            yield PluginInfo(
                id=pin.id, title="", distribution=source.pinned, version=source.version,
                digest=folder_digest(root, source.shown),
            )  # fmt: skip


def came(then: Sequence[PluginPin], now: Mapping[str, PluginInfo]) -> Iterator[tuple[str, Came]]:
    """What became of each plugin of then, and the plugins of now that were not there."""
    was = {pin.id: pin for pin in then}
    for name in dict.fromkeys((*was, *now)):
        yield name, Came(then=_pinned(was.get(name)), now=_pinned(now.get(name)))


def _pinned(plugin: PluginPin | PluginInfo | None) -> Text:
    if plugin is None:
        return Text("没有", "not there")
    label = " ".join(part for part in (plugin.distribution, plugin.version, f"（{plugin.digest[:12]}）") if part)
    return Text(label.replace(" （", "（"), label.replace("（", "(").replace("）", ")"))


def _restore(pin: PluginPin, now: PluginInfo | None) -> Text:
    """How to get the plugin of then; where the same version is there with other bytes, no version says which it was."""
    if pin.version and now is not None and (now.distribution, now.version) == (pin.distribution, pin.version):
        return Text(
            f"版本号相同而内容不同，按版本号装不回来：向做出当时那一份的人要 {pin.distribution} {pin.version} "
            f"（摘要 {pin.digest[:12]}）的安装包",
            f"the version is the same and the bytes are not, so no version number brings it back: ask for the wheel of "
            f"{pin.distribution} {pin.version} with digest {pin.digest[:12]}",
        )
    if pin.version:
        line = f"pip install '{pin.distribution}=={pin.version}'"
        return Text(line, line)
    folder = pin.distribution
    return Text(f"放回当时的规则文件夹 {folder}", f"the folder of rules {folder} as it was then")
