"""From what a table or a text says of a question to a draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from string import ascii_uppercase

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange import answers
from trainer.quizzes.domain.exchange import dialects
from trainer.quizzes.domain.exchange.dialects import Dialect
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.fields import EITHER
from trainer.quizzes.domain.exchange.fields import FIELD_NAMES
from trainer.quizzes.domain.exchange.fields import USUAL
from trainer.quizzes.domain.exchange.fields import Field
from trainer.quizzes.domain.exchange.fields import word_of
from trainer.quizzes.domain.exchange.folding import name_of
from trainer.quizzes.domain.exchange.folding import narrow
from trainer.quizzes.domain.question import Case
from trainer.quizzes.domain.written import Entry
from trainer.topics.domain import outline
from trainer.topics.domain.outline_text import Written

DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
MARKS = re.compile(r"(\d+(?:\.\d+)?)\s*分?")
LONGEST_CELL = 2000
"""Characters of a cell; of a longer one the tables module has read the beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a file says of one question, in its words.

    Attributes:
        line: Row or line where it begins, from 1.
        told: What it says, by field.
        options: Its options in order; an empty one stands for one left out.
        reasons: Why an option is wrong, by its place from 0.
        rights: Partners of a matching question.
        columns: Headers of the columns, for the faults.
    """

    line: int
    told: Mapping[Field, str]
    options: tuple[str, ...] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)
    rights: tuple[str, ...] = ()
    columns: Mapping[Field, str] = field(default_factory=dict)


def drafted(parts: Parts, dialect: Dialect | None) -> Draft:
    """Understand what a file says of a question."""
    building = _Building(parts, dialect)
    building.build()
    key, stem = (parts.told.get(name, "") for name in (Field.CASE, Field.CASE_STEM))
    case = Case(id=key, stem=stem) if key or stem else None
    return Draft(
        line=parts.line,
        entry=building.entry,
        case=case,
        faults=tuple(building.faults),
    )


class _Building:
    """One question being understood; what is wrong goes to ``faults``."""

    def __init__(self, parts: Parts, dialect: Dialect | None) -> None:
        self.entry: Entry = {}
        self.faults: list[Fault] = []
        self._parts = parts
        self._dialect = dialect

    def build(self) -> None:
        """Read what all types share, then what the type has of its own."""
        for key in (Field.ID, Field.COMPETENCY, Field.LINE):
            self._set(key, self._told(key))
        for key in (Field.DIFFICULTY, Field.ASKS):
            self._set(key, self._word(key))
        self._set(Field.ON, self._day())
        self._set(Field.STEM, self._told(Field.STEM))
        self._set(Field.EXPLANATION, self._told(Field.EXPLANATION))
        for key in (Field.CITES, Field.TAGS):
            self._set(key, dialects.split_list(self._told(key)))
        if self._too_long():
            return
        if "" in self._parts.options:
            letter = ascii_uppercase[self._parts.options.index("")]
            told = N_("选项{letter}空着，它后面却有；请补上，或往前移", letter=letter)
            self._wrong(Field.OPTIONS, told)
        self._type()
        if not self.entry.get("stem"):
            self._wrong(Field.STEM, N_("没有题干；请补上"))

    def _type(self) -> None:
        written = self._told(Field.TYPE)
        if not written:
            told = N_("没有写题型；请写 {known} 之一", known=USUAL[Field.TYPE])
            self._wrong(Field.TYPE, told)
            return
        code = self._word(Field.TYPE)
        if code == "single" and name_of(written) == EITHER:
            code = "single" if self._ticked_at_most_one() else "multiple"
        if not code:
            return
        self.entry["type"] = code
        if code not in {"essay", "number"}:
            self._set(Field.RULE, self._word(Field.RULE))
        self._marks(code)
        # A number may be worked out; all others need their answer.
        if not self._told(Field.ANSWER) and not self._told(Field.FORMULA):
            self._wrong(Field.ANSWER, N_("没有答案；请补上"))
            return
        try:
            _OWN[code](self)
        except UnreadableError as error:
            self._wrong(Field.ANSWER, error.message)

    def _ticked_at_most_one(self) -> bool:
        try:
            told = answers.ticked(self._told(Field.ANSWER), self._parts.options)
        except UnreadableError:
            return True
        return len(told) <= 1

    def single(self) -> None:
        right = answers.ticked(self._told(Field.ANSWER), self._parts.options)
        if len(right) > 1:
            told = N_("单选题写了几个答案；请只留一个，或把题型改成多选")
            self._wrong(Field.ANSWER, told)
        self.entry["options"] = self._options(right, "correct")

    def multiple(self) -> None:
        right = answers.ticked(self._told(Field.ANSWER), self._parts.options)
        self.entry["options"] = self._options(right, "correct")

    def materials(self) -> None:
        right = answers.ticked(self._told(Field.ANSWER), self._parts.options)
        self.entry["items"] = self._options(right, "needed")

    def true_false(self) -> None:
        right = answers.decided(self._told(Field.ANSWER))
        self.entry["answer"] = "true" if right else "false"

    def blanks(self) -> None:
        stem, places = answers.blanked(self._told(Field.STEM))
        self.entry["stem"] = stem
        if not places:
            told = N_("题干里没有空；请用 ____ 或（　）标出")
            self._wrong(Field.STEM, told)
            return
        written = self._told(Field.ANSWER)
        self.entry["blanks"] = dialects.wordings(written, places, self._dialect)

    def number(self) -> None:
        for key in (Field.FORMULA, Field.TOLERANCE, Field.UNIT):
            self._set(key, self._told(key))
        for key in (Field.VALUES, Field.INPUTS):
            self._set(key, self._mapping(key))
        if written := self._told(Field.ANSWER):
            self.entry = answers.number(written) | self.entry

    def order(self) -> None:
        options = self._parts.options
        places = answers.order(self._told(Field.ANSWER), len(options))
        self.entry["items"] = [options[place] for place in places]

    def match(self) -> None:
        lefts, rights = self._parts.options, self._parts.rights
        found = answers.partners(self._told(Field.ANSWER), len(lefts), len(rights))
        self.entry["pairs"] = [
            {"left": left, "right": rights[place]}
            for left, place in zip(lefts, found, strict=True)
        ]
        extra = [told for place, told in enumerate(rights) if place not in found]
        self._set("extra", extra)

    def essay(self) -> None:
        found = MARKS.fullmatch(narrow(self._told(Field.MARKS)))
        marks = found[1] if found else ""
        self.entry["points"] = answers.points(self._told(Field.ANSWER), marks)

    def _options(self, right: set[int], mark: str) -> list[Written]:
        return [
            {"text": text}
            | ({mark: "true"} if place in right else {})
            | ({"why": why} if (why := self._parts.reasons.get(place, "")) else {})
            for place, text in enumerate(self._parts.options)
        ]

    def _marks(self, code: str) -> None:
        written = narrow(self._told(Field.MARKS))
        if not written:
            return
        found = MARKS.fullmatch(written)
        if found is None:
            told = N_("分值“{words}”不是一个数；请写成 2 或 2.5", words=written[:20])
            self._wrong(Field.MARKS, told)
        elif code != "essay":  # its points have marks
            self.entry["marks"] = found[1]

    def _day(self) -> str:
        written = self._told(Field.ON)
        found = DAY.fullmatch(narrow(written))
        if found:
            return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"
        return written  # the bank says what is wrong with it

    def _word(self, key: Field) -> str:
        written = self._told(key)
        found = word_of(key, written)
        if written and not found:
            told = N_(
                "看不懂{name}“{words}”；请写 {known} 之一",
                name=FIELD_NAMES[key],
                words=written[:20],
                known=USUAL[key],
            )
            self._wrong(key, told)
        return found

    def _mapping(self, key: Field) -> Mapping[str, Written]:
        """Read ``{principal: [1, 2]}``, as it stands in a bank."""
        written = self._told(key)
        if not written:
            return {}
        record = outline.read(f"{key}: {written}", (key,))
        found = record.mapping(key)
        for mistake in record.mistakes:
            self._wrong(key, mistake.message)
        single = key == Field.INPUTS
        return {name: told[0] if single else told for name, told in found.items()}

    def _too_long(self) -> bool:
        for key, written in self._parts.told.items():
            if len(written) > LONGEST_CELL:
                told = N_("超过 {most} 个字；请写短些", most=LONGEST_CELL)
                self._wrong(key, told)
        return max(map(len, self._parts.told.values()), default=0) > LONGEST_CELL

    def _told(self, key: Field) -> str:
        return self._parts.told.get(key, "")

    def _set(self, key: str, value: Written) -> None:
        if value:
            self.entry[str(key)] = value

    def _wrong(self, key: Field, message: str) -> None:
        column = self._parts.columns.get(key, "")
        self.faults.append(Fault(self._parts.line, message, column))


_OWN: Mapping[str, Callable[[_Building], None]] = {
    "single": _Building.single,
    "multiple": _Building.multiple,
    "materials": _Building.materials,
    "true_false": _Building.true_false,
    "blanks": _Building.blanks,
    "number": _Building.number,
    "order": _Building.order,
    "match": _Building.match,
    "essay": _Building.essay,
}
"""How each type reads what is its own."""
