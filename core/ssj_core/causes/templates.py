"""What the template engine (jinja2) says of a template, for somebody who edits it in Word."""

from typing import Final

from ssj_core.causes.pattern import Patterns

_LOOP: Final = "有一个 {% for … %} 或 {% if … %} 没有结尾，补上 {% endfor %} 或 {% endif %}"
TEMPLATES: Final = Patterns(
    {
        "Unexpected end of template.*": _LOOP,
        "Encountered unknown tag '(.*?)'.*You probably made a nesting mistake.*": (
            "{% {1} %} 与前面的 {% for … %}、{% if … %} 对不上"
        ),
        "Encountered unknown tag '(end.*?|else|elif)'.*": (
            "多了一个 {% {1} %}，前面没有与它成对的 {% for … %} 或 {% if … %}"
        ),
        "Encountered unknown tag '(.*?)'.*": "{% … %} 里的词“{1}”不认识",
        "expected token 'end of print statement'.*": "双花括号里只能写一个字段，不能有空格隔开的别的词",
        "expected token 'end of statement block', got '(.*)'": "{% … %} 里多了“{1}”",
        "expected token '(.*)', got '(.*)'": "这里应是“{1}”，写的是“{2}”",
        "unexpected char (.*?)(?: at \\d+)?": "有不能用的字符 {1}：点、引号、逗号都用半角",
        "unexpected '(.*)'(?:, expected '(.*)')?": "不该有“{1}”",
        "Expected an expression.*": "花括号里没有写字段",
        "tag name expected": "{% … %} 里没有写词",
        "expected name or number": "点的后面缺少字段名",
        "expected subscript expression": "方括号里缺少编号",
        "unclosed .*|Missing end of .*": "花括号没有结尾",
        "No (?:filter|test) named '(.*?)'.*": "没有名为“{1}”的过滤器",
        "'(.*)' is undefined": "没有“{1}”这个字段",
        "'.*' has no attribute '(.*)'": "没有“{1}”这个字段",
        "access to attribute '(.*)' of .* object is unsafe.*": "不允许取用“{1}”",
    }
)
