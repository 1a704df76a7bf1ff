"""Moodle XML, out; see :mod:`.moodle`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace
from html import escape

from trainer.quizzes.domain.exchange.carried import words_of
from trainer.quizzes.domain.exchange.items import ALL
from trainer.quizzes.domain.exchange.items import NONE
from trainer.quizzes.domain.exchange.items import Form
from trainer.quizzes.domain.exchange.items import Item
from trainer.quizzes.domain.exchange.items import Pair
from trainer.quizzes.domain.exchange.items import Weighted
from trainer.quizzes.domain.exchange.moodle import CITES
from trainer.quizzes.domain.exchange.moodle import OWN
from trainer.quizzes.domain.exchange.moodle import TAGGED
from trainer.quizzes.domain.rules import Rule

KINDS: Mapping[Form, str] = {
    Form.ONE: "multichoice",
    Form.SEVERAL: "multichoice",
    Form.TRUE_FALSE: "truefalse",
    Form.SHORT: "shortanswer",
    Form.NUMBER: "numerical",
    Form.MATCH: "matching",
    Form.ORDER: "ordering",
    Form.ESSAY: "essay",
}
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
GRADING = {True: "ALL_OR_NOTHING", False: "RELATIVE_ALL_PREVIOUS_AND_NEXT"}
"""How Moodle scores an order: all or nothing, or by its pairs."""


def can_write(_item: Item) -> bool:
    """Moodle XML can say every item."""
    return True


def write_moodle(items: Iterable[Item], category: str = "") -> str:
    """Write items; see :func:`.items.item_of`.

    Args:
        items: The items.
        category: Where Moodle puts them, ``/`` between the levels.
    """
    head = []
    if category:
        told = f"$course$/top/{category}"
        head = [
            f'<question type="category"><category>{_said(told)}</category></question>'
        ]
    questions = [
        "\n".join(
            (f'<question type="{KINDS[item.form]}">', *_lines(item), "</question>")
        )
        for item in items
    ]
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<quiz>",
            *head,
            *questions,
            "</quiz>\n",
        )
    )


def _lines(item: Item) -> Iterator[str]:
    carried = item.carried
    untagged = {
        key: told for key, told in carried.entry.items() if key not in {*TAGGED, CITES}
    }
    yield f"<name>{_said(item.name)}</name>"
    yield _holder("questiontext", "markdown", item.stem)
    yield _holder("generalfeedback", "markdown", item.explanation)
    yield f"<defaultgrade>{item.marks}</defaultgrade>"
    yield f"<idnumber>{item.name}</idnumber>"
    yield from _own(item)
    yield "<tags>"
    yield from (f"<tag>{_said(tag)}</tag>" for tag in _tags(item))
    yield "</tags>"
    yield f"<trainer>{escape(replace(carried, entry=untagged).line())}</trainer>"


def _tags(item: Item) -> Iterator[str]:
    entry = item.carried.entry
    for key in TAGGED:
        if told := words_of(entry, key):
            yield f"{key}:{told}"
    yield from (f"{CITES}:{cite}" for cite in entry.get(CITES, ()))
    for tag in item.tags:
        key, colon, _ = tag.partition(":")
        taken = colon and key in {*TAGGED, CITES, OWN}
        yield f"{OWN}:{tag}" if taken else tag


def _own(item: Item) -> Iterator[str]:
    """Give what only a question of its form says."""
    if item.form in {Form.ONE, Form.SEVERAL}:
        yield f"<single>{'true' if item.form is Form.ONE else 'false'}</single>"
        yield "<shuffleanswers>true</shuffleanswers>"
        yield "<answernumbering>ABCD</answernumbering>"
    elif item.form is Form.SHORT:
        yield "<usecase>0</usecase>"
    elif item.form is Form.ORDER:
        whole = words_of(item.carried.entry, "rule") == Rule.ALL
        yield "<layouttype>VERTICAL</layouttype>"
        yield "<selecttype>ALL</selecttype>"
        yield f"<gradingtype>{GRADING[whole]}</gradingtype>"
    yield from map(_answer, item.answers)
    if item.form is Form.TRUE_FALSE:
        yield _answer(Weighted("true", ALL if item.right else NONE))
        yield _answer(Weighted("false", NONE if item.right else ALL))
    elif item.form is Form.NUMBER:
        yield from _numeric(item)
    yield from _matched(item)


def _matched(item: Item) -> Iterator[str]:
    for pair in (*item.pairs, *(Pair("", words) for words in item.extra)):
        yield (
            f'<subquestion format="plain_text">{_said(pair.left)}'
            f"<answer>{_said(pair.right)}</answer></subquestion>"
        )


def _numeric(item: Item) -> Iterator[str]:
    yield (
        f'<answer fraction="100" format="plain_text">{_said(item.number)}'
        f"<tolerance>{item.tolerance}</tolerance></answer>"
    )
    if item.unit:
        yield (
            "<units><unit><multiplier>1</multiplier>"
            f"<unit_name>{escape(item.unit)}</unit_name></unit></units>"
        )


def _answer(answer: Weighted) -> str:
    feedback = _holder("feedback", "plain_text", answer.why) if answer.why else ""
    return (
        f'<answer fraction="{answer.percent:f}" format="plain_text">'
        f"{_said(answer.text)}{feedback}</answer>"
    )


def _holder(name: str, form: str, words: str) -> str:
    return f'<{name} format="{form}">{_said(words)}</{name}>'


def _said(words: str) -> str:
    clean = escape(NOT_IN_XML.sub("", words), quote=False)
    return f"<text>{clean}</text>".replace("\r", "&#13;")
