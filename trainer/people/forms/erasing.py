"""The two steps that erase a person: why, then the login once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from wtforms import HiddenField
from wtforms import StringField
from wtforms import ValidationError
from wtforms.validators import InputRequired

from trainer.core.wording import N_
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.people.domain.erasing import WHY_NAMES
from trainer.people.domain.erasing import Why
from trainer.people.forms.secondments import RefusableForm

SECOND = "login"


class EraseForm(RefusableForm):
    """Ask why; ``login`` is asked for in the second step only."""

    HELP: ClassVar[Mapping[str, str]] = {
        "login": N_("照抄上面的工号，确认注销的是这个人")
    }

    why = SelectField(
        N_("原因"),
        [InputRequired(N_("请选择原因"))],
        choices={
            "": N_("请选择"),
            **{why.value: name for why, name in WHY_NAMES.items()},
        },
    )
    login = StringField(N_("再输一次工号"), render_kw={"autocomplete": "off"})
    step = HiddenField(default="why")

    def is_second(self) -> bool:
        """Tell whether the login was asked for."""
        return self.step.data == SECOND

    def expect(self, login: str) -> None:
        """Take the login that has to be typed."""
        self._expected = login

    def validate_login(self, field: StringField) -> None:
        """Check that the login was typed again, in the second step."""
        if self.is_second() and (field.data or "").strip() != self._expected:
            raise ValidationError(N_("和此人的工号不一样；请照抄"))

    def ask_again(self) -> None:
        """Go on to the second step."""
        self.step.data = SECOND

    def reason(self) -> Why:
        """Give why."""
        return Why(filled(self.why))
