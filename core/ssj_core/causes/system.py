"""What the operating system says of a file or a connection, by its number: its own words are in whatever language."""

import errno
from typing import Final

from ssj_core.causes.pattern import quoted
from ssj_core.text import Text

_TEXTS: Final = {
    "ENOENT": Text("没有这个文件或文件夹", "no such file or folder"),
    "EACCES": Text("没有权限，或正被别的程序打开", "no permission, or another program has it open"),
    "EPERM": Text("系统不允许", "the system does not permit it"),
    "EISDIR": Text("这是文件夹，不是文件", "it is a folder, not a file"),
    "ENOTDIR": Text("路径中间有一段不是文件夹", "a part of the path is no folder"),
    "EEXIST": Text("已经有了", "it is there already"),
    "ENOTEMPTY": Text("文件夹不是空的", "the folder is not empty"),
    "ENOSPC": Text("磁盘满了", "no space left on the disk"),
    "EDQUOT": Text("磁盘配额用完了", "the disk quota is used up"),
    "EFBIG": Text("文件太大", "the file is too large"),
    "EROFS": Text("磁盘是只读的", "the disk is read-only"),
    "EIO": Text("磁盘读写出错", "the disk could not be read or written"),
    "EBUSY": Text("正被占用", "it is in use"),
    "ETXTBSY": Text("正被占用", "it is in use"),
    "ENAMETOOLONG": Text("名称太长", "the name is too long"),
    "EINVAL": Text("名称或参数系统不接受", "the system does not accept the name or argument"),
    "EILSEQ": Text("名称里有系统不接受的字符", "the name holds a character the system does not accept"),
    "EMFILE": Text("打开的文件太多", "too many files are open"),
    "ENFILE": Text("打开的文件太多", "too many files are open"),
    "ELOOP": Text("链接绕回自己", "the link leads back to itself"),
    "EXDEV": Text("在另一个磁盘上", "it is on another disk"),
    "ENODEV": Text("没有这个设备", "no such device"),
    "ENXIO": Text("没有这个设备", "no such device"),
    "ESTALE": Text("网络文件夹断开了", "the network folder is gone"),
    "ENOLCK": Text("这个磁盘不能加锁", "no lock can be had on this disk"),
    "ENOMEM": Text("内存不够", "out of memory"),
    "ETIMEDOUT": Text("对方没有在限时内回答", "no answer in time"),
    "ECONNREFUSED": Text("对方拒绝连接", "the connection was refused"),
    "ECONNRESET": Text("连接被对方断开", "the connection was broken off"),
    "EHOSTUNREACH": Text("网络不通", "the network does not reach it"),
    "ENETUNREACH": Text("网络不通", "the network does not reach it"),
}
_KNOWN: Final = {number: text for name, text in _TEXTS.items() if (number := getattr(errno, name, None)) is not None}


def of_the_system(error: BaseException) -> Text:
    """The sentence for an `OSError`; one without a number says its own words."""
    number = getattr(error, "errno", None)
    if number in _KNOWN:
        return _KNOWN[number]
    words = getattr(error, "strerror", None) or str(error)
    return quoted(words, type(error).__name__)
