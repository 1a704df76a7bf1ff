"""Writing a course by a form: what it says as a whole, and its steps in rows.

What cannot be is told when the text is read, see :func:`..domain.parsing.parse`.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField
from wtforms import FieldList
from wtforms import FormField
from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.core.wording import N_
from trainer.courses.domain.beginning import first_body
from trainer.courses.domain.outline import COURSE
from trainer.courses.domain.outline import LONGEST_TITLE
from trainer.courses.domain.outline import MOST_STEPS
from trainer.courses.domain.outline import RULE_NAMES
from trainer.courses.domain.outline import STEP_NAMES
from trainer.courses.domain.outline import TARGETED
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import StepKind
from trainer.courses.domain.parsing import Body
from trainer.courses.domain.parsing import body_of
from trainer.courses.domain.parsing import dumped_body
from trainer.courses.domain.parsing import keys_of
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.kit.forms import headers
from trainer.kit.forms.drafts import DraftForm
from trainer.kit.forms.headers import seen
from trainer.kit.forms.rows import Move
from trainer.kit.forms.rows import moved_rows
from trainer.kit.forms.rows import split
from trainer.kit.forms.rows import with_chosen
from trainer.kit.forms.rows import words
from trainer.publishing.domain.written import Value
from trainer.publishing.domain.written import front_matter

NUMBER = {"inputmode": "numeric"}
CODE = {"spellcheck": "false", "autocomplete": "off"}
LISTS = ("lines", "posts", "competencies")
WORDS = ("tier", "about", "valid_days")

CHECKED = {"": N_("读完登记就算"), Rule.CHECKED.value: RULE_NAMES[Rule.CHECKED]}


class StepRow(Form):
    """One step; what its kind has no use for is left out."""

    kind = SelectField(
        N_("种类"),
        choices={kind.value: name for kind, name in STEP_NAMES.items()},
        validate_choice=False,
    )
    title = StringField(N_("这一步叫什么"), [Length(max=LONGEST_TITLE), seen])
    target = StringField(
        N_("内容的标识，可加 #小节"),
        [Length(max=130)],
        render_kw={**CODE, "list": "targets"},
    )
    minutes = StringField(N_("约几分钟"), [Length(max=4)], render_kw=NUMBER)
    day = StringField(
        N_("到岗第几个工作日做（可不填）"), [Length(max=2)], render_kw=NUMBER
    )
    rule = SelectField(
        N_("怎样算读完（只用于阅读）"), choices=CHECKED, validate_choice=False
    )
    competencies = StringField(
        N_("能力项代码（跟岗必填）"), [Length(max=100)], render_kw=CODE
    )
    count = StringField(
        N_("要看到几次（只用于跟岗）"), [Length(max=2)], render_kw=NUMBER
    )
    about = StringField(N_("要留意什么"), [Length(max=200), seen])
    id = StringField(N_("标识（不填就自动取）"), [Length(max=64)], render_kw=CODE)


class OutlineForm(DraftForm):
    """A course below its header."""

    about = StringField(
        N_("学完能做什么"),
        [InputRequired(N_("请写学完能做什么")), Length(max=200), seen],
    )
    tier = SelectField(N_("阶段"), validate_choice=False)
    lines = MultiCheckboxField(N_("给办哪些业务的人"), validate_choice=False)
    posts = MultiCheckboxField(N_("给哪些岗位"), validate_choice=False)
    competencies = StringField(N_("练的能力项代码"), [Length(max=200)], render_kw=CODE)
    requires = StringField(
        N_("先学完哪些课程（标识）"),
        [Length(max=300)],
        render_kw={**CODE, "list": "courses"},
    )
    valid_days = StringField(N_("学完有效几天"), [Length(max=4)], render_kw=NUMBER)
    expires_with_clauses = BooleanField(N_("所引条款有实质变化时，学完的人也要补学"))
    steps = FieldList(FormField(StepRow), N_("学习步骤"), max_entries=MOST_STEPS)

    @classmethod
    def data_of(cls, course: Course, line: str) -> dict[str, Any]:
        """Give the fields that show a course; ``line`` is that of its header."""
        body = body_of(course, line)
        return {
            **{key: body.get(key, "") for key in WORDS},
            "lines": [*course.lines],
            "posts": [*course.posts],
            "competencies": " ".join(course.competencies),
            "requires": " ".join(course.prerequisites),
            "expires_with_clauses": course.expires_with_clauses,
            "steps": [_row(step) for step in body["steps"]],
        }

    def moved(self, move: Move) -> dict[str, Any]:
        """Give the fields after a button: a step more or less, or elsewhere."""
        data = dict(self.data)
        if move.rows == "steps":
            data["steps"] = moved_rows(data["steps"], move)
        return data

    def offer(
        self,
        tiers: Mapping[str, str],
        lines: Mapping[str, str],
        posts: Mapping[str, str],
    ) -> None:
        """Offer stages, business lines and posts, by code."""
        self.tier.choices = with_chosen(self.tier.data, tiers)
        gone = {code: code for code in self.lines.data or () if code not in lines}
        self.lines.choices = {**gone, **lines}
        left = {code: code for code in self.posts.data or () if code not in posts}
        self.posts.choices = {**left, **posts}

    def body(self, line: str) -> Body:
        """Give the course as it is written; ``line`` is that of its header."""
        lines = [*(self.lines.data or ())]
        said: Body = {
            "tier": self.tier.data or "",
            "about": words(self.about.data),
            "lines": [] if lines == [line] else lines,
            "posts": [*(self.posts.data or ())],
            "competencies": split(self.competencies.data),
            "valid_days": words(self.valid_days.data),
            "expires_with_clauses": "true" if self.expires_with_clauses.data else "",
            "requires": split(self.requires.data),
            "steps": [*self._steps()],
        }
        return {key: value for key, value in said.items() if value}

    def _steps(self) -> Iterator[Body]:
        """Give the rows in which something is written, each with an id of its own."""
        rows = [row for row in self.steps.data if _is_filled(row)]
        taken = {words(row["id"]) for row in rows}
        for row in rows:
            key = words(row["id"]) or _free(taken)
            taken.add(key)
            yield _step({**row, "id": key})


class HeaderForm(headers.HeaderForm):
    """The header of a new course, and what it is for."""

    about = StringField(
        N_("学完能做什么"),
        [InputRequired(N_("请写学完能做什么")), Length(max=200), seen],
    )
    tier = SelectField(N_("阶段"), validate_choice=False)

    def text(self) -> str:
        """Give the text that a course begins with; nobody can submit it yet."""
        said: dict[str, Value | None] = {**self.said(COURSE)}
        body = first_body(self.tier.data or "", words(filled(self.about)))
        return front_matter(said) + dumped_body(body)


def _row(step: Any) -> dict[str, str]:  # noqa: ANN401  (words, lists and mappings)
    return {
        key: value if isinstance(value, str) else " ".join(value)
        for key, value in step.items()
    }


def _is_filled(row: Mapping[str, Any]) -> bool:
    """Tell whether somebody has written into a row; its kind is always chosen."""
    return any(words(row[key]) for key in ("title", "target", "minutes", "id", "about"))


def _free(taken: set[str]) -> str:
    numbers = range(1, len(taken) + 2)
    return next(key for n in numbers if (key := f"step-{n}") not in taken)


def _step(row: Mapping[str, Any]) -> Body:
    """Give a step as it is written, without what its kind has no use for."""
    kind = next((k for k in StepKind if k == row["kind"]), StepKind.SESSION)
    known = keys_of(kind)
    told: Body = {
        "id": row["id"],
        "kind": kind.value,
        "title": words(row["title"]),
        "about": words(row["about"]),
        "target": words(row["target"]) if kind in TARGETED else "",
        "competencies": split(row["competencies"]),
        "count": words(row["count"]),
        "minutes": words(row["minutes"]),
        "day": words(row["day"]),
        "rule": row["rule"] if row["rule"] == Rule.CHECKED else "",
    }
    if kind not in {StepKind.ARTICLE, StepKind.CHECKLIST}:
        told["rule"] = ""
    return {key: value for key, value in told.items() if value and key in known}
