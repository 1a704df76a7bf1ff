"""Pasted text and the paragraphs of a Word file, in.

A question begins with a number in the style of the first one below a heading; what
has another style belongs to it. Options go by their letters, the rest by labels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange import answers
from trainer.quizzes.domain.exchange.building import Parts
from trainer.quizzes.domain.exchange.building import drafted
from trainer.quizzes.domain.exchange.dialects import Dialect
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.drafts import finished
from trainer.quizzes.domain.exchange.fields import Field
from trainer.quizzes.domain.exchange.fields import word_of
from trainer.quizzes.domain.exchange.folding import folded
from trainer.quizzes.domain.exchange.keylists import Key
from trainer.quizzes.domain.exchange.keylists import KeyList
from trainer.quizzes.domain.exchange.lines import Heading
from trainer.quizzes.domain.exchange.lines import Start
from trainer.quizzes.domain.exchange.lines import answered
from trainer.quizzes.domain.exchange.lines import heading_of
from trainer.quizzes.domain.exchange.lines import is_answers_heading
from trainer.quizzes.domain.exchange.lines import labels_of
from trainer.quizzes.domain.exchange.lines import marked
from trainer.quizzes.domain.exchange.lines import starts_of
from trainer.quizzes.domain.exchange.lines import typed
from trainer.quizzes.domain.exchange.options import lettered

MOST_LINES = 20_000
LEFT_OUT = ("〔图片〕", "〔公式〕")
"""What the Word reader leaves where it could not take something over."""


@dataclass(slots=True)
class Block:
    """The lines of one question.

    Attributes:
        last: What a line that says nothing of itself goes on with: a field, or the
            last option.
    """

    line: int
    section: Heading
    number: int
    stem: str
    options: list[str] = field(default_factory=list)
    told: dict[Field, str] = field(default_factory=dict)
    last: Field = Field.STEM
    faults: list[Fault] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether it has nothing but a stem: perhaps it is a heading."""
        return not self.options and not self.told


def read_text(
    lines: Sequence[str], dialect: Dialect | None, defaults: Defaults
) -> Read:
    """Read a text; never raises.

    Args:
        lines: Its lines, or the paragraphs of a Word file.
        dialect: How answers to blanks are written; None when nobody said.
        defaults: What its questions do not say.
    """
    if len(lines) > MOST_LINES:
        told = N_("超过 {most:,} 行；请拆成几次导入", most=MOST_LINES)
        return Read((), (Fault(0, told),))
    reading = _Reading(lines)
    reading.read()
    faults = [*reading.faults, *reading.keys.faults, *reading.answer()]
    drafts = [_draft(block, dialect) for block in reading.blocks]
    if not drafts:
        told = N_("没有认出题目；每道题要以题号开头，例如 1. 或 第1题")
        faults.append(Fault(0, told))
    return Read(finished(drafts, defaults), tuple(faults))


