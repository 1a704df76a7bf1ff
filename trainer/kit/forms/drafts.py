"""Forms that change a part of a text: which draft it goes into, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import DateField
from wtforms import FieldList
from wtforms import HiddenField
from wtforms import StringField
from wtforms.validators import Length
from wtforms.validators import NumberRange
from wtforms.validators import Optional
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import SelectField
from trainer.kit.forms.rows import Move
from trainer.kit.forms.rows import moved_rows

MOST_KEYS = 2**31 - 1
"""Greatest number the database keeps."""

MOST_CITES = 20


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
    first_day = DateField(N_("从哪天起用"), [Optional()])
    change_note = StringField(N_("改了什么（一句话）"), [Length(max=200)])


class CitingForm(DraftForm):
    """A part that rests on clauses: at least one, chosen by article and section."""

    cites = FieldList(HiddenField(), N_("依据"), max_entries=MOST_CITES)
    article = SelectField(N_("引用哪一篇"), validate_choice=False)
    section = SelectField(N_("哪一节"), validate_choice=False)

    def validate_cites(self, field: FieldList[HiddenField]) -> None:
        """Ask for what it rests on."""
        if not any(field.data):
            raise ValidationError(N_("请至少引用一条依据"))

    @property
    def cited(self) -> list[str]:
        """What it rests on so far, as it is written."""
        return [cite for cite in self.cites.data if cite]

    def offer_clauses(
        self, articles: Mapping[str, str], sections: Mapping[str, str]
    ) -> None:
        """Offer what may be cited: articles by slug, sections of the chosen by id."""
        self.article.choices = {"": N_("请选择"), **articles}
        self.section.choices = {"": N_("请选择"), **sections}

    def moved(self, move: Move) -> dict[str, Any]:
        """Give the fields after a button: a clause more or less."""
        data = dict(self.data)
        if move.verb == "cite" and self.article.data and self.section.data:
            cite = f"{self.article.data}#{self.section.data}"
            data["cites"] = [*dict.fromkeys((*data["cites"], cite))]
        if move.rows == "cites":
            data["cites"] = moved_rows(data["cites"], move)
        return data
