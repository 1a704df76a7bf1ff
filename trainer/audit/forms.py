"""Forms of the audit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from datetime import timedelta

from wtforms import DateField
from wtforms import HiddenField
from wtforms import SearchField
from wtforms import StringField
from wtforms.validators import Optional
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from trainer.audit.domain.listing import Wanted
from trainer.audit.domain.verbs import KIND_NAMES
from trainer.audit.domain.verbs import VERB_NAMES
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import SelectField
from trainer.kit.forms.exporting import ExportForm

THING = re.compile(r"[a-z_]{1,32}/[\w.-]{1,64}")
"""An object as an address names it."""


FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
"""Days that can be looked for; a database keeps no others."""


class WantedForm(Form):
    """Ask which entries to list; what cannot be read narrows nothing and says so."""

    since = DateField(N_("从哪天"), [Optional()])
    until = DateField(N_("到哪天"), [Optional()])
    who = SearchField(N_("谁（工号或姓名）"), render_kw={"maxlength": 32})
    verb = SelectField(
        N_("做了什么"), choices={"": N_("全部"), **VERB_NAMES}, default=""
    )
    kind = SelectField(N_("对象"), choices={"": N_("全部"), **KIND_NAMES}, default="")
    address = StringField(N_("来自（网络地址）"), render_kw={"maxlength": 45})
    object = HiddenField()
    before = IntegerField(N_("更早"), [Optional()], widget=HiddenInput())

    def validate_since(self, field: DateField) -> None:
        """Check that the days are days."""
        _must_be_possible(field.data)

    def validate_until(self, field: DateField) -> None:
        """Check that the days are days, in order."""
        _must_be_possible(field.data)
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(N_("应不早于前一个日期"))

    @property
    def person(self) -> str:
        """The words that name somebody."""
        return (self.who.data or "").strip()[:32]

    def wanted(self, people: frozenset[int] | None) -> Wanted:
        """Give what to list, after ``validate()``."""
        until = None if self.until.errors else self.until.data
        return Wanted(
            people=people,
            verb=_known(self.verb, VERB_NAMES),
            kind=_known(self.kind, KIND_NAMES),
            object=self.thing,
            address=(self.address.data or "").strip()[:45],
            since=None if self.since.errors else self.since.data,
            until=until + timedelta(1) if until else None,
            before=self.before.data,
        )

    @property
    def thing(self) -> str:
        """The one object wanted, empty for any."""
        told = self.object.data or ""
        return told if THING.fullmatch(told) else ""

    @property
    def asked(self) -> dict[str, str]:
        """What the address says, so that the next page says it again."""
        said = {field.name: field.raw_data for field in self}
        known = {name: raw[0] for name, raw in said.items() if raw and raw[0]}
        return {name: told for name, told in known.items() if name != "before"}


class EntriesExportForm(WantedForm, ExportForm):
    """Ask why, and for which program, too."""


def _must_be_possible(day: date | None) -> None:
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(N_("请选一个实际的日期"))


def _known(field: SelectField, names: Mapping[str, str]) -> str:
    told = field.data or ""
    return told if told in names else ""
