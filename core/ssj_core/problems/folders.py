"""Codes SSJ-G…: what does not belong into a folder of rules."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-G016": Entry(
        "error",
        "规则文件夹 {plugin} 里有程序文件 {value}；文件夹里的程序不会运行",
        "删去它；要用程序，做成安装包（ssj-core plugins new 编号 --code）",
        "the folder of rules {plugin} holds code, {value}, which would never run",
        "remove it; code must be installed as a package (ssj-core plugins new ID --code)",
    ),
    "SSJ-G017": Entry(
        "error",
        "规则文件夹 {plugin} 里的 {value} 是个链接，指向文件夹外面的 {target}",
        "把那个文件本身拷进来",
        "{value} in the folder of rules {plugin} is a link to {target}, outside it",
        "copy the file itself into the folder",
    ),
    "SSJ-G018": Entry(
        "error",
        "规则文件夹 {plugin} 里的 {value} 太大（{size} 字节，最多 {most}）",
        "文件夹里只放规则表；扫描件等放到别处",
        "{value} in the folder of rules {plugin} is too large ({size} bytes, at most {most})",
        "keep only tables of rules in the folder, scans and the like elsewhere",
    ),
    "SSJ-G019": Entry(
        "error",
        "规则文件夹 {plugin} 里的 {value} 是个链接，绕回自己或者指向不存在的地方（{reason}）",
        "删去这个链接；要用的文件本身拷进来",
        "{value} in the folder of rules {plugin} is a link that goes in a circle or nowhere ({reason})",
        "remove the link; copy the files themselves into the folder",
    ),
    "SSJ-G020": Entry(
        "error",
        "规则文件夹 {plugin} 里的 {value} 不能读（{reason}）",
        "移走它，或检查文件权限",
        "{value} in the folder of rules {plugin} cannot be read ({reason})",
        "remove it, or check its permissions",
    ),
    "SSJ-G021": Entry(
        "error",
        "规则文件夹 {value} 里放着计划本身；规则文件夹要整个封存，计划和抽取结果不能在里面",
        '把规则文件移进单独的子文件夹，例如 rules，计划里写 rule_folders = ["rules"]',
        "the folder of rules {value} holds the plan itself, but the folder is sealed as a whole",
        'move the rules to a folder of their own, such as rules, and write rule_folders = ["rules"]',
    ),
    "SSJ-G024": Entry(
        "warning",
        "规则文件夹里的 {value} 没有写进清单文件，不起作用",
        "要用它，在 {manifest} 里加一行：{line}；不用，移到文件夹外面",
        "{value} in the folder of rules is not named in its manifest and has no effect",
        "to use it, add to {manifest}: {line}; else move it out of the folder",
    ),
    "SSJ-G027": Entry(
        "error",
        "规则文件夹 {plugin} 里的 {value} 不是规则表；文件夹里只放这几种文件：{known}",
        "把它移到文件夹外面；扫描件、名录、工作簿都放在别处",
        "{value} in the folder of rules {plugin} is no table of rules; such a folder holds only {known}",
        "move it out of the folder; scans, rosters and workbooks have their place elsewhere",
    ),
}
