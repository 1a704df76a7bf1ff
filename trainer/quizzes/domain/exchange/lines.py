"""What a line of pasted text is: a heading, the beginning of a question, a label."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from trainer.quizzes.domain.exchange.fields import TYPES
from trainer.quizzes.domain.exchange.fields import Field
from trainer.quizzes.domain.exchange.fields import field_of
from trainer.quizzes.domain.exchange.folding import folded

CHINESE = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
TEN = 10

_NAMES = "|".join(
    sorted(
        (
            name
            for told in TYPES.values()
            for name in told.split()
            if not name.isascii()
        ),
        key=len,
        reverse=True,
    )
)
_PREFIX = rf"(?:第[{CHINESE}\d]+(?:部分|大题|节|章)|[(]?[{CHINESE}]+[)]?)\s*[、.:]?\s*"
HEADING = re.compile(rf"(?P<prefix>{_PREFIX})?(?P<type>{_NAMES})\s*(?P<rest>.*)")
UNKNOWN = re.compile(
    rf"{_PREFIX}(?P<type>[^\s。，？,?:()]{{1,8}}(?<![问标主课])题)\s*(?:\([^()]*\))?"
)
"""A heading of a type that nobody knows here: 六、案例分析题."""

EACH_MARKS = re.compile(r"每(?:小)?[题空]\s*(\d+(?:\.\d+)?)\s*分")
ANSWERS = re.compile(
    rf"(?:{_PREFIX}|附[:、]?\s*)?(?:参考|标准|正确|试题|题目)?答案(?:[与及和]?(?:详细)?解析)?\s*:?"
)
STARTS = {
    "dot": re.compile(r"(?P<n>\d{1,3})\s*[.、)]\s*"),
    "brackets": re.compile(r"[(](?P<n>\d{1,3})[)]\s*[.、]?\s*"),
    "named": re.compile(r"第\s*(?P<n>\d{1,3})\s*题\s*[:.、]?\s*"),
    "circle": re.compile(rf"(?P<n>[{CIRCLED}])\s*[.、]?\s*"),
    "chinese": re.compile(rf"(?P<n>[{CHINESE}]{{1,3}})\s*[、.]\s*"),
    "space": re.compile(r"(?P<n>\d{1,3})\s+(?=\D)"),
}
"""Styles of numbering; in ``space`` only the number that comes next counts."""

LABELS = frozenset(Field) - {
    Field.STEM,
    Field.OPTIONS,
    Field.FORMULA,
    Field.VALUES,
    Field.INPUTS,
    Field.CASE,
    Field.CASE_STEM,
}
LABEL = re.compile(
    r"(?:^|(?<=\s)|(?<=[;。]))"
    r"(?:[【\[](?P<a>[^】\]\s]{1,8})[】\]]\s*:?|(?P<b>[^\s:;。]{1,8})\s*:)\s*"
)
BARE = re.compile(r"(?:正确|参考|标准)?答案\s*(?=[A-P√×]+\s*$)")
LEADING = re.compile(
    r"[(]\s*(?P<answer>[A-P]{1,8}|[√×]|对|错)?\s*[)]\s*(?=\d{1,3}\s*[.、)])"
)
TYPED = re.compile(rf"[(\[【](?P<type>{_NAMES})[)\]】]\s*")
MARKED = re.compile(r"[(]\s*(?:本题)?(?P<marks>\d+(?:\.\d+)?)\s*分\s*[)]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that says of what type the questions below it are."""

    type: str
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """The beginning of a question: its number, in a style, and the rest of the line."""

    number: int
    style: str
    rest: str


@dataclass(frozen=True, slots=True)
class Label:
    """A piece of a line behind a label such as ``答案：``."""

    field: Field
    words: str


def heading_of(line: str) -> Heading | None:
    """Read ``一、单选题（每题2分，共20分）``."""
    usual = folded(line).strip()
    found = HEADING.fullmatch(usual)
    if found is None:
        unknown = UNKNOWN.fullmatch(usual)
        return Heading(unknown["type"]) if unknown else None
    outside = re.sub(r"\([^()]*\)", "", found["rest"]).strip(" :。.,")
    if outside and not (found["prefix"] and found["rest"][:1] in "(:,。 "):
        return None
    marks = EACH_MARKS.search(found["rest"])
    return Heading(found["type"], marks[1] if marks else "")


def is_answers_heading(line: str) -> bool:
    """Tell whether a line may be the heading of the answers at the end."""
    return bool(ANSWERS.fullmatch(folded(line).strip().strip("【】[]")))


def starts_of(line: str, expected: Collection[int] | None) -> list[Start]:
    """Give how a question may begin on this line.

    Args:
        line: The line.
        expected: The numbers that may come next: behind a point only these may be
            followed by a digit, since ``1.5 万元`` begins nothing. None: any may.
    """
    usual = folded(line)
    begin = len(usual) - len(usual.lstrip())
    found = []
    for style, pattern in STARTS.items():
        at = pattern.match(usual, begin)
        if at is None:
            continue
        number = number_of(at["n"])
        doubtful = style == "space" or (
            style == "dot" and "." in at[0] and usual[at.end() : at.end() + 1].isdigit()
        )
        if not doubtful or expected is None or number in expected:
            found.append(Start(number, style, line[at.end() :].strip()))
    return found


def number_of(words: str) -> int:
    """Read a number: ``12``, ``③``, ``十二``."""
    if words in CIRCLED:
        return CIRCLED.index(words) + 1
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.partition("十")
    value = CHINESE.index(ones) + 1 if ones in CHINESE and ones else 0
    if not ten:
        return CHINESE.index(tens) + 1 if tens in CHINESE else 0
    return (CHINESE.index(tens) + 1 if tens in CHINESE and tens else 1) * TEN + value


def labels_of(line: str) -> list[Label]:
    """Part a line that begins with a label, and may have more of them."""
    line = line.strip()
    usual = folded(line)
    if bare := BARE.match(usual):
        return [Label(Field.ANSWER, line[bare.end() :].strip())]
    marks = [
        (found, field)
        for found in LABEL.finditer(usual)
        if (field := field_of(found["a"] or found["b"])) in LABELS
    ]
    if not marks or marks[0][0].start():
        return []
    ends = [found.start() for found, _ in marks[1:]] + [len(line)]
    return [
        Label(field, line[found.end() : end].strip().rstrip(";；"))
        for (found, field), end in zip(marks, ends, strict=True)
        if field
    ]


def answered(line: str) -> tuple[str, str]:
    """Part a line from the answer before its number: ``（√）1. ……``."""
    found = LEADING.match(folded(line))
    return (found["answer"] or "", line[found.end() :]) if found else ("", line)


def typed(stem: str) -> tuple[str, str]:
    """Part a stem from the type in brackets before it: ``（多选）下列……``."""
    found = TYPED.match(folded(stem))
    return (found["type"], stem[found.end() :]) if found else ("", stem)


def marked(stem: str) -> tuple[str, str]:
    """Part a stem from its marks in brackets, at its beginning or end: ``（2分）``."""
    usual = folded(stem).rstrip()
    for found in MARKED.finditer(usual):
        if not found.start() or found.end() == len(usual):
            return found["marks"], (stem[: found.start()] + stem[found.end() :]).strip()
    return "", stem
