"""The form of an item; it is handled as it is written, see ``domain.editing``."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import DateField
from wtforms import SelectMultipleField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import Optional
from wtforms.validators import Regexp
from wtforms.validators import ValidationError

from trainer.checklists.domain.browsing import line_of
from trainer.checklists.domain.checklist import LONGEST_WORDS
from trainer.checklists.domain.checklist import LONGEST_WRONG
from trainer.checklists.domain.checklist import MOST_CAUSES
from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.checklists.domain.checklist import Severity
from trainer.checklists.domain.situation import ASPECT_NAMES
from trainer.checklists.domain.situation import CODES
from trainer.checklists.domain.situation import Aspect
from trainer.core.wording import N_
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import RadioField
from trainer.kit.forms import SelectField
from trainer.kit.forms.drafts import CitingForm
from trainer.kit.forms.rows import Move
from trainer.kit.forms.rows import text
from trainer.kit.forms.rows import with_chosen
from trainer.kit.forms.rows import words
from trainer.publishing.domain.entries import Entry
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.publishing.domain.following import SLUG
from trainer.publishing.queries.codes import Codes
from trainer.topics.domain.causes import CAUSE_NAMES
from trainer.topics.domain.outline_text import Written

DAYS = {"start": "from", "end": "before"}
"""Fields of days, and the keys of ``when`` they stand for."""


def _facts(aspect: Aspect) -> MultiCheckboxField:
    """Ask for which facts of one kind an item matters; none is any."""
    return MultiCheckboxField(ASPECT_NAMES[aspect], choices=dict(CODES[aspect]))


class ItemForm(CitingForm):
    """An item; what cannot be is told when it is read, see ``checklist.parse``."""

    id = StringField(
        N_("条目标识"),
        [
            InputRequired(N_("请写条目标识")),
            Length(max=LONGEST_SLUG),
            Regexp(SLUG, message=N_("标识只能用小写字母、数字和连字符")),
        ],
        render_kw={"spellcheck": "false", "autocomplete": "off"},
    )
    business = MultiCheckboxField(N_("哪些业务"), validate_choice=False)
    more = SelectField(N_("还有别的业务"), validate_choice=False)
    step = SelectField(
        N_("在哪一步"), [InputRequired(N_("请选择步骤"))], validate_choice=False
    )
    severity = RadioField(
        N_("轻重"),
        choices={s.value: name for s, name in SEVERITY_NAMES.items()},
        default=Severity.ERROR.value,
    )
    causes = MultiCheckboxField(
        N_("错因（一到三个）"), choices={c.value: n for c, n in CAUSE_NAMES.items()}
    )
    competency = SelectField(
        N_("能力项"), [InputRequired(N_("请选择能力项"))], validate_choice=False
    )
    when_region = _facts(Aspect.REGION)
    when_person = _facts(Aspect.PERSON)
    when_property = _facts(Aspect.PROPERTY)
    when_channel = _facts(Aspect.CHANNEL)
    start = DateField(N_("日期不早于"), [Optional()])
    end = DateField(N_("日期早于"), [Optional()])
    wrong = StringField(
        N_("会错在哪里"),
        [InputRequired(N_("请写会错在哪里")), Length(max=LONGEST_WRONG)],
    )
    check = TextAreaField(
        N_("怎么查"),
        [InputRequired(N_("请写怎么查")), Length(max=LONGEST_WORDS)],
        render_kw={"rows": 3},
    )
    say = TextAreaField(
        N_("怎么跟群众说"), [Length(max=LONGEST_WORDS)], render_kw={"rows": 2}
    )
    owner = SelectField(N_("负责岗位"), validate_choice=False)

    def validate_business(self, field: SelectMultipleField) -> None:
        """Ask for a business."""
        if not field.data:
            raise ValidationError(N_("请至少选一项业务"))

    def validate_causes(self, field: SelectMultipleField) -> None:
        """Ask for one cause to three."""
        if not 1 <= len(field.data or ()) <= MOST_CAUSES:
            raise ValidationError(N_("请选一到三个错因"))

    @classmethod
    def data_of(cls, entry: Entry) -> dict[str, Any]:
        """Give the fields that show an item as it is written."""
        when = entry.get("when", {})
        facts = when if isinstance(when, Mapping) else {}
        return {
            **{name: entry.get(name, "") for name in _WORDS},
            **{name: [*_listed(entry.get(name))] for name in _LISTS},
            **{f"when_{a}": [*_listed(facts.get(a))] for a in Aspect},
            **{name: _day(facts.get(key)) for name, key in DAYS.items()},
        }

    def entry(self) -> Entry:
        """Give the item as it is written."""
        said: Entry = {
            "id": words(self.id.data),
            "business": [*(self.business.data or ())],
            "step": self.step.data or "",
            "severity": self.severity.data or "",
            "causes": [*(self.causes.data or ())],
            "competency": self.competency.data or "",
            "when": self._when(),
            "wrong": words(self.wrong.data),
            "check": text(self.check.data),
            "say": text(self.say.data),
            "cites": self.cited,
            "owner": self.owner.data or "",
        }
        return {key: value for key, value in said.items() if value}

    def moved(self, move: Move) -> dict[str, Any]:
        """Give the fields after a button: a clause or a business more or less."""
        data = super().moved(move)
        if move.verb == "business" and self.more.data:
            chosen = [*(data["business"] or ()), self.more.data]
            data["business"] = [*dict.fromkeys(chosen)]
        return data

    def offer(self, codes: Codes, line: str) -> None:
        """Offer what may be chosen; the businesses of the list's own line first."""
        own = self.business.data or ()
        chosen = {code: codes.businesses.get(code, code) for code in own}
        known = {c: n for c, n in codes.businesses.items() if line_of(c) == line}
        others = {c: n for c, n in codes.businesses.items() if c not in known}
        self.business.choices = [*({**known, **chosen}).items()]
        self.more.choices = {"": N_("请选择"), **others}
        self.step.choices = {
            "": N_("请选择"),
            **with_chosen(self.step.data, codes.steps),
        }
        self.competency.choices = {
            "": N_("请选择"),
            **with_chosen(self.competency.data, codes.competencies),
        }
        self.owner.choices = {
            "": N_("同清单"),
            **with_chosen(self.owner.data, codes.posts),
        }

    def _when(self) -> dict[str, Written]:
        """Give in which situations the item matters."""
        facts = {a.value: [*(self[f"when_{a}"].data or ())] for a in Aspect}
        days = {key: self[name].data for name, key in DAYS.items()}
        said = {key: day.isoformat() for key, day in days.items() if day}
        return {**{key: codes for key, codes in facts.items() if codes}, **said}


_WORDS = ("id", "step", "severity", "competency", "wrong", "check", "say", "owner")
_LISTS = ("business", "causes", "cites")


def _listed(written: Written | None) -> Sequence[Written]:
    """Give a written list; what is none is empty."""
    return () if written is None or isinstance(written, str | Mapping) else written


def _day(written: object) -> date | None:
    """Give a written day; None when it is none."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
