"""GIFT, in and out: the text format of Moodle, one question between empty lines.

What GIFT has no place for stands in a comment before the question, ``// trainer: ``
and a line of JSON (:mod:`.carried`).

Source: Moodle documentation, "GIFT format".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange.carried import NOTHING
from trainer.quizzes.domain.exchange.carried import read_carried
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.drafts import finished
from trainer.quizzes.domain.exchange.items import GAP
from trainer.quizzes.domain.exchange.items import NONE
from trainer.quizzes.domain.exchange.items import Form
from trainer.quizzes.domain.exchange.items import Item
from trainer.quizzes.domain.exchange.items import Pair
from trainer.quizzes.domain.exchange.items import Weighted
from trainer.quizzes.domain.exchange.understanding import text_of_html
from trainer.quizzes.domain.exchange.understanding import understood

CARRIED = "// trainer: "
CATEGORY = "$CATEGORY:"
SIGNS = "\\~=#{}:"
"""Signs with a meaning, which a backslash takes away."""

HIDDEN = {sign: chr(0xE000 + at) for at, sign in enumerate(SIGNS)} | {"n": "\ue010"}
"""What an escaped sign is while the question is taken apart."""

PLAIN = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in HIDDEN.items()}
WIDE = str.maketrans("｛｝＝～＃", "{}=~#")
FULL_WIDTH = re.compile(r"｛.*｝", re.DOTALL)
WEIGHT = re.compile(r"\s*%(?P<percent>-?\d{1,3}(?:\.\d{1,5})?)%")
FORMAT = re.compile(r"\s*\[(?P<format>html|markdown|plain|moodle)\]")
TITLE = re.compile(r"\s*::(?P<title>.*?)::", re.DOTALL)
TRUE, FALSE = frozenset({"T", "TRUE"}), frozenset({"F", "FALSE"})
NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?")
TWO = Decimal(2)


def write_gift(items: Iterable[Item], category: str = "") -> str:
    """Write items; see :func:`.items.item_of`.

    Args:
        items: The items.
        category: Where Moodle puts them, ``/`` between the levels.
    """
    head = [f"{CATEGORY} {category}"] if category else []
    return "\n\n".join([*head, *map(_written, items)]) + "\n"


def can_write(item: Item) -> bool:
    """Tell whether GIFT can say an item: an arrow in it would part a pair."""
    if item.form is Form.ORDER:
        return False
    told = [answer.text for answer in item.answers]
    told += [words for pair in item.pairs for words in (pair.left, pair.right)]
    return not any("->" in words for words in (*told, *item.extra))


def _written(item: Item) -> str:
    inner = "".join(f"\n\t{line}" for line in _answers(item))
    if item.explanation:
        inner += f"\n\t####{_escaped(item.explanation)}"
    stem = f"::{_escaped(item.name)}::[markdown]{_escaped(item.stem)}"
    return f"{CARRIED}{item.carried.line()}\n{stem} {{{inner}{chr(10) * bool(inner)}}}"


def _answers(item: Item) -> Iterator[str]:
    """Give the lines between the braces."""
    if item.form is Form.TRUE_FALSE:
        yield "TRUE" if item.right else "FALSE"
    elif item.form is Form.NUMBER:
        yield f"#{item.number}:{item.tolerance}"
    elif item.form is Form.MATCH:
        yield from (f"={_escaped(p.left)} -> {_escaped(p.right)}" for p in item.pairs)
        yield from (f"= -> {_escaped(words)}" for words in item.extra)
    elif item.form is Form.SHORT:
        yield from (f"=%100%{_escaped(answer.text)}" for answer in item.answers)
    else:
        for answer in item.answers:
            why = f"#{_escaped(answer.why)}" if answer.why else ""
            sign = "=" if item.form is Form.ONE and answer.percent > NONE else "~"
            weight = f"%{answer.percent:f}%"
            if item.form is Form.ONE and not answer.text.startswith("%"):
                weight = ""  # the sign says it
            yield f"{sign}{weight}{_escaped(answer.text)}{why}"


def _escaped(words: str) -> str:
    told = "".join(f"\\{sign}" if sign in SIGNS else sign for sign in words)
    return told.replace("\n", "\\n")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, and the comment that carries the rest."""

    line: int
    text: str
    carried: str
    category: str


def read_gift(text: str, defaults: Defaults, *, full_width: bool = False) -> Read:
    """Read a GIFT file; never raises.

    Args:
        text: The file.
        defaults: What its questions do not say.
        full_width: Whether ``｛｝＝～＃`` stand for the usual signs.
    """
    drafts = [
        _draft(block, defaults, full_width=full_width)
        for block in _blocks(text.removeprefix("\ufeff"))
    ]
    if not drafts:
        told = N_("没有认出题目；GIFT 的每道题后面要有 { } 写答案，题与题之间空一行")
        return Read((), (Fault(0, told),))
    return Read(finished(drafts, defaults))


def _blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    first, carried, category = 0, "", ""
    for number, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], 1):
        bare = line.strip()
        if bare.startswith(CARRIED.strip()):
            carried = bare.removeprefix(CARRIED.strip()).strip()
        elif bare.startswith(CATEGORY):
            category = bare.removeprefix(CATEGORY).strip()
        elif bare and not bare.startswith("//"):
            first = first if lines else number
            lines.append(line)
        elif not bare and lines:
            yield Block(first, "\n".join(lines), carried, category)
            lines, carried = [], ""


def _draft(block: Block, defaults: Defaults, *, full_width: bool) -> Draft:
    try:
        return understood(_item(block, full_width=full_width), defaults)
    except UnreadableError as error:
        fault = Fault(block.line, error.message)
        return Draft(line=block.line, entry={}, faults=(fault,))


