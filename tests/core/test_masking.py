from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.core.masking import MASK
from trainer.core.masking import masked


@pytest.mark.parametrize(
    "number",
    [
        "350203199001011234",
        "35020319900101123X",
        "35020319900101123x",
        "350203900101123",
        "350203 19900101 1234",
        "350203-19900101-123X",
        "3 5 0 2 0 3 1 9 9 0 0 1 0 1 1 2 3 4",
        "３５０２０３１９９００１０１１２３４",
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000".removeprefix("+86 "),
        "6222021234567890",
        "6222 0212 3456 7890 123",
        "0592-5123456",
        "059212345678",
    ],
)
def test_numbers_of_people_are_masked(number: str) -> None:
    assert masked(f"身份证{number}能提吗") == f"身份证{MASK}能提吗"


@pytest.mark.parametrize(
    "text",
    [
        "建金〔2018〕46号",
        "建金2018 46号 第24条",
        "贷50万30年月供多少",
        "12329 和 12345",
        "2026-09-20 起 5—30 万元",
        "10000, 20000, 30000",
        "利率 3.1 2.6 3.075",
    ],
)
def test_what_people_look_for_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(max_size=20), st.integers(10**10, 10**18), st.text(max_size=20))
@settings(max_examples=80)
def test_eleven_digits_never_stay_together(
    before: str, number: int, after: str
) -> None:
    assert str(number) not in masked(f"{before}{number}{after}")
