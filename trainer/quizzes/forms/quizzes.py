"""The form of a quiz: how it is taken, and what it asks."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from wtforms import DateTimeLocalField
from wtforms import FieldList
from wtforms import FormField
from wtforms import HiddenField
from wtforms import StringField
from wtforms.validators import Optional

from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import RadioField
from trainer.kit.forms import SelectField
from trainer.kit.forms.drafts import DraftForm
from trainer.kit.forms.rows import Move
from trainer.kit.forms.rows import moved_rows
from trainer.kit.forms.rows import words
from trainer.quizzes.domain.names import DIFFICULTY_NAMES
from trainer.quizzes.domain.quiz import MODE_NAMES
from trainer.quizzes.domain.quiz import NAVIGATION_NAMES
from trainer.quizzes.domain.quiz import REVIEW_NAMES
from trainer.quizzes.domain.quiz import SHUFFLE_NAMES
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.quiz_written import Rules
from trainer.topics.domain.outline_text import Written

DRAWN, FIXED = "draw", "questions"
MOST_QUOTAS, MOST_FIXED = 50, 200
MINUTE = "%Y-%m-%dT%H:%M"


class QuotaRow(Form):
    """How many questions of a kind are drawn."""

    competency = SelectField(N_("能力项"), validate_choice=False)
    difficulty = SelectField(
        N_("难度"),
        choices={"": N_("不限"), **{str(d): n for d, n in DIFFICULTY_NAMES.items()}},
        validate_choice=False,
    )
    count = StringField(N_("抽几题"), render_kw={"inputmode": "numeric"})
    banks = MultiCheckboxField(N_("只从这些题库抽"), validate_choice=False)


class QuizForm(DraftForm):
    """A quiz; what cannot be is told when it is read, see ``quiz.parse``."""

    mode = SelectField(
        N_("做什么用"), choices={m.value: n for m, n in MODE_NAMES.items()}
    )
    minutes = StringField(N_("限时（分钟）"), render_kw={"inputmode": "numeric"})
    attempts = StringField(N_("可考几次"), render_kw={"inputmode": "numeric"})
    pass_percent = StringField(N_("及格线（%）"), render_kw={"inputmode": "numeric"})
    opens = DateTimeLocalField(N_("从什么时候开放"), [Optional()], format=MINUTE)
    closes = DateTimeLocalField(N_("到什么时候截止"), [Optional()], format=MINUTE)
    shuffle = MultiCheckboxField(
        N_("打乱"), choices={s.value: n for s, n in SHUFFLE_NAMES.items()}
    )
    navigation = SelectField(
        N_("能不能回头"),
        choices={n.value: said for n, said in NAVIGATION_NAMES.items()},
    )
    review = SelectField(
        N_("什么时候看解析"),
        choices={r.value: n for r, n in REVIEW_NAMES.items()},
        default=Review.SUBMIT.value,
    )
    how = RadioField(
        N_("考哪些题"),
        choices={
            DRAWN: N_("随机抽：每人不同，按下面的条件从题库抽"),
            FIXED: N_("固定：每人相同，一道一道选"),
        },
        default=DRAWN,
    )
    draw = FieldList(FormField(QuotaRow), N_("组卷"), max_entries=MOST_QUOTAS)
    questions = FieldList(HiddenField(), N_("固定的题"), max_entries=MOST_FIXED)
    bank = SelectField(N_("从哪个题库选"), validate_choice=False)
    question = SelectField(N_("哪一题"), validate_choice=False)

    @classmethod
    def data_of(cls, rules: Rules) -> dict[str, Any]:
        """Give the fields that show rules as they are written."""
        quotas = rules.get("draw", ())
        plain = ("mode", "minutes", "attempts", "navigation", "review")
        return {
            **{key: rules[key] for key in plain if key in rules},
            "pass_percent": rules.get("pass", ""),
            "opens": _moment(rules.get("opens")),
            "closes": _moment(rules.get("closes")),
            "shuffle": [*rules.get("shuffle", ())],
            "how": FIXED if "questions" in rules else DRAWN,
            "draw": [*quotas],
            "questions": [*rules.get("questions", ())],
        }

    def rules(self) -> Rules:
        """Give the rules as they are written; empty ones are left out."""
        exam = self.mode.data != "practice"
        said: Rules = {
            "mode": "" if exam else self.mode.data or "",
            "minutes": words(self.minutes.data) if exam else "",
            "attempts": words(self.attempts.data),
            "pass": words(self.pass_percent.data),
            "opens": _written(self.opens.data),
            "closes": _written(self.closes.data),
            "shuffle": self.shuffle.data or [],
            "navigation": self.navigation.data or "",
            "review": self.review.data or "",
        }
        if self.how.data == FIXED:
            said["questions"] = [place for place in self.questions.data if place]
        else:
            said["draw"] = _quotas(self.draw.data)
        return {key: value for key, value in said.items() if value}

    def moved(self, move: Move) -> dict[str, Any]:
        """Give the fields after a button: a row more or less, or elsewhere."""
        data = dict(self.data)
        if move.verb == "ask" and self.bank.data and self.question.data:
            place = f"{self.bank.data}#{self.question.data}"
            data["questions"] = [*dict.fromkeys((*data["questions"], place))]
        if move.rows in {"draw", "questions"}:
            data[move.rows] = moved_rows(data[move.rows], move)
        return data

    def offer(
        self,
        competencies: Mapping[str, str],
        banks: Mapping[str, str],
        questions: Mapping[str, str],
    ) -> None:
        """Offer what may be chosen, by code, slug and id."""
        self.bank.choices = {"": N_("请选择"), **banks}
        self.question.choices = {"": N_("请选择"), **questions}
        for row in self.draw:
            chosen = row.form.competency.data or ""
            known = {"": N_("请选择"), chosen: chosen or N_("请选择"), **competencies}
            row.form.competency.choices = known
            gone = {slug: slug for slug in row.form.banks.data or ()}
            row.form.banks.choices = {**gone, **banks}


def _quotas(rows: Sequence[Mapping[str, Any]]) -> list[Written]:
    found: list[Written] = []
    for row in rows:
        said = {
            "competency": row["competency"] or "",
            "difficulty": row["difficulty"] or "",
            "count": words(row["count"]),
            "banks": row["banks"] or [],
        }
        if said["competency"] or said["count"]:
            found.append({key: value for key, value in said.items() if value})
    return found


def _moment(written: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(written))
    except ValueError:
        return None


def _written(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