def _item(block: Block, *, full_width: bool) -> Item:
    """Take a question apart.

    Raises:
        UnreadableError: it is no question, or of a kind that is not taken over.
    """
    text = re.sub(
        r"\\([\\~=#{}:n])", lambda found: HIDDEN[found[1]], block.text, flags=re.DOTALL
    )
    text = text.translate(WIDE) if full_width else text
    title = TITLE.match(text)
    begin, end = text.find("{"), text.rfind("}")
    if begin < 0 or end < begin:
        if FULL_WIDTH.search(text):
            raise UnreadableError(
                N_("这道题用了全角的 ｛｝＝～；请选“全角符号按半角读”再导入")
            )
        raise UnreadableError(N_("这一段没有 { }，只是说明文字，没有带过来"))
    inner, behind = text[begin + 1 : end], text[end + 1 :].strip()
    if "{" in inner or "}" in inner:
        raise UnreadableError(N_("一段里有几个 { }；题与题之间要空一行"))
    stem, as_html = _formatted(text[title.end() if title else 0 : begin])
    if behind:
        stem = f"{stem}{GAP}{behind}"
    inner, _, explanation = inner.partition("####")
    carried = read_carried(block.carried) if block.carried else NOTHING
    hint = Form.SHORT if carried.entry.get("type") == "blanks" else None
    item = Item(
        name=_plain(title["title"]) if title else "",
        stem=text_of_html(_plain(stem)) if as_html else _plain(stem),
        form=Form.ESSAY,
        explanation=_plain(_formatted(explanation)[0]),
        tags=() if block.carried else tuple(_tags(block.category)),
        carried=carried,
        line=block.line,
    )
    return _with_answers(item, inner.strip(), hint)


def _formatted(words: str) -> tuple[str, bool]:
    """Take the name of a format from the front; tell whether it was HTML."""
    found = FORMAT.match(words)
    if found is None:
        return words, False
    return words[found.end() :], found["format"] == "html"


def _tags(category: str) -> list[str]:
    """Give the last level of a category as a tag."""
    last = category.rpartition("/")[2].strip()
    return [last] if last and not last.startswith("$") else []


def _plain(words: str) -> str:
    return words.strip().translate(PLAIN)


def _with_answers(item: Item, inner: str, hint: Form | None) -> Item:
    """Read what stands between the braces."""
    told, _, why = inner.partition("#")
    if not inner:
        return item
    if inner.startswith("#"):
        return _numeric(item, inner[1:].strip())
    if told.strip().upper() in TRUE | FALSE:
        right = told.strip().upper() in TRUE
        said = item.explanation or _plain(why.partition("#")[0])
        return replace(item, form=Form.TRUE_FALSE, right=right, explanation=said)
    marks = [*re.finditer(r"[=~]", inner)]
    if not marks or inner[: marks[0].start()].strip():
        raise UnreadableError(N_("看不懂 { } 里的答案；每个答案前要有 = 或 ~"))
    ends = [mark.start() for mark in marks[1:]] + [len(inner)]
    pieces = [
        (mark[0], inner[mark.end() : end])
        for mark, end in zip(marks, ends, strict=True)
    ]
    if hint is None and all(sign == "=" and "->" in words for sign, words in pieces):
        return _matching(item, [words for _, words in pieces])
    answers = tuple(_answer(sign, words) for sign, words in pieces)
    if all(sign == "=" for sign, _ in pieces):
        return replace(item, form=Form.SHORT, answers=answers)
    equals = sum(sign == "=" for sign, _ in pieces)
    if equals > 1:
        raise UnreadableError(
            N_(
                "单选题写了几个 =；几项都对的请写成 {example} 这样",
                example="~%50%A ~%50%B",
            )
        )
    return replace(item, form=Form.ONE if equals else Form.SEVERAL, answers=answers)


def _answer(sign: str, words: str) -> Weighted:
    told, _, why = words.partition("#")
    weight = WEIGHT.match(told)
    percent = Decimal(100 if sign == "=" else 0)
    if weight:
        percent, told = Decimal(weight["percent"]), told[weight.end() :]
    return Weighted(_plain(_formatted(told)[0]), percent, _plain(why))


def _matching(item: Item, pieces: list[str]) -> Item:
    pairs = [
        Pair(_plain(left), _plain(right.partition("#")[0]))
        for left, _, right in (piece.partition("->") for piece in pieces)
    ]
    return replace(
        item,
        form=Form.MATCH,
        pairs=tuple(pair for pair in pairs if pair.left),
        extra=tuple(pair.right for pair in pairs if not pair.left),
    )


def _numeric(item: Item, words: str) -> Item:
    """Read ``1500``, ``1500:0.5``, ``1..5``, or one ``=%100%1500:0.5``."""
    told = words.removeprefix("=")
    if weight := WEIGHT.match(told):
        told = (
            told[weight.end() :] if Decimal(weight["percent"]) == Decimal(100) else "="
        )
    told, _, why = told.partition("#")
    low, between, high = told.strip().partition("..")
    number, _, tolerance = told.strip().partition(":")
    if between and NUMBER.fullmatch(low.strip()) and NUMBER.fullmatch(high.strip()):
        least, most = Decimal(low), Decimal(high)
        number, tolerance = f"{(least + most) / TWO:f}", f"{(most - least) / TWO:f}"
    number, tolerance = number.strip(), tolerance.strip() or "0"
    if not (NUMBER.fullmatch(number) and NUMBER.fullmatch(tolerance)):
        raise UnreadableError(
            N_("看不懂数值题的答案；请只写一个数或一个范围，例如 #15:0.1 或 #1..5")
        )
    said = item.explanation or _plain(why)
    return replace(
        item, form=Form.NUMBER, number=number, tolerance=tolerance, explanation=said
    )
