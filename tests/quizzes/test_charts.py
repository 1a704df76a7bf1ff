"""Numbers as bars."""

from __future__ import annotations

from trainer.quizzes.domain.charts import FULL
from trainer.quizzes.domain.charts import Bar
from trainer.quizzes.domain.charts import bars


def test_bars_are_as_high_as_their_share_of_the_highest() -> None:
    found = bars((0, 1, 4, 2, 0, 0, 0, 0, 0, 0))
    assert found[:4] == (
        Bar(0, 10, 0, 0),
        Bar(10, 20, 1, 25),
        Bar(20, 30, 4, FULL),
        Bar(30, 40, 2, 50),
    )


def test_a_bar_with_somebody_in_it_is_seen_and_none_is_none() -> None:
    assert bars((1, 1000))[0].height == 1
    assert bars((0, 0))[1] == Bar(50, 100, 0, 0)
