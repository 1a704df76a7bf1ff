"""The form of a question: what all types share; see :mod:`.types` for their own parts.

A question is handled as it is written (:data:`..domain.written.Entry`). Rows are added,
moved and taken away by buttons that send the form: what they ask is :class:`Move`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from typing import ClassVar

from wtforms import DateField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import Optional
from wtforms.validators import Regexp
from wtforms.validators import ValidationError

from trainer.core.wording import N_
from trainer.kit.forms import SelectField
from trainer.kit.forms.drafts import CitingForm
from trainer.kit.forms.rows import Move
from trainer.kit.forms.rows import moved_rows
from trainer.kit.forms.rows import split
from trainer.kit.forms.rows import text
from trainer.kit.forms.rows import with_chosen
from trainer.kit.forms.rows import words
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.publishing.domain.following import SLUG
from trainer.quizzes.domain.bank import LONGEST_EXPLANATION
from trainer.quizzes.domain.bank import LONGEST_STEM
from trainer.quizzes.domain.beginning import said_of
from trainer.quizzes.domain.editing import Change
from trainer.quizzes.domain.names import ASKS_NAMES
from trainer.quizzes.domain.names import DIFFICULTY_NAMES
from trainer.quizzes.domain.written import Entry

NEW_CASE = "+"
"""Chosen instead of a case that is there."""


class QuestionForm(CitingForm):
    """A question; a class below it for each type adds its own fields."""

    template: ClassVar[str] = "quizzes/question_rows.html"
    rows: ClassVar[Mapping[str, int]] = {}
    """Names of its lists of rows, with how many a new question begins with."""

    id = StringField(
        N_("题目标识"),
        [
            InputRequired(N_("请写题目标识")),
            Length(max=LONGEST_SLUG),
            Regexp(SLUG, message=N_("标识只能用小写字母、数字和连字符")),
        ],
        render_kw={"spellcheck": "false", "autocomplete": "off"},
    )
    competency = SelectField(
        N_("能力项"), [InputRequired(N_("请选择能力项"))], validate_choice=False
    )
    line = SelectField(N_("业务线"), validate_choice=False)
    difficulty = SelectField(
        N_("难度"),
        choices={str(level): name for level, name in DIFFICULTY_NAMES.items()},
        default="2",
    )
    asks = SelectField(
        N_("考查"),
        choices={asks.value: name for asks, name in ASKS_NAMES.items()},
        default="rule",
    )
    day = DateField(N_("业务日期"), [Optional()])
    stem = TextAreaField(
        N_("题干"),
        [InputRequired(N_("请写题干")), Length(max=LONGEST_STEM)],
        render_kw={"rows": 4},
    )
    marks = StringField(N_("分值"), [Length(max=8)])
    explanation = TextAreaField(
        N_("解析"),
        [InputRequired(N_("请写为什么这样答")), Length(max=LONGEST_EXPLANATION)],
        render_kw={"rows": 3},
    )
    tags = StringField(N_("标签"), [Length(max=200)])
    case = SelectField(N_("属于哪个案例"), validate_choice=False)
    case_id = StringField(N_("新案例的标识"), [Length(max=LONGEST_SLUG)])
    story = TextAreaField(
        N_("案例的情况"), [Length(max=LONGEST_STEM)], render_kw={"rows": 3}
    )

    def validate_story(self, field: TextAreaField) -> None:
        """Ask for what a case is about."""
        if self.case.data and not (field.data or "").strip():
            raise ValidationError(N_("请写案例的情况"))

    def validate_case_id(self, field: StringField) -> None:
        """Ask for the identity of a new case."""
        if self.case.data == NEW_CASE and not SLUG.match(field.data or ""):
            raise ValidationError(N_("标识只能用小写字母、数字和连字符"))

    @classmethod
    def data_of(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields that show a question as it is written."""
        data: dict[str, Any] = {
            name: entry[name]
            for name in ("id", "competency", "line", "difficulty", "asks", "stem")
            if name in entry
        }
        cites, tags = entry.get("cites", ()), entry.get("tags", ())
        return {
            **data,
            "day": day_of(entry.get("on")),
            "marks": entry.get("marks", ""),
            "explanation": entry.get("explanation", ""),
            "tags": "、".join(map(str, tags)),
            "cites": [*cites],
            **cls.own_data(entry),
        }

    @classmethod
    def blank(cls) -> dict[str, Any]:
        """Give the rows that a new question begins with."""
        return {name: [{}] * count for name, count in cls.rows.items()}

    @classmethod
    def own_data(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields of the type."""
        raise NotImplementedError

    def own_entry(self) -> Entry:
        """Give the keys of the type."""
        raise NotImplementedError

    def entry(self, kind: str) -> Entry:
        """Give the question as it is written."""
        on = self.day.data
        said: Entry = {
            "id": words(self.id.data),
            "type": kind,
            "competency": self.competency.data or "",
            "line": self.line.data or "",
            "difficulty": self.difficulty.data or "",
            "asks": self.asks.data or "",
            "on": on.isoformat() if on else "",
            "stem": text(self.stem.data),
            **self.own_entry(),
            "marks": words(self.marks.data),
            "explanation": text(self.explanation.data),
            "cites": self.cited,
            "tags": split(self.tags.data),
        }
        return {key: value for key, value in said.items() if value not in ("", [], {})}

    def change(self, kind: str, replaces: str) -> Change:
        """Give what is to be put into the bank."""
        chosen = self.case.data or ""
        return Change(
            entry=self.entry(kind),
            replaces=replaces,
            case=words(self.case_id.data) if chosen == NEW_CASE else chosen,
            story=text(self.story.data) if chosen else "",
        )

    def moved(self, move: Move) -> dict[str, Any]:
        """Give the fields after a button: a row more or less, or elsewhere."""
        data = super().moved(move)
        if move.rows in self.rows:
            data[move.rows] = moved_rows(data[move.rows], move)
        return data


def offer(
    form: QuestionForm,
    *,
    lines: Mapping[str, str],
    competencies: Mapping[str, str],
    cases: Mapping[str, str],
) -> None:
    """Offer what may be chosen, by code; what is chosen and unknown stays."""
    form.line.choices = {"": N_("同题库"), **with_chosen(form.line.data, lines)}
    form.competency.choices = {
        "": N_("请选择"),
        **with_chosen(form.competency.data, competencies),
    }
    shown = {key: said_of(key, stem[:30]) for key, stem in cases.items()}
    form.case.choices = {"": N_("单独一题"), **shown, NEW_CASE: N_("新的案例")}


def day_of(written: object) -> date | None:
    """Give a written day; None when it is none."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
