"""Codes SSJ-K…: keys and signatures of the ledger."""

from typing import Final

from ssj_core.problems.model import Entry

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-K001": Entry(
        "error",
        "不是规定格式的签名文件（{reason}）",
        "向签名人索取原件，不要改动；签名文件由 ssj-core sign ledger 写出",
        "this is not a signature file as specified ({reason})",
        "ask the signer for the file as ssj-core sign ledger wrote it",
    ),
    "SSJ-K002": Entry(
        "error",
        "签名文件应名为 {value}",
        "改回原名；仍不对的，向签名人索取原件",
        "the signature file should be named {value}",
        "give it its name again, or ask the signer for the file",
    ),
    "SSJ-K003": Entry(
        "error",
        "签的是台账第 {value} 行，这份台账只有 {lines} 行：台账后来被截短或换过",
        "找出签名当时的台账，查明少了哪些行",
        "it signs line {value} of the ledger, which has {lines} lines: the ledger was cut short or replaced",
        "find the ledger of that time and see which lines are missing",
    ),
    "SSJ-K004": Entry(
        "error",
        "签的台账头是 {value}，这份台账第 {number} 行的头却是 {found}：台账在签名之后被改写，或签的是另一份台账",
        "与签名人核对当时的台账头",
        "it signs the head {value}, but line {number} of this ledger has {found}: the ledger was rewritten, or another was signed",
        "compare with the head the signer wrote down",
    ),
    "SSJ-K005": Entry(
        "error",
        "签名不成立：公钥 {value} 没有签过这些内容",
        "签名文件被改动，或者不是这把钥匙签的；向签名人索取原件",
        "the signature does not hold: the key {value} did not sign this",
        "the file was changed, or another key made it; ask the signer for the file",
    ),
    "SSJ-K006": Entry(
        "error",
        "以“{signer}”名义用公钥 {value} 签名，计划里却不是这样指定的",
        "计划（signers）指定的是：{named}。用指定的钥匙签名，或查明是谁签的",
        "signed as {signer} with the key {value}, which is not how the plan has it",
        "the plan (signers) names: {named}; sign with that key, or find out who signed",
    ),
    "SSJ-K007": Entry(
        "note",
        "由公钥 {value} 签名，自称“{signer}”，这里无人为这把钥匙作保",
        "确知钥匙属于谁的，用 ssj-core verify --signer-key {value} 核验",
        "made by key {value} in the name of {signer}, which nobody vouches for here",
        "if you know whose key it is: ssj-core verify --signer-key {value}",
    ),
    "SSJ-K008": Entry(
        "warning",
        "签名没有核验：这台机器缺少组件 sign",
        '安装后再核验：pip install "ssj-core[sign]"；内网：pip install --no-index --find-links wheels "ssj-core[sign]"；也可以只用 openssl（SPEC §10.4）',
        "the signature was not checked: the component sign is not installed here",
        'pip install "ssj-core[sign]", offline: pip install --no-index --find-links wheels "ssj-core[sign]"; then verify again, or use openssl alone (SPEC §10.4)',
    ),
    "SSJ-K009": Entry(
        "warning",
        "没有成立的台账，不知道签的是不是它",
        "先找到签名当时的台账",
        "without a ledger that holds it cannot be told whether this signs it",
        "find the ledger of that time first",
    ),
    "SSJ-K010": Entry(
        "error",
        "私钥 {value} 不能用（{reason}）",
        "给出 ssj-core sign keygen 生成的文件和它的口令",
        "the private key {value} cannot be used ({reason})",
        "give the file that ssj-core sign keygen wrote, and its passphrase",
    ),
    "SSJ-K011": Entry(
        "error",
        "{value} 已经存在，不会覆盖",
        "换一个文件名；旧钥匙一旦覆盖就再也找不回来",
        "{value} exists and is not overwritten",
        "choose another name: a key that is overwritten is gone for ever",
    ),
    "SSJ-K012": Entry(
        "error",
        "台账还是空的，没有可签的内容",
        "先封存一个批次",
        "the ledger is empty: there is nothing to sign",
        "seal a batch first",
    ),
    "SSJ-K013": Entry(
        "error",
        "签名人姓名 {value} 不能用",
        "写一行文字，例如“纪检组 王某”",
        "the signer's name {value} cannot be used",
        "write one line of text",
    ),
    "SSJ-K014": Entry(
        "error",
        "{value} 已经存在：这把钥匙已经以另一个名义签过台账的这一行",
        "一把钥匙只代表一个人；确要重签，先移走旧文件",
        "{value} exists: this key signed this line of the ledger under another name",
        "a key stands for one person; move the old file away to sign again",
    ),
    "SSJ-K015": Entry(
        "error",
        "{value} 不是 Ed25519 公钥",
        "写 ssj-core sign keygen 打印的公钥：44 个字符，以 = 结尾",
        "{value} is no Ed25519 public key",
        "write the one ssj-core sign keygen printed: 44 characters, the last is =",
    ),
    "SSJ-K016": Entry(
        "error",
        "公钥 {value} 写了两次",
        "一把钥匙只代表一个人，每人用自己的钥匙",
        "the public key {value} is given twice",
        "a key stands for one person: everybody uses his own",
    ),
    "SSJ-K017": Entry(
        "error",
        "需要组件 sign 才能生成钥匙和签名",
        '安装：pip install "ssj-core[sign]"；内网：pip install --no-index --find-links wheels "ssj-core[sign]"',
        "keys and signatures need the component sign",
        'pip install "ssj-core[sign]", offline: pip install --no-index --find-links wheels "ssj-core[sign]"',
    ),
}
