"""The form of a question: what all types share; see :mod:`.types` for their own parts.

A question is handled as it is written (:data:`..domain.written.Entry`). Rows are added,
moved and taken away by buttons that send the form: what they ask is :class:`Move`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from typing import ClassVar
from typing import Self

from wtforms import DateField
from wtforms import FieldList
from wtforms import HiddenField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import NumberRange
from wtforms.validators import Optional
from wtforms.validators import Regexp
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import SelectField
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.publishing.domain.following import SLUG
from trainer.quizzes.domain.bank import LONGEST_EXPLANATION
from trainer.quizzes.domain.bank import LONGEST_STEM
from trainer.quizzes.domain.beginning import listed_words
from trainer.quizzes.domain.beginning import said_of
from trainer.quizzes.domain.editing import Change
from trainer.quizzes.domain.names import ASKS_NAMES
from trainer.quizzes.domain.names import DIFFICULTY_NAMES
from trainer.quizzes.domain.written import Entry
from trainer.quizzes.forms.shelf import MOST_KEYS

NEW_CASE = "+"
"""Chosen instead of a case that is there."""

MOST_CITES = 20
ROW = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Move:
    """What a button of the form asks for: ``add options``, ``up options 2``."""

    verb: str
    rows: str = ""
    at: int = -1

    @classmethod
    def of(cls, written: str) -> Self:
        """Read the value of a button; what makes no sense asks for nothing."""
        verb, rows, at = [*written.split(), "", "", ""][:3]
        return cls(verb, rows, int(at) if ROW.fullmatch(at) else -1)


class DraftForm(Form):
    """Which text a change goes into, and what is said of it when it is a new one."""

    draft = IntegerField(
        validators=[Optional(), NumberRange(0, MOST_KEYS)],
        default=0,
        widget=HiddenInput(),
    )
    based_on = IntegerField(
        validators=[Optional(), NumberRange(0, MOST_KEYS)],
        default=0,
        widget=HiddenInput(),
    )
    first_day = DateField(N_("从哪天起用新题"), [Optional()])
    change_note = StringField(N_("改了什么（一句话）"), [Length(max=200)])


class QuestionForm(DraftForm):
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
    cites = FieldList(HiddenField(), N_("依据"), max_entries=MOST_CITES)
    article = SelectField(N_("引用哪一篇"), validate_choice=False)
    section = SelectField(N_("哪一节"), validate_choice=False)

    def validate_cites(self, field: FieldList[HiddenField]) -> None:
        """Ask for what the question rests on."""
        if not any(field.data):
            raise ValidationError(N_("请至少引用一条依据"))

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
            "cites": [cite for cite in self.cites.data if cite],
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
        data = dict(self.data)
        if move.verb == "cite" and self.article.data and self.section.data:
            cite = f"{self.article.data}#{self.section.data}"
            data["cites"] = [*dict.fromkeys((*data["cites"], cite))]
        if move.rows in (*self.rows, "cites"):
            data[move.rows] = moved_rows(data[move.rows], move)
        return data


def moved_rows(rows: Sequence[Any], move: Move) -> list[Any]:
    """Give a list of rows after a button."""
    left = [*rows]
    if move.verb == "add":
        return [*left, {}]
    if not 0 <= move.at < len(left):
        return left
    row = left.pop(move.at)
    match move.verb:
        case "up":
            left.insert(max(0, move.at - 1), row)
        case "down":
            left.insert(move.at + 1, row)
        case "remove":
            pass
        case _:
            left.insert(move.at, row)
    return left


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


def offer_clauses(
    form: QuestionForm, articles: Mapping[str, str], sections: Mapping[str, str]
) -> None:
    """Offer what may be cited: articles by slug, sections of the chosen one by id."""
    form.article.choices = {"": N_("请选择"), **articles}
    form.section.choices = {"": N_("请选择"), **sections}


def with_chosen(chosen: str | None, known: Mapping[str, str]) -> dict[str, str]:
    """Give choices with what is chosen among them, though nobody has registered it."""
    extra = {chosen: chosen} if chosen and chosen not in known else {}
    return {**extra, **known}


def day_of(written: object) -> date | None:
    """Give a written day; None when it is none."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def words(data: str | None) -> str:
    """Give one line of text without blanks around."""
    return " ".join((data or "").split())


def text(data: str | None) -> str:
    """Give several lines of text, with the line ends of our files."""
    return (data or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def split(data: str | None) -> list[str]:
    """Give the words of a list written on one line."""
    return listed_words(data or "")


def filled_rows(rows: Collection[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Give the rows in which something is written, as they are written."""
    found = []
    for row in rows:
        said = {
            key: "true" if value is True else words(value) if value else ""
            for key, value in row.items()
        }
        if any(value for value in said.values()):
            found.append({key: value for key, value in said.items() if value})
    return found
