"""An analysis as three tables to take away: 题目, 选项, 整卷."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.quizzes.domain.analysis import Analysis
from trainer.quizzes.domain.analysis.items import FIRM
from trainer.quizzes.domain.analysis.items import FLAG_NAMES
from trainer.quizzes.domain.analysis.items import Choice
from trainer.quizzes.domain.analysis.items import ItemStatistics
from trainer.quizzes.domain.analysis.sheets import Item
from trainer.quizzes.domain.analysis.whole import BINS
from trainer.quizzes.domain.analysis.whole import QuizStatistics
from trainer.quizzes.domain.question import Question

Cell = str | int | float | None
Row = tuple[Cell, ...]

WORDING_SHOWN = 12
"""Characters of the digest of a wording: enough to tell it from the others."""

ITEM_COLUMNS = (
    *("题库", "题号", "题目版本", "题干", "人数", "通过率（%）", "区分度"),
    *("未作答人数", "用时中位数（秒）", "提示", "说明"),
)
CHOICE_COLUMNS = (
    *(
        "题库",
        "题号",
        "题目版本",
        "选项",
        "内容",
        "是否正确",
        "选择人数",
        "选择比例（%）",
    ),
    *("低分组人数", "中分组人数", "高分组人数", "说明"),
)
QUIZ_COLUMNS = ("项目", "数值", "说明")

FEW = f"不到 {FIRM} 人，仅供参考"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the writers of files take it: its name, heads and lines."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def tables(analysis: Analysis, questions: Mapping[Item, Question]) -> tuple[Table, ...]:
    """Give the tables 题目, 选项 and 整卷.

    Args:
        analysis: The analysis.
        questions: The questions as they were asked, for their stems.
    """
    items = analysis.items
    return (
        Table("题目", ITEM_COLUMNS, tuple(_item(each, questions) for each in items)),
        Table(
            "选项",
            CHOICE_COLUMNS,
            tuple(_choice(each, one) for each in items for one in each.choices),
        ),
        Table("整卷", QUIZ_COLUMNS, tuple(_quiz(analysis.quiz))),
    )


def _item(found: ItemStatistics, questions: Mapping[Item, Question]) -> Row:
    question = questions.get(found.item)
    return (
        *_named(found.item),
        question.stem if question else "",
        found.n,
        _percent(found.facility),
        _rounded(found.item_rest, 2),
        found.unanswered,
        _rounded(found.seconds),
        "、".join(FLAG_NAMES[flag] for flag in found.flags),
        _note(is_firm=found.is_firm),
    )


def _choice(found: ItemStatistics, choice: Choice) -> Row:
    return (
        *_named(found.item),
        choice.key,
        choice.text,
        "是" if choice.is_right else "否",
        choice.count,
        _percent(choice.count / found.n),
        *(choice.lower, choice.middle, choice.upper),
        _note(is_firm=found.is_firm),
    )


def _quiz(found: QuizStatistics) -> Iterator[Row]:
    note = _note(is_firm=found.is_firm)
    yield "人数", found.n, "只算每人第一次作答"
    yield "平均分（%）", _rounded(found.mean), note
    yield "标准差（百分点）", _rounded(found.deviation), note
    yield "中位数（%）", _rounded(found.median), note
    yield "及格率（%）", _percent(found.pass_rate), note
    trust = found.reliability
    note = trust.why or _note(is_firm=trust.is_firm)
    yield "信度（α）", _rounded(trust.alpha, 2), note
    yield "测量标准误（百分点）", _rounded(trust.error), note
    yield "信度所用答卷数", trust.n, ""
    for place, count in enumerate(found.histogram):
        yield f"得分 {_span(place)}（人）", count, ""


def _span(place: int) -> str:
    """Name a bar of the histogram; only the last holds its upper end."""
    wide = 100 // BINS
    low, high = place * wide, (place + 1) * wide
    return f"{low}% 到 {high}%" if place == BINS - 1 else f"{low}% 到不足 {high}%"


def _named(item: Item) -> tuple[str, str, str]:
    return item.place.bank, item.place.id, item.wording[:WORDING_SHOWN]


def _note(*, is_firm: bool) -> str:
    return "" if is_firm else FEW


def _percent(share: float | None) -> float | None:
    return None if share is None else _rounded(100 * share)


def _rounded(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)
