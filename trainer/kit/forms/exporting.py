"""The form that asks why a table is taken away, and for which program."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import Length
from wtforms.validators import ValidationError

from trainer.core.reasons import LONGEST_REASON
from trainer.core.reasons import ReasonTooShortError
from trainer.core.reasons import must_give_reason
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField

ENDINGS = {"xlsx": N_("Excel / WPS（.xlsx）"), "csv": N_("CSV")}


class ExportForm(Form):
    """Ask why a table is taken away, and for which program."""

    ending = SelectField(N_("格式"), choices=ENDINGS, default="xlsx")
    why = TextAreaField(
        N_("导出理由"),
        [Length(max=LONGEST_REASON)],
        render_kw={"rows": 2, "maxlength": LONGEST_REASON},
    )

    def validate_why(self, field: TextAreaField) -> None:
        """Check that it says something."""
        try:
            must_give_reason(field.data or "")
        except ReasonTooShortError as error:
            raise ValidationError(error.message) from error

    @property
    def reason(self) -> str:
        """The reason, on one line."""
        return " ".join((self.why.data or "").split())
