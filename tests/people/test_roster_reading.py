"""What rosters say: headers, days, spans, paths; however people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.rosters import NEW
from tests.people.rosters import make_draft
from trainer.people.domain.places import Channel
from trainer.people.domain.roles import Role
from trainer.people.domain.roster.drafts import NoTableError
from trainer.people.domain.roster.drafts import draft_from
from trainer.people.domain.roster.drafts import draft_of
from trainer.people.domain.roster.entries import read_entry
from trainer.people.domain.roster.fields import ALIASES
from trainer.people.domain.roster.fields import FIELD_NAMES
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.fields import MappingError
from trainer.people.domain.roster.fields import field_of
from trainer.people.domain.roster.fields import must_be_mapped
from trainer.people.domain.roster.fields import preselect
from trainer.people.domain.roster.reading import EPOCH
from trainer.people.domain.roster.reading import OPEN
from trainer.people.domain.roster.reading import Intent
from trainer.people.domain.roster.reading import UnreadableError
from trainer.people.domain.roster.reading import read_day
from trainer.people.domain.roster.reading import read_intent
from trainer.people.domain.roster.reading import read_last_day
from trainer.people.domain.roster.reading import read_span
from trainer.people.domain.roster.reading import split_path

DAYS = st.dates(date(1980, 1, 1), date(2100, 12, 31))
WRITTEN = (
    "{:%Y-%m-%d}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}年{0.month}月{0.day}号",
    "{:%Y%m%d}",
    "{:%Y-%m-%d 00:00:00}",
    " {:%Y-%m-%d} ",
)
BETWEEN = ("至", "到", "—", "--", "~", "～", " 至 ", "——", "－")
NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1)


def wide(text: str) -> str:
    """Write in the width that input methods of Chinese give."""
    return "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text
    )


@given(DAYS, st.sampled_from(WRITTEN), st.sampled_from([str, wide]))
def test_a_day_is_read_however_it_is_written(
    day: date, how: str, width: Callable[[str], str]
) -> None:
    assert read_day(width(how.format(day))) == day


@given(DAYS)
def test_a_serial_number_of_a_spreadsheet_is_a_day(day: date) -> None:
    assert read_day(str((day - EPOCH).days)) == day


@given(DAYS, DAYS, st.sampled_from(WRITTEN), st.sampled_from(BETWEEN))
def test_a_span_in_one_cell_is_two_days(
    first: date, last: date, how: str, between: str
) -> None:
    text = how.format(first) + between + how.format(last)
    assert read_span(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026.1.1-2026.12.31", date(2026, 12, 31)),
        ("2026年1月1日—12月31日", date(2026, 12, 31)),
        ("自2026年1月1日起至2026年12月31日止", date(2026, 12, 31)),
        ("46023-46387", date(2026, 12, 31)),
        ("2026-01-01至今", OPEN),
        ("2026-01-01至长期", OPEN),
        ("2026-01-01起", None),
        ("2026-01-01", None),
    ],
)
def test_spans_of_daily_life_are_read(text: str, last: date | None) -> None:
    assert read_span(text) == (date(2026, 1, 1), last)


@pytest.mark.parametrize(
    "text",
    [
        "明天",
        "2026-02-30",
        "1/1/2026",
        "26.1.1",
        "2026年1月",
        "1",
        "12345",
        "99999",
        "0",
    ],
)
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"日期|这一天"):
        read_day(text)


@given(st.text(max_size=60))
def test_any_cell_is_read_or_told(text: str) -> None:
    cells = dict.fromkeys(Field, text)
    entry, problems = read_entry(2, cells)
    assert entry.number == 2
    assert all(problem.message for problem in problems)


def test_the_last_day_is_included_and_an_end_is_not() -> None:
    cells = {
        Field.LOGIN: "w1",
        Field.BEGINS: "2026-01-01",
        Field.LAST_DAY: "2026-12-31",
    }
    entry, problems = read_entry(2, cells)
    assert (entry.until, problems) == (date(2027, 1, 1), ())
    gone, _ = read_entry(2, {**cells, Field.LEFT_ON: "2026-06-30"})
    assert gone.gone_on == date(2026, 7, 1)
    assert read_last_day("长期") == OPEN


@given(st.lists(NAMES, min_size=1, max_size=4), st.sampled_from("/|／｜-－"))
def test_a_path_is_taken_apart(parts: list[str], between: str) -> None:
    assert split_path(between.join(parts)) == tuple(parts)


@pytest.mark.parametrize("field", Field)
def test_every_field_is_known_by_each_of_its_names(field: Field) -> None:
    for name in (*ALIASES[field].split(), FIELD_NAMES[field]):
        for written in (name, f" {name} ", f"*{name}", f"{name}（必填）", wide(name)):
            assert field_of(written) is field, written


def test_no_name_means_two_fields() -> None:
    names = [name for names in ALIASES.values() for name in names.split()]
    assert len(names) == len(set(names))


@given(st.lists(st.sampled_from([*FIELD_NAMES.values(), "血型", ""]), max_size=12))
def test_columns_are_proposed_once_each(header: list[str]) -> None:
    chosen = [field for field in preselect(header) if field]
    assert len(chosen) == len(set(chosen))
    for name, field in zip(header, preselect(header), strict=True):
        assert field is None or FIELD_NAMES[field] == name


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ([Field.NAME], "要有一列是“工号”"),
        ([Field.LOGIN, Field.NAME, Field.NAME], "有两列都选了“姓名”"),
        ([Field.LOGIN, Field.SPAN, Field.BEGINS], "只选一种"),
    ],
)
def test_columns_must_say_enough_and_say_it_once(
    chosen: list[Field | None], said: str
) -> None:
    with pytest.raises(MappingError, match=said):
        must_be_mapped(chosen)


def test_the_header_is_found_below_titles_and_notes_are_nobody() -> None:
    lines = [
        (1, ["某某中心派驻人员花名册"]),
        (2, ["填表日期：2026-11-01"]),
        (4, ["序号", "工号", "姓名"]),
        (5, ["1", "w1", "陈一"]),
        (7, ["导出人：张三，2026-11-22 10:00"]),
        (8, ["", "合计 1 人"]),
    ]
    draft = draft_from("s", lines)
    assert draft.header == ("序号", "工号", "姓名")
    assert draft.chosen == (None, Field.LOGIN, Field.NAME)
    assert dict(draft.rows) == {5: ("1", "w1", "陈一")}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([(1, ["工号", "姓名"])], "只有表头"),
        ([(1, ["工号"]), *((n, [f"w{n}"]) for n in range(2, 2003))], "最多 2,000 人"),
    ],
)
def test_a_sheet_without_people_or_with_too_many_is_refused(
    lines: list[tuple[int, list[str]]], said: str
) -> None:
    with pytest.raises(NoTableError, match=said):
        draft_from("s", lines)


def test_a_draft_is_kept_and_read_back() -> None:
    draft = make_draft(NEW, {**NEW, "工号": "w2"})
    assert draft_of(draft.as_json()) == draft


def test_a_cell_without_a_column_gets_one() -> None:
    draft = make_draft({"工号": "w1"}).corrected({(2, Field.NAME): " 陈 一 "})
    assert draft.header == ("工号", "姓名")
    assert draft.rows[2] == ("w1", "陈 一")
    assert draft.corrected({(2, Field.PHONE): "", (9, Field.PHONE): "x"}) == draft


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("", Intent.STAY),
        ("在岗", Intent.STAY),
        ("新到岗", Intent.STAY),
        ("已超期", Intent.STAY),
        ("离开", Intent.LEAVE),
        ("离职", Intent.LEAVE),
        ("已离开", Intent.LEAVE),
        ("调动", Intent.MOVE),
        ("回归", Intent.RETURN),
    ],
)
def test_what_is_to_happen_is_read(text: str, intent: Intent) -> None:
    assert read_intent(text) is intent


def test_roles_channels_and_lists_are_read() -> None:
    entry, problems = read_entry(
        2,
        {
            Field.LOGIN: "ｗ００１",
            Field.ROLE: "窗口人员、带教老师",
            Field.CHANNEL: "热线",
            Field.LINES: "提取，贷款;缴存",
            Field.PHONE: "０１０－１２３４５６７８",
        },
    )
    assert problems == ()
    assert entry.login == "w001"
    assert entry.roles == frozenset({Role.CLERK, Role.MENTOR})
    assert (entry.channel, entry.lines) == (Channel.HOTLINE, ("提取", "贷款", "缴存"))
    assert entry.phone == "010-12345678"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        (Field.LOGIN, "", "缺工号"),
        (Field.LOGIN, "张三", "工号用 2 到 32 位"),
        (Field.NAME, "张" * 33, "太长了"),
        (Field.PHONE, "转张三", "电话只写数字"),
        (Field.ROLE, "行长", "没有“行长”这个角色"),
        (Field.CHANNEL, "邮件", "没有“邮件”这种渠道"),
        (Field.STATUS, "？", "看不懂状态"),
        (Field.LAST_DAY, "2025-12-31", "早于第一天"),
        (Field.SPAN, "2026", "看不懂起止日期"),
    ],
)
def test_a_wrong_cell_is_told_with_its_field(
    field: Field, text: str, said: str
) -> None:
    cells = {Field.LOGIN: "w1", Field.BEGINS: "2026-01-01", field: text}
    _, problems = read_entry(2, cells)
    assert [p.field for p in problems] == [field]
    assert said in problems[0].message
