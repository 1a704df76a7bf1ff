"""Forms of grading, ruling, results and analyses."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from decimal import InvalidOperation
from itertools import count
from itertools import takewhile

from wtforms import BooleanField
from wtforms import DateField
from wtforms import TextAreaField
from wtforms.validators import Length
from wtforms.validators import Optional
from wtforms.validators import ValidationError

from trainer.core.wording import N_
from trainer.kit.forms import LONGEST_NUMBER
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import RadioField
from trainer.kit.forms import SelectField
from trainer.kit.forms.exporting import ExportForm
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.grading import LONGEST_REASON
from trainer.quizzes.domain.grading import Grade
from trainer.quizzes.domain.grading import ReasonMissingError
from trainer.quizzes.domain.grading import must_give_reason
from trainer.quizzes.domain.outcomes import CAME_NAMES
from trainer.quizzes.domain.outcomes import Came
from trainer.quizzes.domain.outcomes import Wanted
from trainer.quizzes.domain.regrading import Asked
from trainer.quizzes.domain.regrading import Given
from trainer.quizzes.domain.regrading import Rule
from trainer.quizzes.domain.rulings import ACT_NAMES
from trainer.quizzes.domain.rulings import Act
from trainer.quizzes.forms.answers import Typed

SEPARATOR = "|"
"""Between the blanks of an answer that is typed in."""

MOST_TYPED = 20
"""Answers typed in at a time."""

LONGEST_MARKS = 8
"""Characters of the marks of one point."""

ENDINGS = {"xlsx": N_("Excel / WPS（.xlsx）"), "csv": N_("CSV（只含一张表）")}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
"""Days that can be looked for; a database keeps no others."""


@dataclass(frozen=True, slots=True)
class TypedGrade:
    """Marks and remark as they were typed, to be shown again when they are wrong."""

    marks: tuple[str, ...]
    remark: str
    seen: int

    def command(self, attempt: int, position: int) -> Grade:
        """Give the command; what is no number is a mark that cannot be."""
        return Grade(
            attempt=attempt,
            position=position,
            marks=tuple(map(_decimal, self.marks)),
            remark=self.remark,
            seen=self.seen,
        )


def typed_grade(typed: Typed) -> TypedGrade:
    """Read the fields ``marks1``, ``marks2`` and on, ``remark`` and ``seen``."""
    seen = (typed.getlist("seen") or ["0"])[0]
    is_number = seen.isascii() and seen.isdigit() and len(seen) <= LONGEST_NUMBER
    remark = (typed.getlist("remark") or [""])[0]
    return TypedGrade(
        marks=tuple(
            typed.getlist(name)[0].strip()
            for name in takewhile(typed.getlist, (f"marks{n}" for n in count(1)))
        ),
        remark=remark.replace("\x00", "")[:LONGEST_REASON],
        seen=int(seen) if is_number else 0,
    )


class RuleForm(Form):
    """Say what is done about a question."""

    act = RadioField(
        N_("怎么判"), choices={act.value: name for act, name in ACT_NAMES.items()}
    )
    accepted = MultiCheckboxField(N_("另外认可的答案（已有人这样答）"), choices=[])
    others = TextAreaField(
        N_("还认可的写法"),
        [Length(max=2000)],
        render_kw={"rows": 2, "maxlength": 2000},
    )
    reason = TextAreaField(
        N_("理由（答题人会看到）"),
        [Length(max=LONGEST_REASON)],
        render_kw={"rows": 2, "maxlength": LONGEST_REASON},
    )

    def offer(self, others: Iterable[Given]) -> None:
        """Let the person choose among answers that were given."""
        self.accepted.choices = [
            (
                json.dumps(given.answer, ensure_ascii=False),
                N_("{words}（{n} 人）", words=given.words, n=given.people),
            )
            for given in others
        ]

    def validate_reason(self, field: TextAreaField) -> None:
        """Check that it says something."""
        try:
            must_give_reason(field.data or "")
        except ReasonMissingError as error:
            raise ValidationError(error.message) from error

    def command(self, asked: Asked) -> Rule:
        """Give the command, after ``validate()``."""
        act = Act(self.act.data)
        accepted = [tuple(json.loads(each)) for each in self.accepted.data or ()]
        is_accepting = act is Act.ACCEPT
        return Rule(
            asked=asked,
            act=act,
            accepted=(*accepted, *self._typed()) if is_accepting else (),
            reason=" ".join((self.reason.data or "").split()),
        )

    def _typed(self) -> Iterable[Answer]:
        """Read one answer a line, its blanks parted by a bar."""
        lines = (self.others.data or "").splitlines()[:MOST_TYPED]
        for line in lines:
            if line.strip():
                yield tuple(part.strip() for part in line.split(SEPARATOR))


class WantedForm(Form):
    """Ask which attempts to list; what cannot be read narrows nothing and says so."""

    came = SelectField(
        N_("结果"),
        choices={"": N_("全部"), **{came.value: n for came, n in CAME_NAMES.items()}},
        default="",
    )
    since = DateField(N_("交卷从哪天"), [Optional()])
    until = DateField(N_("到哪天"), [Optional()])
    first = BooleanField(N_("只看第一次"))

    def validate_since(self, field: DateField) -> None:
        """Check that the day is one."""
        _must_be_possible(field.data)

    def validate_until(self, field: DateField) -> None:
        """Check that the days are days, in order."""
        _must_be_possible(field.data)
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(N_("应不早于前一个日期"))

    def wanted(self, part: int) -> Wanted:
        """Give what to list, a part of it, after ``validate()``."""
        known = {came.value: came for came in Came}
        return Wanted(
            came=known.get(self.came.data or ""),
            since=None if self.since.errors else self.since.data,
            until=None if self.until.errors else self.until.data,
            first=bool(self.first.data),
            part=part,
        )

    def asked(self) -> dict[str, str]:
        """Give what the address of the list says."""
        said = {
            "came": self.came.data or "",
            "since": str(self.since.data or ""),
            "until": str(self.until.data or ""),
            "first": "y" if self.first.data else "",
        }
        return {name: told for name, told in said.items() if told}


class TableExportForm(ExportForm):
    """Ask which table for CSV, too."""

    sheet = SelectField(N_("CSV 要哪张表"), choices={}, default="0")

    def offer(self, titles: Iterable[str]) -> None:
        """Let the person choose among these tables."""
        self.sheet.choices = {str(n): title for n, title in enumerate(titles)}


def _decimal(words: str) -> Decimal:
    """Read marks; an empty place and nonsense are marks that cannot be."""
    try:
        return Decimal(words) if len(words) <= LONGEST_MARKS else Decimal("NaN")
    except InvalidOperation:
        return Decimal("NaN")


def _must_be_possible(day: date | None) -> None:
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(N_("请选一个实际的日期"))
