"""Analysis to take away: three tables that say what they are."""

from __future__ import annotations

import csv
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.quizzes.sheets import QUESTIONS
from tests.quizzes.sheets import analyse_papers
from tests.quizzes.sheets import right
from trainer.kit.files.sheets import SHEET_WRITERS
from trainer.quizzes.domain.analysis.sheets import Outcome
from trainer.quizzes.domain.analysis.table import Table
from trainer.quizzes.domain.analysis.table import tables

LADDER = [right(*"abcd"[:n]) for n in range(5)]


def laid_out(papers: list[list[Outcome]]) -> tuple[Table, ...]:
    return tables(analyse_papers(papers), QUESTIONS)


def test_a_line_has_a_cell_for_each_column() -> None:
    for table in laid_out(LADDER):
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_a_question_is_told_with_its_figures() -> None:
    items, _, _ = laid_out(LADDER)
    assert items.rows[0] == (
        *("bank", "a", "v1", "选哪个？", 5, 80.0),
        *(0.51, 0, None, "", "不到 30 人，仅供参考"),
    )


def test_with_enough_people_a_question_is_told_with_its_flags() -> None:
    items, _, _ = laid_out([right("a")] * 30)
    assert items.rows[0][-2:] == ("太容易、干扰项没人选", "")


def test_a_choice_is_told_by_thirds() -> None:
    _, choices, _ = laid_out(LADDER)
    assert choices.rows[:3] == (
        *(
            ("bank", "a", "v1", key, text, right, *counts, "不到 30 人，仅供参考")
            for key, text, right, counts in (
                ("a", "甲", "是", (4, 80.0, 1, 1, 2)),
                ("b", "乙", "否", (1, 20.0, 1, 0, 0)),
                ("c", "丙", "否", (0, 0.0, 0, 0, 0)),
            )
        ),
    )


def test_the_quiz_is_told_in_points_of_a_hundred() -> None:
    *_, quiz = laid_out(LADDER)
    told = {str(name): value for name, value, _ in quiz.rows}
    assert told["平均分（%）"] == 50.0
    assert told["及格率（%）"] == 20.0
    assert told["信度（α）"] == 0.8
    assert told["测量标准误（百分点）"] == 17.7
    assert told["得分 20% 到不足 30%（人）"] == 1
    assert told["得分 90% 到 100%（人）"] == 1
    assert sum(1 for name in told if name.startswith("得分")) == 10


def test_what_is_not_known_is_empty_and_says_why() -> None:
    items, choices, quiz = laid_out([])
    assert items.rows == choices.rows == ()
    told = {name: (value, note) for name, value, note in quiz.rows}
    assert told["平均分（%）"] == (None, "不到 30 人，仅供参考")
    assert told["信度（α）"] == (None, "答卷不到两份，还算不出信度")


@pytest.mark.parametrize("place", range(3))
def test_the_writers_take_the_tables(place: int) -> None:
    table = laid_out(LADDER)[place]
    sheet = load_workbook(
        BytesIO(SHEET_WRITERS["xlsx"](table.title, table.columns, table.rows))
    ).active
    assert sheet.title == table.title
    assert [*sheet.values] == [table.columns, *(_kept(row) for row in table.rows)]
    text = SHEET_WRITERS["csv"](table.title, table.columns, table.rows).decode()
    assert len([*csv.reader(text.splitlines())]) == 1 + len(table.rows)


def _kept(row: tuple[object, ...]) -> tuple[object, ...]:
    """Excel keeps an empty text as nothing."""
    return tuple(cell or None if cell == "" else cell for cell in row)