class _Reading:
    """A text being read, from its first line to its last."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.blocks: list[Block] = []
        self.keys = KeyList()
        self._lines = lines
        self._beginnings = {
            (start.style, start.number): number
            for number, line in enumerate(lines, 1)
            for start in starts_of(line, None)
        }
        self._section = Heading("")
        self._style = ""
        self._expected = {1}
        self._chapters = 0
        self._heading_line = 0
        self._open = False
        self.faults: list[Fault] = []

    def read(self) -> None:
        """Part the text into questions and answers."""
        ended = False
        for number, line in enumerate(self._lines, 1):
            if ended:
                self.keys.read(number, line)
            elif is_answers_heading(line) and self._answers_follow(number):
                ended = True
            elif line.strip():
                self._line(number, line.strip())
        self._must_have_questions()

    def _must_have_questions(self) -> None:
        """Note a heading below which no line was taken for a question."""
        if self._heading_line and not self._open:
            told = N_("这个标题下面没有认出题目；每道题要以题号开头，例如 1. 或 第1题")
            self.faults.append(Fault(self._heading_line, told))

    def _answers_follow(self, number: int) -> bool:
        """Tell whether a list of answers begins, not the answer of one question."""
        first = self._next(number)
        begins = any(start.number == 1 for start in starts_of(first, {1}))
        if not (heading_of(first) or begins or folded(first).strip()[:1] == "1"):
            return False
        # Where the next question is still to come, it is the answer of this one.
        return all(
            self._beginnings.get((self._style, expected), 0) <= number
            for expected in self._expected - {1}
        )

    def _line(self, number: int, line: str) -> None:
        if heading := heading_of(line) or self._chapter_of(number, line):
            self._must_have_questions()
            self._section, self._style = heading, ""
            self._expected |= {1}  # numbers may go on below a heading
            self._chapters += 1
            self._heading_line, self._open = number, False
            return
        answer, rest = answered(line)
        if start := self._start(rest):
            self._begin(number, start)
            if answer:
                self.blocks[-1].told[Field.ANSWER] = answer
        elif self._open:
            self._go_on(self.blocks[-1], line)

    def _next(self, number: int) -> str:
        """Give the next line that is not empty."""
        return next((line for line in self._lines[number:] if line.strip()), "")

    def _chapter_of(self, number: int, line: str) -> Heading | None:
        """Give a heading without a type: 二、提取, where 一、 was one too."""
        if not self._chapters or self._style == "chinese":
            return None
        found = [start for start in starts_of(line, ()) if start.style == "chinese"]
        if not found or found[0].number != self._chapters + 1:
            return None
        first = starts_of(self._next(number), {1})
        return Heading("") if any(start.number == 1 for start in first) else None

    def _start(self, line: str) -> Start | None:
        """Give the beginning of a question, in the style of the others."""
        for start in starts_of(line, self._expected):
            heads = self._style == "chinese" and self.blocks and self.blocks[-1].bare
            if heads and start.style != "chinese" and start.number == 1:
                self._chapters = self.blocks.pop().number  # 一、基础知识 was a heading
                self._style = ""
            if self._style in {"", start.style}:
                return start
        return None

    def _begin(self, number: int, start: Start) -> None:
        self._style, self._expected = start.style, {start.number + 1}
        code, stem = typed(start.rest)
        block = Block(number, self._section, start.number, "")
        if code:
            block.told[Field.TYPE] = code
        before, options = lettered(stem)
        if len(options) > 1 and before.strip():
            stem = before.strip()
            block.options += [option.words for option in options]
        block.stem = stem
        self.blocks.append(block)
        self._open = True

    def _go_on(self, block: Block, line: str) -> None:
        before, options = lettered(line, len(block.options))
        answered_yet = block.last in {Field.ANSWER, Field.EXPLANATION}
        if options and not before.strip() and not answered_yet:
            block.options += [option.words for option in options]
            block.last = Field.OPTIONS
            return
        labels = labels_of(line)
        for label in labels:
            block.told[label.field] = label.words
            block.last = label.field
        if labels:
            return
        if block.last is Field.STEM:
            block.stem = f"{block.stem}\n{line}".strip()
        elif block.last is Field.OPTIONS:
            block.options[-1] += line
        else:
            before = block.told.get(block.last, "")
            block.told[block.last] = f"{before}\n{line}".strip()

    def answer(self) -> Iterator[Fault]:
        """Bring the answers of the end to their questions; give those that fit none."""
        numbered: defaultdict[int, list[Block]] = defaultdict(list)
        for block in self.blocks:
            numbered[block.number].append(block)
        for key in self.keys.keys:
            found = [each for each in numbered[key.number] if _is_for(key, each)]
            if len(found) == 1:
                _answer(found[0], key)
            elif found:
                told = N_(
                    "答案里的第 {n} 题在正文有几处；请在答案里也写上大题标题",
                    n=key.number,
                )
                yield Fault(key.line, told)
            else:
                told = N_("答案里的第 {n} 题在正文里没有；请核对题号", n=key.number)
                yield Fault(key.line, told)


def _is_for(key: Key, block: Block) -> bool:
    same = word_of(Field.TYPE, key.section) == word_of(Field.TYPE, block.section.type)
    return same or not key.section


def _answer(block: Block, key: Key) -> None:
    for name, words in key.told.items():
        if block.told.setdefault(name, words) != words:
            told = N_("题目里和文末的答案不一样；请核对后只留一处")
            block.faults.append(Fault(block.line, told))


def _draft(block: Block, dialect: Dialect | None) -> Draft:
    told = dict(block.told)
    marks, stem = marked(block.stem)
    written = told.get(Field.TYPE) or block.section.type
    if word_of(Field.TYPE, written) not in {"blanks", "essay", "number"}:
        stem, answer = answers.with_answer_taken_out(stem)
        if answer and not told.get(Field.ANSWER):
            told[Field.ANSWER] = answer
    told[Field.STEM] = stem
    told[Field.TYPE] = written or _type_of(block, told)
    if word_of(Field.TYPE, told[Field.TYPE]) == "true_false":
        told[Field.STEM] = stem.removesuffix(answers.GAP).rstrip()
    if each := marks or block.section.marks:
        told.setdefault(Field.MARKS, each)
    found = drafted(
        Parts(
            line=block.line,
            told={name: words for name, words in told.items() if words},
            options=tuple(block.options),
        ),
        dialect,
    )
    faults = [*found.faults, *block.faults]
    if any(sign in words for sign in LEFT_OUT for words in (stem, *block.options)):
        message = N_("题里的图片或公式没有带过来；请改写成文字再导入")
        faults.append(Fault(block.line, message))
    return Draft(
        line=block.line, entry=found.entry, case=found.case, faults=tuple(faults)
    )


def _type_of(block: Block, told: dict[Field, str]) -> str:
    """Tell the type of a question that does not say it, where only one is possible."""
    answer = told.get(Field.ANSWER, "")
    if block.options:
        return "选择题" if answer else ""
    try:
        answers.decided(answer)
    except UnreadableError:
        return "填空" if answers.blanked(told[Field.STEM])[1] else ""
    return "判断" if not answer.isdecimal() else ""
