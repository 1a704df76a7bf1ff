"""Moodle XML, in; how it is written: :mod:`.moodle_writing`.

What Moodle has no place for stands in tags (``competency:P5``), and the rest as a
line of JSON in an element ``trainer`` that Moodle passes over.

Source: Moodle documentation, "Moodle XML format".
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from decimal import InvalidOperation

from trainer.core import elements
from trainer.core.elements import BrokenXmlError
from trainer.core.elements import Element
from trainer.core.wording import N_
from trainer.quizzes.domain.exchange.carried import NOTHING
from trainer.quizzes.domain.exchange.carried import Carried
from trainer.quizzes.domain.exchange.carried import read_carried
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.drafts import finished
from trainer.quizzes.domain.exchange.items import Form
from trainer.quizzes.domain.exchange.items import Item
from trainer.quizzes.domain.exchange.items import Pair
from trainer.quizzes.domain.exchange.items import Weighted
from trainer.quizzes.domain.exchange.understanding import text_of_html
from trainer.quizzes.domain.exchange.understanding import understood
from trainer.topics.domain.outline_text import Written

CATEGORY = "category"
TAGGED = ("competency", "difficulty", "asks", "on", "line")
"""Keys of ours that stand in tags, ``key:words``."""

CITES, OWN = "cites", "tag"
"""The same for sources, a tag for each, and for tags that look like one of these."""

PLAIN = frozenset({"markdown", "plain_text", "plain"})
"""Formats whose texts are words; the others are HTML."""


def read_moodle(data: bytes | str, defaults: Defaults) -> Read:
    """Read a Moodle XML file; never raises.

    Args:
        data: The file.
        defaults: What its questions do not say.
    """
    try:
        root = elements.read(data)
    except BrokenXmlError as error:
        told = (
            N_("文件里有 XML 的类型声明，为了安全没有打开；请从 Moodle 重新导出")
            if error.trap
            else N_("不是合法的 XML；请从 Moodle 重新导出，不要用 Word 打开另存")
        )
        return Read((), (Fault(error.line, told),))
    if root.name != "quiz":
        told = N_("这不是 Moodle XML；导出时请选“Moodle XML 格式”")
        return Read((), (Fault(0, told),))
    drafts = [*_drafts(root, defaults)]
    if not drafts:
        return Read((), (Fault(0, N_("文件里没有题目；请在 Moodle 里选好类别再导出")),))
    return Read(finished(drafts, defaults))


def _drafts(root: Element, defaults: Defaults) -> Iterator[Draft]:
    category = ""
    for question in root.every("question"):
        if question.attributes.get("type") == CATEGORY:
            category = question.words(CATEGORY, "text").rpartition("/")[2]
            continue
        try:
            yield understood(_item(question, category), defaults)
        except UnreadableError as error:
            fault = Fault(question.line, error.message)
            yield Draft(line=question.line, entry={}, faults=(fault,))


def _item(question: Element, category: str) -> Item:
    """Take a question apart.

    Raises:
        UnreadableError: it is of a kind that is not taken over.
    """
    kind = question.attributes.get("type", "")
    if kind not in _OWN:
        raise UnreadableError(
            N_("“{kind}”这种题没有带过来；请改成选择、判断、填空等题型", kind=kind[:40])
        )
    told = question.words("trainer")
    carried, tags = _tagged(question, read_carried(told) if told else NOTHING)
    if not told and category and not category.startswith("$"):
        tags = (*tags, category)
    grade = question.words("defaultgrade")
    item = Item(
        name=question.words("idnumber") or question.words("name", "text"),
        stem=_text(question.one("questiontext")),
        form=Form.ESSAY,
        explanation=_text(question.one("generalfeedback")),
        marks=f"{_number(grade).normalize():f}" if grade else "",
        tags=tags,
        carried=carried,
        line=question.line,
    )
    return _OWN[kind](question, item)


def _tagged(question: Element, carried: Carried) -> tuple[Carried, tuple[str, ...]]:
    """Part tags that say something from those to find it by."""
    entry: dict[str, Written] = {}
    cites: list[str] = []
    tags: list[str] = []
    holder = question.one("tags")
    for tag in holder.every("tag") if holder else []:
        words = tag.words("text")
        key, _, told = words.partition(":")
        if key in TAGGED and told:
            entry[key] = told
        elif key == CITES and told:
            cites.append(told)
        elif words:
            tags.append(told if key == OWN and told else words)
    if cites:
        entry[CITES] = cites
    return replace(carried, entry={**carried.entry, **entry}), tuple(tags)


def _text(holder: Element | None) -> str:
    if holder is None:
        return ""
    words = holder.words("text")
    plain = holder.attributes.get("format", "html") in PLAIN
    return words if plain else text_of_html(words)


def _number(words: str) -> Decimal:
    try:
        told = Decimal(words)
    except InvalidOperation:
        told = Decimal("NaN")
    if not told.is_finite() or abs(told) >= 10**15:
        raise UnreadableError(
            N_("“{words}”不是一个数；请从 Moodle 重新导出", words=words[:40])
        )
    return told


def _answers(question: Element) -> tuple[Weighted, ...]:
    return tuple(
        Weighted(
            _text(answer),
            _number(answer.attributes.get("fraction", "0")),
            _text(answer.one("feedback")),
        )
        for answer in question.every("answer")
    )


def _choice(question: Element, item: Item) -> Item:
    several = question.words("single").casefold() in {"false", "0"}
    form = Form.SEVERAL if several else Form.ONE
    return replace(item, form=form, answers=_answers(question))


def _statement(question: Element, item: Item) -> Item:
    right = [answer.text for answer in _answers(question) if answer.percent > 0]
    if right not in (["true"], ["false"]):
        raise UnreadableError(N_("看不出这道判断题是对是错；请从 Moodle 重新导出"))
    return replace(item, form=Form.TRUE_FALSE, right=right == ["true"])


def _short(question: Element, item: Item) -> Item:
    return replace(item, form=Form.SHORT, answers=_answers(question))


def _numeric(question: Element, item: Item) -> Item:
    right = [
        answer
        for answer in question.every("answer")
        if _number(answer.attributes.get("fraction", "100")) > 0
    ]
    if len(right) != 1:
        raise UnreadableError(N_("数值题有几个得分的答案，本系统没有；请只留一个"))
    return replace(
        item,
        form=Form.NUMBER,
        number=f"{_number(right[0].words('text')):f}",
        tolerance=f"{_number(right[0].words('tolerance') or '0'):f}",
        unit=question.words("units", "unit", "unit_name"),
    )


def _matching(question: Element, item: Item) -> Item:
    pairs = [
        Pair(_text(each), each.words("answer", "text"))
        for each in question.every("subquestion")
    ]
    return replace(
        item,
        form=Form.MATCH,
        pairs=tuple(pair for pair in pairs if pair.left),
        extra=tuple(pair.right for pair in pairs if not pair.left),
    )


def _ordered(question: Element, item: Item) -> Item:
    return replace(item, form=Form.ORDER, answers=_answers(question))


def _essay(question: Element, item: Item) -> Item:
    model = _text(question.one("graderinfo"))
    return replace(item, answers=(Weighted(model),) if model else ())


_OWN: Mapping[str, Callable[[Element, Item], Item]] = {
    "multichoice": _choice,
    "truefalse": _statement,
    "shortanswer": _short,
    "numerical": _numeric,
    "matching": _matching,
    "ordering": _ordered,
    "essay": _essay,
}
"""How each kind of Moodle is read; the others are not taken over."""
