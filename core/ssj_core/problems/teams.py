"""Codes of team rules, of what can be foreseen of the officers before a draw, and of a proof that they do not suffice."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-S064": Entry(
        "warning",
        "{name} 的执法证 {value} 到期，早于批次结束（{end}），不编入本批次",
        "已换证的，改正名录的有效期；否则到期前换证，或缩短批次",
        "the certificate of {name} ends on {value}, before the batch does ({end}): he takes no part",
        "correct the roster if it was renewed; else renew it in time or shorten the batch",
    ),
    "SSJ-S065": Entry(
        "warning",
        "{name} 本批次一次也派不了：次数上限已用完或为 0（已有 {value} 次）",
        "核对名录“本批次上限”和规则集的 most、most_per_year",
        "{name} cannot be sent at all: the limit is used up or 0 (visits before: {value})",
        "check the roster's limit, and most and most_per_year of the ruleset",
    ),
    "SSJ-M010": Entry(
        "warning",
        "{count} 个检查对象（{examples}）的第 {value} 席（{role}）只有 {names} 一人可派：抽中就一定是他",
        "谁决定资格，谁就决定了人选：增加合格人员，或核对股室、领域、回避",
        "place {value} ({role_en}) of {count} subjects ({examples}) can only be held by {names}: no lot decides that",
        "whoever decides who is eligible decides this: add officers, or check sections, fields and recusals",
    ),
    "SSJ-M011": Entry(
        "warning",
        "{count} 个检查对象（{examples}）的第 {value} 席（{role}）只有 {able} 人可派：{names}",
        "人选太少，容易被猜中：增加合格人员，或核对股室、领域、回避",
        "place {value} ({role_en}) of {count} subjects ({examples}) has only {able} possible officers: {names}",
        "so few are easily guessed: add officers, or check sections, fields and recusals",
    ),
    "SSJ-M012": Entry(
        "error",
        "每人的次数有上限：抽中 {value} 个与 {first} 情形相同的对象时，检查组配不齐",
        "提高上限、增加人员，或降低比例，再封存",
        "visits are limited: if the lot draws {value} subjects like {first}, their teams cannot all be completed",
        "raise the limits, add officers or lower the ratio, then seal",
    ),
    "SSJ-M013": Entry(
        "error",
        "每人的次数有上限：用 {value} 个假种子试抽，第 {number} 次有检查组配不齐",
        "提高上限、增加人员，或降低比例，再封存",
        "visits are limited: of {value} dummy draws, number {number} could not be staffed",
        "raise the limits, add officers or lower the ratio, then seal",
    ),
    "SSJ-S060": Entry(
        "error",
        "席位的 {value} 不能同时写",
        "sections（这些股室）、own_section（对象的分管股室）、other_than（这些股室以外）只写一个，都不写就是各股室",
        "a place cannot have {value} at once",
        "write one of sections, own_section and other_than, or none of them for any section",
    ),
    "SSJ-S061": Entry(
        "error",
        "{value} 不能用作股室或资格的名称",
        "照名录里的写法填一个名称；不能空着，不能含“、［］”，股室不能以“以外”结尾",
        "{value} cannot be the name of a section or a qualification",
        "write one name as in the roster: not empty, without the marks that part names, no section that ends in the word for all others",
    ),
    "SSJ-S062": Entry(
        "error",
        "批次 {value} 既逐席规定（place），又写了 officers 或 lead_section",
        "逐席规定时删去 officers 和 lead_section",
        "the batch {value} has places of its own and officers or lead_section too",
        "remove officers and lead_section where each place is described",
    ),
    "SSJ-S063": Entry(
        "error",
        "evenness 为 strict 时 widen 没有意义",
        "删去 widen，或把 evenness 改为 range",
        "widen has no meaning where evenness is strict",
        "remove widen, or make evenness range",
    ),
    "SSJ-V230": Entry(
        "error",
        "检查组 {size} 人，却有 {value} 席，或第一席不是主办、其余不是协办",
        "规则被改动，或不是由程序写成；从备份恢复",
        "a team of {size} has {value} places, or the first is not the lead's",
        "the rules were changed, or not written by the program: restore them from a copy",
    ),
    "SSJ-V231": Entry(
        "error",
        "第 {value} 席用两种方式规定了股室",
        "规则被改动，或不是由程序写成；从备份恢复",
        "place {value} names its section in two ways",
        "the rules were changed, or not written by the program: restore them from a copy",
    ),
    "SSJ-V232": Entry(
        "error",
        "“{value}”不能是股室或资格的名称",
        "规则被改动，或不是由程序写成；从备份恢复",
        "“{value}” cannot be the name of a section or a qualification",
        "the rules were changed, or not written by the program: restore them from a copy",
    ),
    "SSJ-V233": Entry(
        "error",
        "席位要求的资格“{value}”没有列出谁具备",
        "规则被改动，或不是由程序写成；从备份恢复",
        "a place needs “{value}”, and nobody is listed for it, not even an empty list",
        "the rules were changed, or not written by the program: restore them from a copy",
    ),
    "SSJ-V234": Entry(
        "error",
        "{value} 不在应在的名单里",
        "具备资格的、尽量不同组的，须在 officers.csv；随行人员须在 excluded.csv，规则为 core.accompanies",
        "{value} is not in the table where it must be",
        "officers named here stand in officers.csv, companions in excluded.csv by the rule core.accompanies",
    ),
    "SSJ-V235": Entry(
        "error",
        "{field} 的 {value} 项次序不对或重复",
        "规则被改动，或不是由程序写成；从备份恢复",
        "the {value} entries of {field} are out of order or repeated",
        "the rules were changed, or not written by the program: restore them from a copy",
    ),
    "SSJ-V118": Entry(
        "warning",
        "不是配不齐的证明（ssj-bottleneck/1），或由更新的版本写成",
        "给出 notices 文件夹里的 .staffing.json，或换用新版程序",
        "no proof that teams cannot be completed (ssj-bottleneck/1), or one of a newer version",
        "give a .staffing.json of the folder notices, or use a newer version",
    ),
    "SSJ-V119": Entry(
        "error",
        "数出来的与所写的不符（{field}），或格式不对：{reason}",
        "请抽取单位重新出具，并与名录对照",
        "counting does not give what is written ({field}), or the form is another: {reason_en}",
        "ask the office for it again, and compare it with the rosters",
    ),
}
