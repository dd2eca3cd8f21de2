"""Facts in which every field occurs and every list has an entry: templates are checked against them."""

from typing import Any

from ssj_core.documents.sample import sample_dossier
from ssj_documents.facts import facts


def sample_facts() -> dict[str, Any]:
    """The facts of the sample dossier, every list filled."""
    made = facts(sample_dossier())
    for one in made["各表"]:
        one["应备材料"] = one["应备材料"] or ["示例材料"]
        for block in one["分块"]:
            for name in ("结果", "后续处置"):
                block[name] = block[name] or [{"代码": "1", "名称": "示例"}]
            block["清单"] = block["清单"] or one["清单"]
        for listed in one["清单"]:
            for item in listed["事项"]:
                item["应备材料"] = item["应备材料"] or ["示例材料"]
    return made
