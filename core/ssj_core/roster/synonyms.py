"""What offices call the columns of their rosters."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_NOTES: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[【〔][^【】〔〕]*[】〕]")
_MARKS: Final = re.compile(r"[\s*:?#.。、\u200b-\u200f\u2060\ufeff]+")

SUBJECT_HEADERS: Final[Mapping[str, str]] = {
    "uscc": "统一社会信用代码 社会信用代码 信用代码 统一代码 统一信用代码 统一社会信用代码/注册号 统一社会信用代码证号",
    "regno": "注册号 工商注册号 营业执照注册号 营业执照号",
    "permit": "施工许可证号 施工许可证编号 许可证号 许可证编号",
    "project": "项目代码 项目编号 项目编码 工程编号 工程编码",
    "certificate": "证书编号 证书号 执业证号 执业证书编号 注册证书编号 注册证书号 资格证号 资格证书编号 "
    "岗位证书编号 从业证号",
    "id": "编号 主体编号 对象编号 检查对象编号",
    "name": "名称 企业名称 单位名称 项目名称 工程名称 主体名称 市场主体名称 对象名称 检查对象 检查对象名称 "
    "被检查单位 公司名称 机构名称",
    "person": "姓名 人员姓名",
    "kind": "主体类型 企业类型 对象类别 对象类型 主体类别 检查对象类别 检查对象类型 单位类型 企业类别 类型 类别",
    "sectors": "监管类别 行业 资质类别 监管领域 行业类别 所属行业 检查领域 抽查领域 业务类别 行业领域 监管行业",
    "section": "分管股室 分管科室 科室 股室 主管股室 监管股室 责任股室 主管科室 监管科室 责任科室 "
    "监管责任股室 监管责任科室",
    "area": "所属乡镇 辖区 片区 乡镇 镇办 所属辖区 所属片区 所属区域 所在区域 所在乡镇 区域 地区 区县 行政区划 "
    "乡镇街道 所属乡镇街道",
    "address": "住所 注册地址 经营场所 地址 经营地址 企业地址 单位地址 项目地址 工程地址 建设地点 "
    "生产经营地址 详细地址",
    "risk_class": "信用风险等级 风险等级 信用等级 信用风险分类 信用风险类别 风险类别 风险分类 信用风险分类等级 "
    "信用风险分类结果",
    "key": "重点企业 重点监管 是否重点 是否重点企业 是否重点监管 重点监管企业 重点监管对象 是否重点监管企业 "
    "是否重点监管对象",
    "status": "登记状态 经营状态 企业状态 主体状态 状态 项目状态 工程状态",
    "last_checked": "上次检查日期 最近检查时间 上次检查时间 最近检查日期 最近一次检查时间 最近一次检查日期",
    "checks_this_year": "本年度检查次数 本年检查次数 今年检查次数 年度检查次数 本年度已检查次数",
    "parent": "所属企业 所属单位 所在企业 所在单位 施工单位 聘用单位 受聘单位 注册单位 执业单位",
    "recused": "回避人员 回避执法人员 应回避人员 需回避人员 回避检查人员",
    "recused_why": "回避理由 回避原因 回避事由 回避情形 回避类别",
}
OFFICER_HEADERS: Final[Mapping[str, str]] = {
    "name": "姓名 执法人员 执法人员姓名 人员姓名 检查人员 检查人员姓名 执法检查人员 执法检查人员姓名",
    "section": "股室 科室 部门 单位/股室 单位/科室 业务部门 所属股室 所在股室 所属科室 所在科室 所在部门 工作部门 "
    "所属部门",
    "unit": "单位 所在单位 工作单位 所属单位 执法单位 单位名称",
    "certificate": "执法证号 执法证编号 执法证件号 执法证件编号 执法证号码 执法证件号码 行政执法证号 行政执法证编号 "
    "行政执法证件号 执法证",
    "staff": "工号 单位工号 人员编号 职工号 员工号",
    "valid_until": "有效期止 有效期 有效期至 有效期限 有效期截止 有效截止日期 有效期截止日期 证件有效期 证件有效期至 "
    "执法证有效期 执法证有效期至",
    "fields": "执法领域 执法类别 执法领域/执法类别 执法领域/类别 检查领域 执法范围 执法事项范围 执法专业 监管领域",
    "available": "是否可参加 可参加 是否参加 能否参加 是否可用 是否可参加抽取 是否参与抽取 是否参加抽取 "
    "是否参加抽查 是否参与抽查 是否可参加抽查",
    "certificate_status": "证件状态 执法证状态 证书状态",
    "staff_status": "人员状态 在岗状态 在岗情况 在职状态",
    "leave": "请假期间 请假 请假时间 请假日期 请假起止日期 休假期间 休假时间 不可参加时间 不能参加时间",
    "recused": "回避对象 回避企业 回避单位 应回避对象 应回避企业 需回避对象 回避检查对象",
    "recused_why": "回避理由 回避原因 回避事由 回避情形 回避类别",
    "leads": "主办资格 是否主办 可主办 是否可主办 可否主办 能否主办 是否有主办资格 是否具备主办资格 主办人资格",
    "qualifications": "资格 资质 专业 专业资格 专业特长 岗位资格 岗位资质资格 岗位资质 特长",
    "most": "本批次上限 每批次上限 每批上限 检查户数上限 户数上限 检查次数上限 次数上限 任务上限",
    "accompanies": "人员类别 人员类型 人员身份 检查人员类别 检查人员类型",
}
INSPECTION_HEADERS: Final[Mapping[str, str]] = {
    **{field: SUBJECT_HEADERS[field] for field in ("uscc", "regno", "permit", "project", "certificate", "id", "name")},
    "day": "检查日期 检查时间 检查日 检查完成日期 检查完成时间 检查结束日期 检查结束时间 实际检查日期 现场检查日期 "
    "实施日期 抽查日期 抽查时间",
    "officers": "检查人员 检查人员姓名 执法人员 执法人员姓名 执法检查人员 执法检查人员姓名 检查人 检查员 检查组 "
    "检查组人员 检查组成员 参加检查人员 实施检查人员",
    "officer_ids": "执法证号 执法证编号 执法证件号 执法证件编号 行政执法证号 执法人员证号 检查人员证号 "
    "检查人员执法证号 执法人员执法证号 检查人员编号 执法人员编号 工号",
    "lead": "主办 主办人 主办人员 主办执法人员 主办检查人员 检查组长 组长",
    "members": "协办 协办人 协办人员 协办执法人员 协办检查人员 检查组员 组员",
}
_PERSONAL: Final = (
    "身份证 证件号 证件号码 公民身份号码 电话 法定代表人 法定代表人姓名 法人 法人代表 法人姓名 负责人 负责人姓名 "
    "联系人 联系人姓名 联络员 联络员姓名 性别 学历 学历专业 出生日期 出生年月 年龄 民族 政治面貌 家庭住址 住址 "
    "邮箱 电子邮箱 微信 QQ 项目经理 项目负责人 主要负责人 企业负责人 单位负责人 安全负责人 投资人 股东 照片"
)
# Whatever else they are called, these hold what must not be read.
_PERSONAL_PARTS: Final = re.compile("身份证|身份号|手机|电话|联系方式|法定代表人")
MARKS: Final = "问题"
"""The column in which a list that was checked comes back."""

NOT_NEEDED: Final = frozenset(["序号", "备注", "说明", MARKS])
IGNORE: Final = "ignore"


def header_key(header: str) -> str:
    """Compare headers by this: NFKC, upper case, without spaces, marks and bracketed notes such as （必填）."""
    folded = unicodedata.normalize("NFKC", header)
    return (_MARKS.sub("", _NOTES.sub("", folded)) or _MARKS.sub("", folded)).upper()


def _index(table: Mapping[str, str]) -> dict[str, str]:
    return {header_key(synonym): name for name, synonyms in table.items() for synonym in synonyms.split()}


SUBJECT_FIELDS: Final[Mapping[str, str]] = _index(SUBJECT_HEADERS)
"""Header key to field, for the subject roster."""

OFFICER_FIELDS: Final[Mapping[str, str]] = _index(OFFICER_HEADERS)
"""Header key to field, for the officer roster."""

INSPECTION_FIELDS: Final[Mapping[str, str]] = _index(INSPECTION_HEADERS)
"""Header key to field, for the list of earlier inspections."""

PERSONAL: Final = frozenset(header_key(header) for header in _PERSONAL.split())
KNOWN_HEADERS: Final = frozenset(SUBJECT_FIELDS) | frozenset(OFFICER_FIELDS) | frozenset(INSPECTION_FIELDS) | PERSONAL


def is_personal(key: str) -> bool:
    """Tell whether a column (by its header key) holds personal data the programme never reads."""
    return key in PERSONAL or _PERSONAL_PARTS.search(key) is not None
