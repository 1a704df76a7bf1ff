"""The roster as it is taken away: who may have which columns, and what stands there.

Source of the columns of banks: they get their own people and the agreed fields only
(PIPL, article 6: least necessary), so no telephone, no role, nobody else's name.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import CENTRE
from trainer.people.domain.accounts import Person
from trainer.people.domain.colleagues import gets_agreed_fields
from trainer.people.domain.places import CHANNEL_NAMES
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role
from trainer.people.domain.roster.fields import FIELD_NAMES
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.known import at_work_or_next
from trainer.people.domain.roster.reading import PRESENT
from trainer.people.domain.roster.saying import last_day
from trainer.people.domain.secondments import STATE_NAMES
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import Secondment

ALL = tuple(field for field in Field if field is not Field.SPAN)
STAFF = tuple(field for field in ALL if field not in {Field.PHONE, Field.ROLE})
BANK = tuple(
    field
    for field in STAFF
    if field not in {Field.POST, Field.MENTOR, Field.SUCCESSOR, Field.REASON}
)

TITLE, TEMPLATE_TITLE, GUIDE_TITLE = "花名册", "花名册模板", "填写说明"
FIRST_PASSWORDS = "初始密码"
FIRST_COLUMNS = ("工号", "姓名", FIRST_PASSWORDS)
"""What files are called and hold is Chinese in every language of the interface: they
go to banks and sites, and come back."""

SEPARATOR = "、"
DAY = timedelta(days=1)

EXAMPLE: Mapping[Field, str] = {
    Field.LOGIN: "示例001",
    Field.NAME: "张某（示例，请删掉这一行）",
    Field.DEPARTMENT: "示例中心/城东管理部/1号窗口",
    Field.LINES: "提取、贷款",
    Field.ROLE: ROLE_NAMES[Role.CLERK],
    Field.PHONE: "13800000000",
    Field.BANK: "甲银行（虚构）",
    Field.BEGINS: "2026-01-01",
    Field.LAST_DAY: "2026-12-31",
    Field.STATUS: PRESENT,
}
"""A row that shows how to fill in; its 工号 is one that no import takes."""

GUIDE = (
    "花名册怎么填",
    "1. 一行一个人，按“工号”认人，大小写不分。工号是文字，开头的 0 要保留。",
    "2. 空着的格子表示“不变”。新人员必填：工号、姓名、部门、派驻开始。",
    "3. 部门写到网点，可带上级和窗口：示例中心/城东管理部/1号窗口，也可用 | 隔开。",
    "4. 派驻截止是最后一个在岗的日子。没有期限写“长期”。也可以用一列“派驻起止”。",
    "5. 状态：在岗（可空着）、离开、离职、调动、回归。离开要写离开日期（最后在岗日）。",
    "6. 调动：把部门改成新网点，派驻开始写成到新网点的第一天。",
    "7. 带教、接替人写工号，姓名不重的也可以写姓名。业务有几项用顿号隔开。",
    "8. 角色只认“窗口人员”和“带教老师”；其他角色请到账号页单独设置。",
    "9. 不认识的列会显示出来，不导入。可以多放自己的列。",
    "10. 上传后先看预览，错的格子当场能改；确认以前什么都不会变。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A roster ready to be written: its columns, and its rows in their order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def fields_for(reader: Actor) -> tuple[Field, ...]:
    """Say which columns somebody gets; who looks after a bank gets the fewest."""
    if reader.may(Permission.ADMINISTER):
        return ALL
    return BANK if gets_agreed_fields(reader) else STAFF


def exported(
    listed: Sequence[Listed],
    fields: Sequence[Field],
    on: date,
    *,
    names: Mapping[int, tuple[str, str]],
    people: Mapping[int, Person],
    lines: Mapping[str, str],
) -> Exported:
    """Write a roster, one row for each person: where he works, or will work.

    Args:
        listed: Secondments that have not ended.
        fields: The columns.
        on: Today.
        names: Login and name of mentors and successors by key.
        people: Accounts by key, for columns only administrators get; else empty.
        lines: Names of the business lines by code.
    """
    rows = []
    for one in _one_each(listed, on):
        cells = _cells(one, on, names, lines)
        if person := people.get(one.secondment.person):
            roles = (ROLE_NAMES[role] for role in Role if role in person.roles)
            cells |= {Field.PHONE: person.phone, Field.ROLE: SEPARATOR.join(roles)}
        rows.append(tuple(cells.get(field, "") for field in fields))
    return Exported(columns=tuple(FIELD_NAMES[f] for f in fields), rows=tuple(rows))


def watermark(by: Actor, at: datetime) -> str:
    """Say in a file who took it away, and when by the centre's clock."""
    when = at.astimezone(CENTRE)
    return f"导出人：{by.name}，{when:%Y-%m-%d %H:%M}；内部资料，用后销毁"


def template() -> Exported:
    """Give an empty roster with one row that shows how it is filled in."""
    row = tuple(EXAMPLE.get(field, "") for field in ALL)
    return Exported(columns=tuple(FIELD_NAMES[f] for f in ALL), rows=(row,))


def _one_each(listed: Iterable[Listed], on: date) -> list[Listed]:
    """Keep of each person the secondment that an import would compare with."""
    held: dict[int, list[Secondment]] = {}
    for one in listed:
        held.setdefault(one.secondment.person, []).append(one.secondment)
    kept = set()
    for secondments in held.values():
        secondments.sort(key=lambda h: (h.placement.begins_on, h.id))
        if shown := at_work_or_next(secondments, on):
            kept.add(shown.id)
    return [one for one in listed if one.secondment.id in kept]


def _cells(
    one: Listed,
    on: date,
    names: Mapping[int, tuple[str, str]],
    lines: Mapping[str, str],
) -> dict[Field, str]:
    held, placement = one.secondment, one.secondment.placement
    arranged = placement.arrangement
    shown = (name for code, name in lines.items() if code in arranged.lines)
    return {
        Field.LOGIN: one.login,
        Field.NAME: one.name,
        Field.DEPARTMENT: one.site,
        Field.SEAT: one.seat,
        Field.CHANNEL: CHANNEL_NAMES[one.channel] if one.channel else "",
        Field.LINES: SEPARATOR.join(shown),
        Field.POST: one.post,
        Field.BANK: one.organisation,
        Field.BEGINS: str(placement.begins_on),
        Field.LAST_DAY: last_day(placement.planned_to),
        Field.MENTOR: _told(names, arranged.mentor),
        Field.SUCCESSOR: _told(names, arranged.successor),
        Field.STATUS: STATE_NAMES[held.state(on)],
        Field.LEFT_ON: str(held.ends_on - DAY) if held.ends_on else "",
        Field.REASON: placement.reason,
    }


def _told(names: Mapping[int, tuple[str, str]], key: int | None) -> str:
    """Write somebody so that an import finds him again: 张三（w1001）."""
    login, name = names.get(key or 0, ("", ""))
    return f"{name}（{login}）" if login else ""
