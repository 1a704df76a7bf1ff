"""What a question is called in lists."""

from __future__ import annotations

import pytest

from trainer.quizzes.domain.listing import SHORT
from trainer.quizzes.domain.listing import short


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("哪一样是 **必须** 带的？", "哪一样是 必须 带的？"),
        ("应在{{1}}日内办结，\n收费{{2}}元。", "应在＿＿日内办结， 收费＿＿元。"),
        ("贷款 {principal} 元，{pay_years} 年。", "贷款 ×× 元，×× 年。"),
    ],
)
def test_it_is_called_by_its_stem_without_marks(stem: str, name: str) -> None:
    assert short(stem) == name


def test_a_long_stem_is_cut() -> None:
    assert short("题" * (SHORT + 1)) == "题" * (SHORT - 1) + "…"
    assert short("题" * SHORT) == "题" * SHORT
