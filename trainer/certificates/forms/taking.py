"""Forms of those who get something: a certificate, a record to take away."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.certificates.domain.certificates import KIND_NAMES
from trainer.certificates.domain.certificates import Kind
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.kit.forms.exporting import ExportForm

ENDINGS = {"pdf": N_("PDF（打印、存档）"), "xlsx": N_("Excel / WPS（.xlsx）")}
LONGEST_CODE = 80


class IssueForm(Form):
    """Ask what a certificate is wanted for."""

    kind = SelectField(
        N_("种类"), choices={kind.value: name for kind, name in KIND_NAMES.items()}
    )
    subject = TextAreaField(N_("内容"), [InputRequired(), Length(max=LONGEST_CODE)])

    def wanted(self) -> tuple[Kind, str]:
        """Give kind and subject, after ``validate()``."""
        return Kind(filled(self.kind)), filled(self.subject)


class RecordExportForm(ExportForm):
    """Ask why a growth record is taken away, and in which form."""

    ending = SelectField(N_("格式"), choices=ENDINGS, default="pdf")
