"""What our own readers say of a file or a value, where a sentence of theirs is the reason of a problem."""

from typing import Final

from ssj_core.causes.pattern import Patterns

OWN: Final = Patterns(
    {
        "not JSON, or a value that may not stand there": "不是 JSON，或有不该有的值",
        "(?:nothing in it, or )?not in canonical form": "不是规定的写法（缩进、空格、键的顺序）",
        "not a file of format (.*)": "不是 {1} 格式的文件",
        "a number of tickets that is none": "签数不对",
        "the commitment is no object": "承诺部分的形式不对",
        "unknown key (.*)": "有不认识的键 {1}",
        "an unknown key": "有不认识的键",
        "no number of a line, or no head": "缺少行号或台账头",
        "no (.*), or of another type": "缺少 {1}，或类型不对",
        "the path is no row of hashes": "路径不是一串摘要",
        "a digest of another length": "摘要的长度不对",
        "(?:a text that is )?not base64|a text that is not base64": "不是 base64 编码",
        "(.*) is (\\d+) bytes in base64": "{1} 应是 base64 编码的 {2} 个字节",
        "no private key in PEM form, or another passphrase": "不是 PEM 格式的私钥，或口令不对",
        "no Ed25519 key": "不是 Ed25519 私钥",
        "not UTF-8 at byte (\\d+)": "第 {1} 个字节不是 UTF-8",
        "no byte order mark": "开头缺少 BOM",
        "another header": "表头不同",
        "(.*) holds the separator (.*) or an empty part": "{1} 里有分隔符 {2}，或有一段是空的",
        "row (\\d+) has (\\d+) cells, not (\\d+)": "第 {1} 行有 {2} 格，应为 {3} 格",
        "row (\\d+): (.*) cannot be a (.*)": "第 {1} 行：{2} 不能作 {3}",
        "(.*) is not text": "{1} 不是文字",
        "(.*) holds a control character": "{1} 里有换行或控制字符",
        "(.*) (?:is not in Unicode form|is not in normal form) NFC": "{1} 的字形写法不是 Unicode NFC",
        "(.*) does not begin with one of (.*)": "{1} 开头不是 {2} 之一",
        "(.*) has no code after the colon": "{1} 冒号后面没有代码",
        "(.*) holds a space, '#', '\\|' or an unprintable character": "{1} 里有空格、#、| 或看不见的字符",
        "(.*) occurs twice": "{1} 出现了两次",
        "other keys than (.*)": "键应为 {1}",
        "(.*) is too small": "{1} 太小",
        "(.*) is not of type (.*)": "{1} 的类型应为 {2}",
        "a text is empty": "有一处文字是空的",
        "a length that is not definite and shortest": "长度的写法不是 DER",
        "a tag of many bytes, or a value that is cut off": "内容断了，或标签的写法不是 DER",
        "signed attributes": "缺少签名属性",
        "no signer": "没有签名者",
        "the signer's certificate is named by an unknown digest": "指明签名者证书的摘要算法不认识",
        "the signer's certificate is not named": "没有指明签名者的证书",
        "no certificate": "没有证书",
        "two certificates of the signer": "签名者的证书有两个",
        "embedded null byte": "名称里有空字符",
        "Symlink loop from (.*)": "链接绕回自己：{1}",
    }
)
