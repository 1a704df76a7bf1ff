"""Tables of questions out: the rows of an export, and the template to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from string import ascii_uppercase

from trainer.core.wording import N_
from trainer.publishing.domain.entries import in_one_line
from trainer.quizzes.domain import rules
from trainer.quizzes.domain.exchange import answers
from trainer.quizzes.domain.exchange.dialects import blanks_written
from trainer.quizzes.domain.exchange.dialects import joined
from trainer.quizzes.domain.exchange.fields import ASKING
from trainer.quizzes.domain.exchange.fields import FIELD_NAMES
from trainer.quizzes.domain.exchange.fields import TYPES
from trainer.quizzes.domain.exchange.fields import Field
from trainer.quizzes.domain.exchange.tables import EXAMPLE
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.deciding import Deciding
from trainer.quizzes.domain.types.filling import Filling
from trainer.quizzes.domain.types.matching import Matching
from trainer.quizzes.domain.types.numbers import NUMBER_TYPE
from trainer.quizzes.domain.types.numbers import Calculating
from trainer.quizzes.domain.types.ordering import Ordering
from trainer.quizzes.domain.types.ticking import Ticking
from trainer.quizzes.domain.types.writing import Writing

FEWEST_OPTIONS = 4
"""Columns of options, even where no question has so many."""

BEFORE = (Field.ID, Field.TYPE, Field.STEM)
BEHIND = (
    Field.ANSWER,
    Field.EXPLANATION,
    Field.MARKS,
    Field.DIFFICULTY,
    Field.COMPETENCY,
    Field.LINE,
    Field.ASKS,
    Field.ON,
    Field.CITES,
    Field.TAGS,
    Field.RULE,
    Field.UNIT,
    Field.TOLERANCE,
    Field.FORMULA,
    Field.VALUES,
    Field.INPUTS,
    Field.CASE,
    Field.CASE_STEM,
)

LIST = "、"


GUIDE = (
    N_(
        "编号以“{example}”开头的行不导入；填好后可以删掉，也可以留着。",
        example=EXAMPLE,
    ),
    N_("必填：题型、题干、答案。能力项、难度、考查、依据、解析可以在导入时统一选。"),
    N_("题型：单选、多选、判断、填空、数值、排序、匹配、材料勾选、简答。"),
    N_("选择题：每项一格；答案写字母，例如 ABD。错因A、错因B……写这一项为什么错。"),
    N_("判断题：答案写 对 或 错。"),
    N_("填空题：题干里用 ____ 标空；空与空之间写 ||，同一空的几种写法之间写 |。"),
    N_("数值题：答案只写数，单位、允差各有一列；允差写 0.01 或 1%。"),
    N_("排序题：答案是正确次序的字母，例如 BACD。"),
    N_("匹配题：左边写在选项里，右边写在右项里；答案写 A-2、B-1。"),
    N_("简答题：答案每行一个得分点，句末写分值，例如 先核身份（2分）。"),
    N_("考查写“个案”的题要有业务日期，写作 2026-09-21。"),
    N_("同一案例的几道题写同一个案例编号，案例题干写在第一道题上。"),
    N_("依据写作 文章标识#小节标识，几条之间用顿号。"),
)
"""What stands on the second sheet of the template."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its header, and its rows with as many cells each."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of a question."""

    fields: Mapping[Field, str]
    options: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()


EXAMPLES = (
    Told(
        {
            Field.TYPE: "单选",
            Field.STEM: "租房提取要不要比较房租占收入的比例？",
            Field.ANSWER: "B",
        },
        ("要", "不要"),
        ("这是旧的门槛",),
    ),
    Told(
        {Field.TYPE: "多选", Field.STEM: "下列哪些要当场核对？", Field.ANSWER: "AC"},
        ("身份证件", "单位意见", "银行账户"),
    ),
    Told({Field.TYPE: "判断", Field.STEM: "材料不齐要一次告知。", Field.ANSWER: "对"}),
    Told(
        {
            Field.TYPE: "填空",
            Field.STEM: "封存满 ____ 个月，材料不齐要 ____ 告知。",
            Field.ANSWER: "6|六||一次性|一次",
        }
    ),
    Told(
        {
            Field.TYPE: "数值",
            Field.STEM: "每月还 1250 元，一年还多少？",
            Field.ANSWER: "15000",
            Field.UNIT: "元",
            Field.TOLERANCE: "0.01",
        }
    ),
    Told(
        {Field.TYPE: "排序", Field.STEM: "按先后排好。", Field.ANSWER: "BAC"},
        ("查账户", "核身份", "录系统"),
    ),
    Told(
        {Field.TYPE: "匹配", Field.STEM: "各对应哪一种？", Field.ANSWER: "A-2、B-1"},
        ("租房", "退休"),
        rights=("销户", "不销户"),
    ),
    Told(
        {Field.TYPE: "材料勾选", Field.STEM: "要收哪些？", Field.ANSWER: "A"},
        ("身份证件", "单位意见"),
    ),
    Told(
        {
            Field.TYPE: "简答",
            Field.STEM: "材料不齐时怎样说？",
            Field.ANSWER: "先说缺什么（2分）\n再说怎样补（3分）",
        }
    ),
)
"""A question of each type."""


def sheet_of(questions: Iterable[Question]) -> Sheet:
    """Write questions as a table; reading it with our dialect gives them again."""
    return _laid_out([_told(question) for question in questions])


def template() -> Sheet:
    """Give the table to fill in, with an example of each type of question."""
    common = {
        Field.EXPLANATION: "写清为什么，答题后显示",
        Field.DIFFICULTY: "1",
        Field.COMPETENCY: "P5",
        Field.ASKS: "规则",
        Field.CITES: "rent-withdrawal#answer",
    }
    return _laid_out(
        [
            Told(
                {Field.ID: f"{EXAMPLE}{n}"} | common | dict(row.fields),
                row.options,
                row.reasons,
                row.rights,
            )
            for n, row in enumerate(EXAMPLES, 1)
        ]
    )


def _laid_out(rows: Sequence[Told]) -> Sheet:
    options = max([FEWEST_OPTIONS, *(len(row.options) for row in rows)])
    reasons = max([0, *(len(row.reasons) for row in rows)])
    rights = max([0, *(len(row.rights) for row in rows)])
    columns = (
        *(FIELD_NAMES[key] for key in BEFORE),
        *(f"{FIELD_NAMES[Field.OPTIONS]}{ascii_uppercase[n]}" for n in range(options)),
        *(FIELD_NAMES[key] for key in BEHIND),
        *(f"错因{ascii_uppercase[n]}" for n in range(reasons)),
        *(f"右项{n + 1}" for n in range(rights)),
    )
    return Sheet(
        columns,
        tuple(
            (
                *(row.fields.get(key, "") for key in BEFORE),
                *_padded(row.options, options),
                *(row.fields.get(key, "") for key in BEHIND),
                *_padded(row.reasons, reasons),
                *_padded(row.rights, rights),
            )
            for row in rows
        ),
    )


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _told(question: Question) -> Told:
    own = _own(question.body)
    essay = isinstance(question.body, Writing)
    fields: dict[Field, str] = {
        Field.ID: question.id,
        Field.TYPE: TYPES[question.type].split()[0],
        Field.STEM: question.stem,
        Field.EXPLANATION: question.explanation,
        Field.MARKS: "" if question.marks == 1 or essay else f"{question.marks:f}",
        Field.DIFFICULTY: str(question.difficulty),
        Field.COMPETENCY: question.competency,
        Field.LINE: question.topic,
        Field.ASKS: ASKING[question.asks].split()[1],
        Field.ON: question.on.isoformat() if question.on else "",
        Field.CITES: joined([f"{c.slug}#{c.section}" for c in question.cites], LIST),
        Field.TAGS: joined(question.tags, LIST),
        Field.CASE: question.case.id if question.case else "",
        Field.CASE_STEM: question.case.stem if question.case else "",
    }
    return Told({**fields, **own.fields}, own.options, own.reasons, own.rights)


@singledispatch
def _own(body: Body) -> Told:
    """Give what only questions of its type say."""
    raise TypeError(body)


@_own.register
def _ticking(body: Ticking) -> Told:
    letters = "".join(option.key for option in body.options if option.right).upper()
    rule = {} if body.one else {Field.RULE: rules.RULE_NAMES[body.rule]}
    reasons = tuple(option.why for option in body.options)
    return Told(
        {Field.ANSWER: letters} | rule,
        tuple(option.text for option in body.options),
        reasons if any(reasons) else (),
    )


@_own.register
def _deciding(body: Deciding) -> Told:
    return Told({Field.ANSWER: "对" if body.right else "错"})


@_own.register
def _filling(body: Filling) -> Told:
    rule = rules.RULE_NAMES[body.rule]
    return Told({Field.ANSWER: blanks_written(body.blanks), Field.RULE: rule})


@_own.register
def _calculating(body: Calculating) -> Told:
    entry = dict(NUMBER_TYPE.write(body))
    answer = entry.pop("answer", "")
    fields = {
        Field(key): told if isinstance(told, str) else in_one_line(told)
        for key, told in (entry | {"answer": answer}).items()
    }
    return Told(fields)


@_own.register
def _ordering(body: Ordering) -> Told:
    answer = ascii_uppercase[: len(body.items)]
    rule = rules.RULE_NAMES[body.rule]
    return Told(
        {Field.ANSWER: answer, Field.RULE: rule},
        tuple(item.text for item in body.items),
    )


@_own.register
def _matching(body: Matching) -> Told:
    places = {choice.key: n for n, choice in enumerate(body.rights, 1)}
    pairs = zip(ascii_uppercase, body.right, strict=False)
    return Told(
        {
            Field.ANSWER: LIST.join(f"{left}-{places[key]}" for left, key in pairs),
            Field.RULE: rules.RULE_NAMES[body.rule],
        },
        options=body.lefts,
        rights=tuple(choice.text for choice in body.rights),
    )


@_own.register
def _writing(body: Writing) -> Told:
    points = [(point.text, point.marks) for point in body.points]
    return Told({Field.ANSWER: answers.points_written(points)})
