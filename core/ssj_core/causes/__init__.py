"""Why something went wrong, in both languages: what the system, Python or a library says in its own words."""

from typing import Final

from ssj_core.causes.pattern import Patterns, quoted
from ssj_core.causes.sentences import OWN
from ssj_core.causes.structured import CSV, JSON, TOML, XML
from ssj_core.causes.system import of_the_system
from ssj_core.causes.templates import TEMPLATES
from ssj_core.text import Text

__all__ = ["NO_FILE", "cause", "named_cause", "quoted", "xml_cause"]

NO_FILE: Final = Text("不是文件", "not a file")
_DAMAGED: Final = Text("压缩包不完整或已损坏", "a compressed file that is cut off or damaged")
_BY_CLASS: Final = {
    "MemoryError": Text("内存不够", "out of memory"),
    "RecursionError": Text("一层套一层，套得太深", "too deeply nested"),
    "OverflowError": Text("数字太大", "a number is too large"),
    "EOFError": _DAMAGED,
    "BadZipFile": _DAMAGED,
    "zlib.error": _DAMAGED,
}
_FILLED: Final = {"DamagedError": Text("其中的 {} 缺失或损坏", "its part {} is missing or damaged")}
_MESSAGES: Final[tuple[Patterns, ...]] = (OWN, TOML, JSON, CSV, TEMPLATES)


def cause(error: BaseException) -> Text:
    """Return what an exception says, as half a sentence in both languages; what is not known is quoted as it is."""
    if isinstance(error, UnicodeDecodeError):
        name, at = error.encoding.upper(), error.start + 1
        return Text(f"从第 {at} 个字节起不是 {name} 编码的文字", f"not {name} from byte {at} on")
    if isinstance(error, UnicodeEncodeError):
        sign = f"U+{ord(error.object[error.start]):04X}"
        return Text(f"有写不出来的字符 {sign}", f"the character {sign} cannot be written")
    if isinstance(error, OSError):
        return of_the_system(error)
    kind = type(error)
    if known := _BY_CLASS.get(kind.__name__) or _BY_CLASS.get(f"{kind.__module__}.{kind.__name__}"):
        return known
    if filled := _FILLED.get(kind.__name__):
        return Text(filled.zh.format(error), filled.en.format(error))
    message = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    for patterns in _MESSAGES:
        if found := patterns.find(message.strip()):
            return found
    return quoted(message, kind.__name__)


def named_cause(error: BaseException) -> Text:
    """The words of code that is not ours, quoted with the kind of the exception before them: its author reads them."""
    return quoted(f"{type(error).__name__}: {error}".removesuffix(": "))


def xml_cause(message: str) -> Text:
    """What the XML parser says."""
    return XML.find(message) or quoted(message)
