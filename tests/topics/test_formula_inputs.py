"""How typed words become values."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.topics.domain.formulas.inputs import Choice
from trainer.topics.domain.formulas.inputs import Input
from trainer.topics.domain.formulas.inputs import InputKind

MONEY = Input(
    name="m",
    label="金额",
    kind=InputKind.MONEY,
    unit="元",
    least=Decimal(100),
    most=Decimal(1_000_000),
)
YEARS = Input(
    name="y",
    label="年限",
    kind=InputKind.YEARS,
    unit="年",
    least=Decimal(1),
    most=Decimal(30),
)
RATE = Input(name="r", label="利率", kind=InputKind.PERCENT, unit="%")
DAY = Input(
    name="d",
    label="日期",
    kind=InputKind.DAY,
    least=date(2000, 1, 1),
    most=date(2099, 12, 31),
)
CHOICE = Input(
    name="c",
    label="方式",
    kind=InputKind.CHOICE,
    choices=(Choice("a", "甲"), Choice("b", "乙")),
)


@pytest.mark.parametrize(
    ("asked", "written", "value"),
    [
        (MONEY, "500000", Decimal(500_000)),
        (MONEY, " 500,000.50 元 ", Decimal("500000.50")),
        (MONEY, "50万", Decimal(500_000)),
        (MONEY, "１２．３４５６万元", Decimal(123_456)),
        (MONEY, "5０，000", Decimal(50_000)),
        (YEARS, "20年", Decimal(20)),
        (YEARS, "20.0", Decimal(20)),
        (RATE, "3.075％", Decimal("3.075")),
        (DAY, "2026-09-20", date(2026, 9, 20)),
        (DAY, "2026年9月1日", date(2026, 9, 1)),
        (DAY, "2026/9/1", date(2026, 9, 1)),
        (DAY, "2026.09.01", date(2026, 9, 1)),
        (DAY, "20260901", date(2026, 9, 1)),
        (CHOICE, "b", "b"),
    ],
)
def test_the_usual_ways_of_writing_are_read(
    asked: Input, written: str, value: object
) -> None:
    assert asked.read(written) == value


@pytest.mark.parametrize(
    ("asked", "written", "message"),
    [
        (MONEY, "", "请填写金额"),
        (
            MONEY,
            "50",
            "最小 100 元，最大 1,000,000 元，填的是 50 元（以元为单位，例如 500000，",
        ),
        (MONEY, "-5", "填的是 -5 元"),
        (MONEY, "五十万", "金额应是数字"),
        (MONEY, "NaN", "金额应是数字"),
        (MONEY, "1e5", "金额应是数字"),
        (MONEY, "500年", "金额应是数字"),
        (MONEY, "100.001", "金额的小数位数太多，最小到 0.01 元"),
        (MONEY, "9" * 21, "金额最多 20 个字"),
        (YEARS, "20.5", "年限应是整数"),
        (YEARS, "31", "最大 30 年"),
        (RATE, "2.60001", "小数位数太多"),
        (DAY, "2026-02-30", "日期应是日期，写作 2026-09-20，填的是“2026-02-30”"),
        (DAY, "9月1日", "应是日期"),
        (DAY, "1999-12-31", "日期最小 2000-01-01，最大 2099-12-31"),
        (CHOICE, "丙", "方式只能选：甲、乙"),
    ],
)
def test_bad_input_is_answered_with_what_is_wrong_and_the_bounds(
    asked: Input, written: str, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        asked.read(written)


def test_an_empty_answer_may_be_allowed() -> None:
    assert replace(MONEY, required=False).read("  ") is None


@settings(max_examples=200, deadline=None)
@given(
    asked=st.sampled_from([MONEY, YEARS, RATE, DAY, CHOICE]),
    written=st.one_of(
        st.text(max_size=25), st.text("0123456789.,-/+万元%年月日", max_size=22)
    ),
)
def test_any_text_is_a_value_in_bounds_or_refused(asked: Input, written: str) -> None:
    try:
        value = asked.read(written)
    except ValueError:
        return
    if isinstance(asked.least, Decimal) and isinstance(asked.most, Decimal):
        assert isinstance(value, Decimal)
        assert asked.least <= value <= asked.most
