"""What narrows the items that are shown."""

from __future__ import annotations

from wtforms import HiddenField
from wtforms import StringField

from trainer.checklists.domain.browsing import ItemFilter
from trainer.checklists.domain.browsing import line_of
from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField
from trainer.kit.forms.rows import with_chosen
from trainer.publishing.queries.codes import Codes
from trainer.topics.domain.causes import CAUSE_NAMES

ALL = {"": N_("全部")}


class ItemForm(Form):
    """Choose which items are shown; what makes no sense finds nothing."""

    line = SelectField(N_("业务线"), validate_choice=False)
    business = SelectField(N_("业务"), validate_choice=False)
    step = SelectField(N_("步骤"), validate_choice=False)
    severity = SelectField(
        N_("轻重"),
        choices={**ALL, **{s.value: name for s, name in SEVERITY_NAMES.items()}},
        validate_choice=False,
    )
    cause = SelectField(
        N_("错因"),
        choices={**ALL, **{c.value: name for c, name in CAUSE_NAMES.items()}},
        validate_choice=False,
    )
    words = StringField(N_("条目里的字"))
    article = HiddenField()
    part = StringField()

    def offer(self, codes: Codes) -> None:
        """Offer lines and steps, and the businesses of the chosen line, by code."""
        own = {
            code: name
            for code, name in codes.businesses.items()
            if self.line.data in {None, "", line_of(code)}
        }
        self.line.choices = {**ALL, **with_chosen(self.line.data, codes.lines)}
        self.business.choices = {**ALL, **with_chosen(self.business.data, own)}
        self.step.choices = {**ALL, **with_chosen(self.step.data, codes.steps)}

    def wanted(self) -> ItemFilter:
        """Give the filter."""
        return ItemFilter(
            line=self.line.data or "",
            business=self.business.data or "",
            step=self.step.data or "",
            severity=self.severity.data or "",
            cause=self.cause.data or "",
            words=self.words.data or "",
            article=self.article.data or "",
            part=part_number(self.part.data or ""),
        )
