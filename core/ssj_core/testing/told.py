"""How the kit puts what it found: how many more there are, what code touched, what is wrong with an answer."""

import re
from typing import Final

from ssj_core.causes.sentences import OWN
from ssj_core.text import Text

_KINDS: Final = {
    "clock": "时钟", "time zone": "时区", "chance": "随机数", "environment": "环境变量", "files": "文件",
    "system": "操作系统", "network": "网络", "processes": "进程", "threads": "线程", "screen": "屏幕",
    "keyboard": "键盘", "memory": "内存地址", "import": "载入时",
}  # fmt: skip
_KIND: Final = re.compile(rf"\b({'|'.join(_KINDS)}): ")


def others(count: int) -> Text:
    """How many more examples there are, put behind the first; nothing where there are none."""
    return Text(f"（另有 {count} 处）", f" (and {count} more)") if count else Text("", "")


def touched(found: str) -> Text:
    """What `watch` saw, `clock: time.time`, in both languages; names of functions stay as they are."""
    return Text(_KIND.sub(lambda kind: f"{_KINDS[kind[1]]} ", found), found)


def unfit(answer: str) -> Text:
    """An answer as it should not be: the reason in both languages, or the answer itself."""
    return OWN.find(answer) or Text(answer, answer)
