"""What a template may print of a visit, under Chinese names: subject, team, items, results to tick, deadline."""

import re
from typing import Any, Final

from ssj_core.documents.model import Dossier, Member, Visit
from ssj_core.roster.contacts import Contact
from ssj_core.rules.departments import with_department
from ssj_core.rules.effective import EffectiveRules, SealedItem
from ssj_core.tables import SubjectRow
from ssj_documents.blocks import Block, Share, blocks_of
from ssj_documents.citation import citations
from ssj_documents.code import code_text
from ssj_documents.deadline import entry_deadline
from ssj_documents.items import Chosen, items_for

BOX: Final = "□"
_SHORT: Final = 22
_SCHEMES: Final = {"uscc": "统一社会信用代码", "regno": "注册号", "permit": "许可证编号"}
_ITEM_RESULTS: Final = ("合格", "不合格", "不适用")
_METHODS: Final = ("书面检查", "实地核查", "网络监测", "利用其他部门检查结果", "利用专业机构结论")
_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NUMERALS: Final = "一二三四五六七八九十"
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def shown(text: str) -> str:
    """A value as it is printed: as given; what would turn the direction of the line ends with the value itself."""
    clean = _NOT_XML.sub("\ufffd", text)
    return f"\u2068{clean}\u2069" if _BIDI.search(clean) else clean


def form(dossier: Dossier, visit: Visit) -> dict[str, Any]:
    """One form (`表`)."""
    rules, chosen = dossier.rules, items_for(dossier.rules, visit.subject)
    parted = blocks_of(rules, visit, chosen)
    blocks = _blocks(rules, parted)
    return {
        "表号": f"{visit.number:03}",
        "版次": visit.version,
        "版本说明": shown(_version(visit)),
        "已作废": _ended(visit),
        "记录摘要": visit.digest,
        "二维码": code_text(rules.draw_id, visit),
        "对象": {**subject(visit.subject), **contact(visit.contact)},
        "抽中项目": "；".join(shown(f"{s.name}（{s.address or s.id}）") for s in visit.sites),
        "检查组": [_member(m) for m in visit.team],
        "检查人员": "；".join(f"{m.role}{shown(m.name)}（{shown(m.certificate)}）" for m in visit.team),
        "清单": [listed for block in blocks for listed in block["清单"]],
        "事项数": sum(len(c.items) for c in chosen),
        "事项名称": "；".join(i.title for c in chosen for i in c.items),
        "清单说明": _remark(chosen, visit.subject),
        "有待核": any(b.status != "verified" for c in chosen for i in c.items for b in i.basis),
        "应备材料": list(dict.fromkeys(m for c in chosen for i in c.items for m in i.materials)),
        "检查方式": ticks(_METHODS),
        "单项结果": [f"{BOX}{r}" for r in (_item_results(rules))],
        "承办": ticks([shown(block.section) for block in parted]) if rules.joint else "",
        "分块": blocks,
        "录入期限": entry_deadline(rules, dossier.visit_day, dossier.holidays),
    }


def ticks(words: tuple[str, ...] | list[str]) -> str:
    """Words to tick, one after another."""
    return "　".join(f"{BOX}{word}" for word in words)


def subject(row: SubjectRow) -> dict[str, str]:
    """What is known of a subject. Its credit-risk class is for the office alone and stands on the task list only."""
    scheme, _, code = row.id.partition(":")
    return {
        "名称": shown(row.name),
        "简称": shown(_cut(row.name)),
        "编号名称": _SCHEMES.get(scheme, "编号"),
        "编号": shown(code),
        "类型": shown(row.kind),
        "股室": shown(row.section),
        "辖区": shown(row.area),
        "地址": shown(row.address),
        "所属企业": shown(row.parent),
        "重点企业": "是" if row.key else "否",
        "信用风险等级": shown(row.risk_class),
    }


def contact(known: Contact) -> dict[str, str]:
    """Whom to ask for at a subject; empty what is not known, to be written by hand."""
    return {"法定代表人": shown(known.legal_rep), "联系人": shown(known.contact), "电话": shown(known.phone)}


