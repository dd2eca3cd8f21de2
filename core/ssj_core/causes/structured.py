"""What Python's readers of TOML, JSON, CSV and XML say of a file that is not in their form."""

from typing import Final

from ssj_core.causes.pattern import Patterns

TOML: Final = Patterns(
    {
        "Invalid statement": "这一行不是“键 = 值”，也不是方括号里的表名",
        "Expected newline or end of document after a statement": "值的后面还有别的内容，另起一行或用 # 写成注释",
        "Expected '=' after a key in a key/value pair": "键的后面缺少等号",
        "Invalid initial character for a key part": "键里有不能用的字符（键用英文字母、数字，别的放在半角引号里）",
        "Invalid value": "等号后面的值写法不对（文字要放在半角引号里）",
        "Invalid date or datetime": "没有这一天或这个时间",
        "Invalid hex value": "反斜杠后面的编码写法不对",
        "Unterminated string": "引号没有结尾",
        "Unclosed array": "方括号没有结尾",
        "Unclosed inline table": "花括号没有结尾",
        r"Unescaped '\\' in a string": "引号里的反斜杠要写两个，或改用单引号",
        "Escaped character is not a Unicode scalar value": "反斜杠后面的编码不是一个字符",
        "Expected '\\]' at the end of a table declaration": "表名后面缺少 ]",
        "Expected '\\]\\]' at the end of an array declaration": "表名后面缺少 ]]",
        "Expected ('.*')": "缺少 {1}",
        r"Illegal character '\\n'": "引号没有在这一行结尾",
        "(?:Found invalid|Illegal) character ('.*'|\".*\")": "有不能用的字符 {1}",
        r"Cannot declare \((.*?),?\) twice": "表 {1} 写了两次",
        r"Cannot (?:mutate immutable|redefine) namespace \((.*?),?\)": "{1} 前面已经写完了，不能再补",
        "Cannot overwrite a value": "同一个键写了两次",
        "Duplicate inline table key (.*)": "键 {1} 写了两次",
        r"Exceeds the limit \(\d+ digits\) for integer string conversion.*": "数字太长",
    },
    ending=r" \(at (?:line (\d+), column (\d+)|end of document)\)",
    ending_zh="（第 {1} 行第 {2} 个字符）",
)
JSON: Final = Patterns(
    {
        "Expecting value": "这里应有一个值",
        "Expecting '(.)' delimiter": "这里缺少“{1}”",
        "Expecting property name enclosed in double quotes": "键要放在半角双引号里",
        "Unterminated string(?: starting)?": "引号没有结尾",
        "Extra data": "后面还有多余的内容",
        "Invalid (?:control character|\\\\escape.*|\\\\uXXXX escape).*": "文字里有不能用的字符",
        "Illegal trailing comma before end of .*": "最后多了一个逗号",
    },
    ending=r":?(?: at)?:? line (\d+) column (\d+) \(char \d+\)",
    ending_zh="（第 {1} 行第 {2} 个字符）",
)
CSV: Final = Patterns(
    {
        "unexpected end of data": "到文件末尾引号还没有结尾",
        "'(.)' expected after '\"'": "引号后面应当是“{1}”",
        "line contains NUL": "有空字符（NUL）",
        r"field larger than field limit \((\d+)\)": "一格超过 {1} 个字符",
        "new-line character seen in unquoted field.*": "格子里有换行，没有放在引号里",
        "bad delimiter value": "分隔符不对",
    }
)
XML: Final = Patterns(
    {
        r"not well-formed \(invalid token\)": "有不合 XML 写法的字符",
        "no element found": "文件在中间断了",
        "mismatched tag": "标记不成对",
        "unclosed token": "标记没有结尾",
        "unclosed CDATA section": "CDATA 没有结尾",
        "partial character": "最后一个字符不完整",
        "duplicate attribute": "同一个属性写了两次",
        "junk after document element": "文件结尾后面还有内容",
        "undefined entity": "有没有定义的实体",
        "unbound prefix": "有没有声明的前缀",
        "unknown encoding": "不认识的编码",
        "encoding specified in XML declaration is incorrect": "声明的编码与内容不符",
        "XML or text declaration not at start of entity": "XML 声明不在开头",
        "XML declaration not well-formed": "XML 声明写法不对",
        "reference to invalid character number": "有不存在的字符编号",
        "xml_parse_buffer.*|out of memory": "内存不够",
    }
)
