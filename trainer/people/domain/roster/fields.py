"""The columns of a roster, what banks and sites call them, and where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from enum import StrEnum

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nc_

SEARCHED = 10
"""Rows from the top among which the header is looked for; titles stand above it."""

NOTES = re.compile(r"^(导出|说明|备注|注[:：]|填表|制表|审核|合计|总计|共\s*\d)")
"""How a line below a table begins that speaks of the table and of nobody in it."""


class MappingError(TrainerError):
    """The columns do not say enough, or say it twice."""


class Field(StrEnum):
    """What a column of a roster says."""

    LOGIN = "login"
    NAME = "name"
    DEPARTMENT = "department"
    SEAT = "seat"
    CHANNEL = "channel"
    LINES = "lines"
    POST = "post"
    ROLE = "role"
    PHONE = "phone"
    BANK = "bank"
    BEGINS = "begins"
    LAST_DAY = "last_day"
    SPAN = "span"
    MENTOR = "mentor"
    SUCCESSOR = "successor"
    STATUS = "status"
    LEFT_ON = "left_on"
    REASON = "reason"


FIELD_NAMES: Mapping[Field, str] = {
    Field.LOGIN: N_("工号"),
    Field.NAME: N_("姓名"),
    Field.DEPARTMENT: N_("部门"),
    Field.SEAT: N_("窗口"),
    Field.CHANNEL: N_("渠道"),
    Field.LINES: N_("业务"),
    Field.POST: Nc_("one", "岗位"),
    Field.ROLE: N_("角色"),
    Field.PHONE: N_("手机"),
    Field.BANK: N_("派驻银行"),
    Field.BEGINS: N_("派驻开始"),
    Field.LAST_DAY: N_("派驻截止"),
    Field.SPAN: N_("派驻起止"),
    Field.MENTOR: N_("带教"),
    Field.SUCCESSOR: N_("接替人"),
    Field.STATUS: N_("状态"),
    Field.LEFT_ON: N_("离开日期"),
    Field.REASON: N_("原因"),
}

ALIASES: Mapping[Field, str] = {
    Field.LOGIN: "工号 员工号 员工编号 职工编号 人员编号 编号 账号 登录名 柜员号",
    Field.NAME: "姓名 名字 员工姓名 人员姓名",
    Field.DEPARTMENT: "部门 机构 所属部门 所属机构 网点 管理部 所在网点 工作地点",
    Field.SEAT: "接收窗口 窗口 窗口号 座席 工位",
    Field.CHANNEL: "渠道 服务渠道",
    Field.LINES: "业务 业务条线 条线 办理业务",
    Field.POST: "岗位 职务",
    Field.ROLE: "角色 系统角色",
    Field.PHONE: "手机 手机号 手机号码 联系电话 电话",
    Field.BANK: "派驻银行 派出单位 委托银行 派出银行 派驻单位 所属银行",
    Field.BEGINS: "派驻开始 派驻开始日期 到岗日期 派驻起 派驻起始 开始日期 到岗时间",
    Field.LAST_DAY: "派驻截止 派驻截止日期 派驻止 到期日期 截止日期 派驻结束 结束日期",
    Field.SPAN: "派驻起止 派驻期限 派驻时间 起止日期 派驻期间 派驻起止日期",
    Field.MENTOR: "带教 导师 带教老师 带教人 师傅",
    Field.SUCCESSOR: "接替人 接替 接替人员 继任",
    Field.STATUS: "状态 变动 变动类型 人员状态",
    Field.LEFT_ON: "离开日期 离岗日期 离职日期 最后在岗日",
    Field.REASON: "原因 变动原因 离开原因 说明",
}

_FIELDS = {
    alias: field for field, aliases in ALIASES.items() for alias in aliases.split()
}


def field_of(header: str) -> Field | None:
    """Tell what a column says by its header, None when nobody calls anything so.

    Spaces, marks of duty and what stands in brackets do not count: ``*工 号（必填）``.
    """
    text = unicodedata.normalize("NFKC", header)
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", text)
    return _FIELDS.get(re.sub(r"[\s*:：#、。]", "", text))


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Find the row that names the columns, by index: the one with most known names."""
    searched = [len(known(row)) for row in rows[:SEARCHED]]
    return searched.index(max(searched)) if any(searched) else 0


def known(header: Iterable[str]) -> set[Field]:
    """Give the fields that a header names."""
    return {field for name in header if (field := field_of(name))}


def preselect(header: Sequence[str]) -> tuple[Field | None, ...]:
    """Propose what each column says; of two with one name the first counts."""
    taken: set[Field] = set()
    chosen: list[Field | None] = []
    for name in header:
        field = field_of(name)
        chosen.append(None if field in taken else field)
        if field:
            taken.add(field)
    return tuple(chosen)


def must_be_mapped(chosen: Sequence[Field | None]) -> None:
    """Check what the columns were said to mean.

    Raises:
        MappingError: no 工号, or two columns for one field.
    """
    fields = [field for field in chosen if field]
    if Field.LOGIN not in fields:
        raise MappingError(N_("要有一列是“工号”：系统按工号认人；请在列表里选出来"))
    if twice := [field for field in Field if fields.count(field) > 1]:
        names = [FIELD_NAMES[field] for field in twice]
        raise MappingError(
            N_("有两列都选了“{names}”；每项只留一列，另一列选“不导入”", names=names)
        )
    if Field.SPAN in fields and {Field.BEGINS, Field.LAST_DAY} & set(fields):
        raise MappingError(
            N_("“派驻起止”和“派驻开始、派驻截止”只选一种；请把另一种选成“不导入”")
        )


def is_note(cells: Sequence[str]) -> bool:
    """Tell whether a row is a note below the table: one cell, of such words."""
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and bool(NOTES.match(filled[0]))