def _cut(name: str) -> str:
    """A name for the head of a table that is repeated on every page."""
    return name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}…"


def _version(visit: Visit) -> str:
    return f"第{visit.version}版（替换 {visit.made_by}：{visit.reason}）" if visit.reason else "第1版"


def _ended(visit: Visit) -> str:
    if not visit.ended_by:
        return ""
    what = "该对象已退出本次检查" if visit.dropped else "已有新版"
    return f"本表已被替换 {visit.ended_by} 取代，{what}，仅供存档，不得使用"


def place_of(member: Member) -> str:
    """The section of an officer, with his department before it where a visit is made by several."""
    return shown(with_department(member.unit, member.section))


def _member(member: Member) -> dict[str, str]:
    return {
        "分工": member.role,
        "姓名": shown(member.name),
        "股室": place_of(member),
        "执法证号": shown(member.certificate),
    }


def _item(number: int, item: SealedItem, able: tuple[str, ...]) -> dict[str, Any]:
    return {
        "序号": number,
        "编号": item.id,
        "名称": item.title,
        "内容": item.content,
        "依据": citations(item.basis),
        "方式": "、".join(item.methods),
        "备注": item.note,
        "应备材料": list(item.materials),
        "承办": ticks([shown(s) for s in able]) if len(able) > 1 else "",
    }


def _remark(chosen: tuple[Chosen, ...], row: SubjectRow) -> str:
    if not chosen:
        return "生效的抽查事项清单中没有适用的事项，检查事项请据实填写。"
    if all(not c.matching for c in chosen):
        kind = f"“{shown(row.kind)}”" if row.kind else "（未填写）"
        return f"清单中没有标明适用于类型{kind}的事项，以下列出全部事项，不适用的请勾选。"
    return ""


def _item_results(rules: EffectiveRules) -> tuple[str, ...]:
    results = rules.results
    return (results.item_results if results else ()) or _ITEM_RESULTS


def _blocks(rules: EffectiveRules, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """The blocks of a visit; the items are numbered through all of them."""
    made: list[dict[str, Any]] = []
    number = 0
    for order, block in enumerate(blocks):
        lists = []
        for share in block.shares:
            items = share.chosen.items
            rows = [_item(number + n, item, share.able) for n, item in enumerate(items, start=1)]
            number += len(items)
            lists.append({"类别": share.chosen.checklist.title, "事项": rows})
        made.append({**_block(rules, block), "序": _NUMERALS[order % len(_NUMERALS)], "清单": lists})
    return made


def _block(rules: EffectiveRules, block: Block) -> dict[str, Any]:
    """What one section inspects and comes to; of a visit that is not joint there is one block without a section."""
    results = rules.results
    return {
        "股室": shown(block.section),
        "人员": [_member(m) for m in block.members],
        "姓名": "、".join(shown(m.name) for m in block.members),
        "成员": "，".join(f"{m.role}{shown(m.name)}" for m in block.members),
        "说明": _told(block),
        "结果": [{"代码": c.code, "名称": c.title} for c in results.codes] if results else [],
        "后续处置": [{"代码": f.code, "名称": f.title} for f in results.follow_ups] if results else [],
    }


def _told(block: Block) -> str:
    """What an officer has to know of the items of his section's block."""
    if not block.section:
        return ""
    if not block.shares:
        own = f"本{_word(block)}"
        return f"没有单独分给{own}的事项，参加前面各项的检查，{own}的结论填在下面。"
    return "".join(_why(share, _word(block)) for share in block.shares)


def _word(block: Block) -> str:
    return "单位" if block.department else "股室"


def _why(share: Share, word: str) -> str:
    title = share.chosen.checklist.title
    if not share.able:
        return f"检查组里没有具备“{title}”执法领域的人员，列在主办{word}，是否检查请办公室确定。"
    if len(share.able) > 1:
        return f"“{title}”各{word}都有资格检查，谁检查的，在“承办”勾选。"
    return ""
