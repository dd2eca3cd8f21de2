"""Codes SSJ-T…: time stamps of the commitment, and the levels that need one."""

from typing import Final

from ssj_core.problems.model import Entry

_INSTALL_ZH: Final = (
    '安装：pip install "ssj-core[stamp]"；内网：pip install --no-index --find-links wheels "ssj-core[stamp]"'
)
_INSTALL_EN: Final = (
    'pip install "ssj-core[stamp]", offline: pip install --no-index --find-links wheels "ssj-core[stamp]"'
)

ENTRIES: Final[dict[str, Entry]] = {
    "SSJ-T001": Entry(
        "warning",
        "时间戳没有核验：这台机器缺少组件 stamp",
        f"装好后再核验。{_INSTALL_ZH}",
        "the time stamp was not checked: the component stamp is not installed here",
        f"{_INSTALL_EN}; then verify again",
    ),
    "SSJ-T002": Entry(
        "error",
        "这不是能读的时间戳应答，或者被改动过（{reason}）",
        "给出时间戳机构返回的 .tsr 原件（严格的 DER 编码）。原件也读不懂的，请机构返回不带证书的应答（openssl ts -query 不加 -cert），把它的证书和根证书都写进下一次计划的 [stamp]",
        "this is not a time-stamp response that can be read, or it was changed ({reason})",
        "give the .tsr as the authority returned it (strict DER); if that cannot be read either, ask for one without certificates (openssl ts -query without -cert) and name the authority's own certificate and its root in [stamp] of the next plan",
    ),
    "SSJ-T003": Entry(
        "error",
        "时间戳机构没有出具时间戳：状态 {value}，{said}",
        "按机构说的原因改正，再发送一次请求",
        "the authority granted no stamp: status {value}, {said}",
        "mend what it says and send the request again",
    ),
    "SSJ-T004": Entry(
        "error",
        "时间戳盖的不是 SHA-256 摘要，而是算法 {value}",
        "用 ssj-core stamp request 写出的请求，或 openssl ts -query -digest 承诺 -sha256 -cert",
        "the stamp is of a digest other than SHA-256: {value}",
        "send the request that ssj-core stamp request writes, or openssl ts -query -digest COMMITMENT -sha256 -cert",
    ),
    "SSJ-T005": Entry(
        "error",
        "时间戳盖的是另一个承诺：{value}，这次抽取的承诺是 {commitment}",
        "找到这次抽取的时间戳；弄错的移走",
        "the stamp is of another commitment, {value}; that of this draw is {commitment}",
        "find the stamp of this draw and move the other away",
    ),
    "SSJ-T006": Entry(
        "warning",
        "时间戳由 {value} 签发，封存的证书里没有它的根证书，不能断定它可信",
        "在下一次计划的 [stamp] 里写上这家机构的根证书（应答不带全的，连同中间证书）",
        "the stamp was signed by {value}, to which no sealed certificate leads: whether it can be trusted cannot be told",
        "name the root of this authority in [stamp] of the next plan, with the certificates between where the answer lacks them",
    ),
    "SSJ-T007": Entry(
        "error",
        "签发时间戳的证书 {value} 不是专用于时间戳的证书",
        "用真正的时间戳机构（证书的扩展密钥用途只有 timeStamping，且为关键扩展）",
        "the certificate {value} is not one for time stamps",
        "use a time-stamping authority: its certificate has the one critical extended key usage timeStamping",
    ),
    "SSJ-T008": Entry(
        "error",
        "盖时间戳的时候（{time}）证书 {value} 不在有效期内",
        "请机构用有效的证书重新出具",
        "at the time of the stamp ({time}) the certificate {value} was not valid",
        "ask the authority for one made with a valid certificate",
    ),
    "SSJ-T009": Entry(
        "error",
        "时间戳的签名或证书链不成立（{reason}）",
        "时间戳被改动或者是伪造的；向时间戳机构取原件",
        "signature or certificates of the stamp do not hold ({reason})",
        "it was changed or forged; get the authority's own",
    ),
    "SSJ-T010": Entry(
        "error",
        "这份应答答的是另一个请求（随机数不同）",
        "给出对 stamps 文件夹里那份请求的应答；请求是别处做的，先移走那份 .tsq",
        "this answers another request (another nonce)",
        "give the answer to the request in the folder stamps; if the request was made elsewhere move that .tsq away first",
    ),
    "SSJ-T011": Entry(
        "error",
        "{value} 的计划没有 [stamp]，封存时没有固定时间戳机构的证书，事后无法核验",
        '在下一次计划里写 [stamp] certificates = ["机构根证书.pem"]；已封存的只能作废后重新封存',
        "the plan of {value} has no [stamp]: no certificate was sealed, and a stamp could never be checked",
        'write [stamp] certificates = ["root-of-the-authority.pem"] into the next plan; what is sealed can only be made void',
    ),
    "SSJ-T012": Entry(
        "error",
        "{value} 已经有时间戳，证明的时间是 {time}",
        "先有的那份留着；确要换，先移走 stamps 里的文件",
        "{value} has a stamp already, of {time}",
        "the first one is kept; to replace it move the file in the folder stamps away",
    ),
    "SSJ-T013": Entry(
        "error",
        "{value} 里没有可用的证书（{reason}）",
        "给出 PEM 格式的证书：-----BEGIN CERTIFICATE----- 开头",
        "there is no usable certificate in {value} ({reason})",
        "give certificates in PEM form, which begin -----BEGIN CERTIFICATE-----",
    ),
    "SSJ-T014": Entry(
        "error",
        "[stamp] 的证书里没有根证书（自己签发自己的证书）",
        "向时间戳机构取根证书，与机构公布的指纹核对，写进 certificates",
        "there is no root among the certificates of [stamp], one that is its own issuer",
        "get the root from the authority, compare its fingerprint with the one it publishes, and add it",
    ),
    "SSJ-T015": Entry(
        "error",
        "计划要求 {value} 级，这一级要有承诺的时间戳，计划里没有 [stamp]",
        '写上 [stamp] certificates = ["机构根证书.pem"]，或降低 assurance',
        "the plan requires {value}, which needs a time stamp of the commitment, but has no [stamp]",
        'write [stamp] certificates = ["root-of-the-authority.pem"], or require less',
    ),
    "SSJ-T016": Entry(
        "error",
        "计划要求 {required} 级，{value} 还没有承诺的时间戳，现在不能抽取",
        "在约定的公开事件之前：ssj-core stamp request 写出请求，发给时间戳机构，再用 ssj-core stamp add 放入应答，然后运行 run",
        "the plan requires {required} and {value} has no stamp of its commitment yet: it cannot be drawn now",
        "before the public event: write the request with ssj-core stamp request, send it to the authority, add its answer with ssj-core stamp add, then run again",
    ),
    "SSJ-T017": Entry(
        "error",
        "需要组件 stamp 才能请求和核验时间戳",
        _INSTALL_ZH,
        "time stamps need the component stamp",
        _INSTALL_EN,
    ),
    "SSJ-T018": Entry(
        "error",
        "承诺的时间戳是 {value}，不早于约定的公开事件，够不上 {required} 级",
        "时间戳必须在公开事件之前取得（彩票：在计划写明的开奖日的前一天或更早）；只能用 ssj-core void 作废，重新封存",
        "the stamp of the commitment is of {value}, not before the public event: that is not level {required}",
        "a stamp must come before the event (before the day that the plan names for a lottery); void the draw and seal again",
    ),
    "SSJ-T019": Entry(
        "warning",
        "缺少 {value}，时间戳无法核验",
        "找到封存的文件后再核验",
        "{value} is missing, so the stamp cannot be checked",
        "verify again with the sealed file",
    ),
    "SSJ-T020": Entry(
        "warning",
        "时间戳用的签名算法 {value} 本版本不能核验",
        "用 openssl ts -verify 或机构的工具核验；或请机构用 RSA、ECDSA 加 SHA-2 出具",
        "the stamp is signed with {value}, which this version cannot check",
        "check it with openssl ts -verify or the authority's own tool, or ask for one with RSA or ECDSA and SHA-2",
    ),
    "SSJ-T021": Entry(
        "error",
        "承诺的时间戳最晚是 {value}，不早于这台电脑上抽取的时间，够不上 {required} 级",
        "核对这台电脑的时钟；刚盖的时间戳，过一分钟再运行",
        "the stamp of the commitment may be as late as {value}, not before the draw by the clock here: that is not level {required}",
        "check the clock of this computer; with a fresh stamp run again in a minute",
    ),
    "SSJ-T022": Entry(
        "warning",
        "要够 {value} 级，还差承诺的时间戳：这里没有能够成立的，无法判断",
        "找到时间戳机构的应答（工作文件夹的 stamps，或机构存底），用 ssj-core stamp add 放入后再核验",
        "for {value} a time stamp of the commitment is missing, none that holds is here: it cannot be told",
        "find the authority's answer (the folder stamps of the working folder, or the authority's own copy), add it with ssj-core stamp add and verify again",
    ),
    "SSJ-T023": Entry(
        "warning",
        "要够 {value} 级，还要有台账登记了这个承诺，这里没有台账，无法判断",
        "E5 级要核验整个工作文件夹：ssj-core verify 文件夹",
        "for {value} a ledger must have this commitment, and none is here: it cannot be told",
        "verify the whole working folder: ssj-core verify FOLDER",
    ),
    "SSJ-T024": Entry(
        "note",
        "{authority} 证明：承诺在 {value} 已经存在",
        "与该机构公布的证书指纹对照（rules.toml 的 stamp）",
        "{authority} attests that the commitment existed at {value}",
        "compare the sealed fingerprints (stamp in rules.toml) with those the authority publishes",
    ),
}
