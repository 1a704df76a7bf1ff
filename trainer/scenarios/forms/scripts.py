"""The form of what holds for a whole scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import DateField
from wtforms import FieldList
from wtforms import FormField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField
from trainer.kit.forms.drafts import DraftForm
from trainer.kit.forms.rows import Move
from trainer.kit.forms.rows import day_of
from trainer.kit.forms.rows import filled_rows
from trainer.kit.forms.rows import moved_rows
from trainer.kit.forms.rows import text
from trainer.kit.forms.rows import with_chosen
from trainer.kit.forms.rows import words
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.scenarios.domain.editing import Entry
from trainer.scenarios.domain.playing import MOOD_NAMES
from trainer.scenarios.domain.reading import MOST_CASES
from trainer.scenarios.domain.reading import MOST_MARKS

MOST_WORDS = 200
MOST_LEVELS = 800
"""Characters of all levels of a mark."""


class CaseRow(Form):
    """A situation behind the opening words."""

    id = StringField(N_("标识"), [Length(max=LONGEST_SLUG)])
    told = StringField(N_("实际情况"), [Length(max=MOST_WORDS)])


class MarkRow(Form):
    """A line of what an observer marks."""

    id = StringField(N_("标识"), [Length(max=LONGEST_SLUG)])
    competency = SelectField(N_("能力项"), validate_choice=False)
    name = StringField(N_("看什么"), [Length(max=MOST_WORDS)])
    levels = TextAreaField(
        N_("从低到高各级（一行一级）"), [Length(max=MOST_LEVELS)], render_kw={"rows": 3}
    )


class ScriptForm(DraftForm):
    """What holds for a whole scenario; what cannot be is told when it is read."""

    about = StringField(
        N_("练的是什么"), [InputRequired(N_("请写练的是什么")), Length(max=MOST_WORDS)]
    )
    day = DateField(N_("业务日期"), [InputRequired(N_("请填写日期，如 2026-09-20"))])
    start = SelectField(N_("从哪个节点开始"), validate_choice=False)
    mood = SelectField(
        N_("开始时的心情"),
        choices={str(n): name for n, name in enumerate(MOOD_NAMES)},
        default="3",
    )
    patience = StringField(
        N_("最多等几分钟"), default="20", render_kw={"inputmode": "numeric"}
    )
    timeout = SelectField(N_("时间到了的结局"), validate_choice=False)
    pass_percent = StringField(
        N_("多少分算通过"), default="70", render_kw={"inputmode": "numeric"}
    )
    cases = FieldList(
        FormField(CaseRow), N_("同一句开场白背后的几种情况"), max_entries=MOST_CASES
    )
    rubric = FieldList(
        FormField(MarkRow), N_("两人演练时的观察要点"), max_entries=MOST_MARKS
    )

    @classmethod
    def data_of(cls, head: Entry) -> dict[str, Any]:
        """Give the fields that show a scenario as it is written."""
        plain = ("about", "start", "mood", "patience", "timeout")
        rubric = [
            {**mark, "levels": "\n".join(mark.get("levels", ()))}
            for mark in _rows(head, "rubric")
        ]
        return {
            **{key: head[key] for key in plain if key in head},
            "day": day_of(head.get("on")),
            "pass_percent": head.get("pass", "70"),
            "cases": _rows(head, "cases"),
            "rubric": rubric,
        }

    def head(self) -> Entry:
        """Give what was typed as it is written; what is empty is left out."""
        said: Entry = {
            "about": words(self.about.data),
            "on": self.day.data.isoformat() if self.day.data else "",
            "start": self.start.data or "",
            "patience": _unless(words(self.patience.data), "20"),
            "timeout": self.timeout.data or "",
            "mood": _unless(self.mood.data or "", "3"),
            "pass": _unless(words(self.pass_percent.data), "70"),
            "cases": filled_rows(self.cases.data),
            "rubric": [
                {**row, "levels": _levels(given["levels"])}
                for given in self.rubric.data
                for row in filled_rows([given])
            ],
        }
        return {key: value for key, value in said.items() if value not in ("", [])}

    def moved(self, move: Move) -> dict[str, Any]:
        """Give the fields after a button: a row more or less, or elsewhere."""
        data = dict(self.data)
        if move.rows in {"cases", "rubric"}:
            data[move.rows] = moved_rows(data[move.rows], move)
        return data

    def offer(
        self,
        nodes: Mapping[str, str],
        endings: Mapping[str, str],
        competencies: Mapping[str, str],
    ) -> None:
        """Offer what may be chosen, by code; what is chosen and unknown stays."""
        self.start.choices = with_chosen(self.start.data, nodes)
        known = with_chosen(self.timeout.data, endings)
        self.timeout.choices = {"": N_("没有时间限制"), **known}
        for row in self.rubric:
            chosen = row.form.competency
            chosen.choices = {
                "": N_("请选择"),
                **with_chosen(chosen.data, competencies),
            }


def _rows(head: Entry, key: str) -> list[dict[str, Any]]:
    found = head.get(key, ())
    return [dict(row) for row in found if isinstance(row, dict)]


def _levels(written: str | None) -> list[str]:
    lines = text(written).split("\n")
    return [words(line) for line in lines if line.strip()]


def _unless(chosen: str, usual: str) -> str:
    return "" if chosen == usual else chosen
