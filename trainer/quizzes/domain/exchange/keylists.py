"""Answers at the end of a text: ``1-5 ABCDA``, ``1.A 2.B``, ``3．一次性``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.fields import Field
from trainer.quizzes.domain.exchange.folding import folded
from trainer.quizzes.domain.exchange.lines import heading_of
from trainer.quizzes.domain.exchange.lines import labels_of
from trainer.quizzes.domain.exchange.lines import starts_of

RANGE = re.compile(
    r"(?P<first>\d{1,3})\s*(?:-+|~|—+|–|至)\s*(?P<last>\d{1,3})\s*题?[:.、]?\s*"
)
SHORT = r"(?:[A-P]{1,8}|√|×|✓|✗|对|错|正确|错误|T|F)"
ONE = re.compile(rf"(?P<n>\d{{1,3}})\s*[.、:)]?\s*(?P<key>{SHORT})(?=[\s,;，；、。]|$)")
SIGNS = re.compile(r"[A-P√×✓✗对错TF]")


@dataclass(slots=True)
class Key:
    """The answer of one question, and what else stands with it.

    Attributes:
        section: Type of the heading above it, empty when there was none.
        number: Number of the question.
        line: Where it stands.
        told: The answer and what labels say.
    """

    section: str
    number: int
    line: int
    told: dict[Field, str]


@dataclass(slots=True)
class KeyList:
    """The answers at the end of a text, line by line."""

    keys: list[Key] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _section: str = ""
    _last: Field = Field.ANSWER

    def read(self, line: int, words: str) -> None:
        """Take one line."""
        if heading := heading_of(words):
            self._section = heading.type
            return
        found = self._ranges(line, words) or self._singles(line, words)
        if found or not words.strip():
            return
        labels = labels_of(words)
        for label in labels:
            self._last = label.field
            self._add(label.field, label.words)
        if not labels and self.keys:
            self._add(self._last, words.strip())
        elif not self.keys:
            told = N_("看不懂答案部分的这一行；请改写成 1.A 2.B")
            self.faults.append(Fault(line, told))

    def _add(self, at: Field, words: str) -> None:
        if self.keys:
            before = self.keys[-1].told.get(at, "")
            self.keys[-1].told[at] = f"{before}\n{words}".strip()

    def _note(self, number: int, line: int, answer: str) -> None:
        self._last = Field.ANSWER
        self.keys.append(Key(self._section, number, line, {Field.ANSWER: answer}))

    def _ranges(self, line: int, words: str) -> bool:
        usual = folded(words).strip()
        found = [*RANGE.finditer(usual)]
        if not found or found[0].start():
            return False
        ends = [each.start() for each in found[1:]] + [len(usual)]
        for each, end in zip(found, ends, strict=True):
            self._range(
                line, int(each["first"]), int(each["last"]), usual[each.end() : end]
            )
        return True

    def _range(self, line: int, first: int, last: int, words: str) -> None:
        count = last - first + 1
        parts = [
            part for part in re.split(r"[\s,;、，；]+", words.strip(" 。.")) if part
        ]
        if len(parts) != count:
            parts = SIGNS.findall("".join(parts)) if _only_signs(parts) else []
        if len(parts) != count or count < 1:
            told = N_(
                "第 {first} 到 {last} 题的答案个数对不上；请一题一个写，例如 11.AB",
                first=first,
                last=last,
            )
            self.faults.append(Fault(line, told))
            return
        for number, part in enumerate(parts, first):
            self._note(number, line, part)

    def _singles(self, line: int, words: str) -> bool:
        usual = folded(words).strip()
        short = [*ONE.finditer(usual)]
        rest = re.sub(r"[\s,;，；、。]+", "", ONE.sub("", usual))
        if short and not rest:
            for each in short:
                self._note(int(each["n"]), line, each["key"])
            return True
        expected = self.keys[-1].number + 1 if self.keys else 1
        starts = [
            start
            for start in starts_of(words, {expected})
            if start.number in {expected, 1} or start.style == "named"
        ]
        if not starts:
            return False
        labels = labels_of(starts[0].rest)
        self._note(starts[0].number, line, "" if labels else starts[0].rest)
        for label in labels:
            self._last = label.field
            self._add(label.field, label.words)
        return True


def _only_signs(parts: list[str]) -> bool:
    return not SIGNS.sub("", "".join(parts))
