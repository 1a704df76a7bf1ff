"""What a new scenario says of itself before it has anything else."""

from __future__ import annotations

from wtforms import DateField
from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.core.wording import N_
from trainer.kit.forms import filled
from trainer.kit.forms import headers
from trainer.kit.forms.headers import seen
from trainer.kit.forms.rows import words
from trainer.publishing.domain.written import Value
from trainer.publishing.domain.written import front_matter
from trainer.publishing.domain.written import written
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.beginning import first_body


class HeaderForm(headers.HeaderForm):
    """The header of a new scenario, and what it trains."""

    about = StringField(
        N_("练的是什么"), [InputRequired(N_("请写练的是什么")), Length(max=200), seen]
    )
    day = DateField(N_("业务日期"), [InputRequired(N_("请填写日期，如 2026-09-20"))])

    def text(self) -> str:
        """Give the text that the scenario begins with."""
        said: dict[str, Value | None] = {**self.said(SCENARIO)}
        about = written("about", words(filled(self.about)))[0]
        body = first_body(about.removeprefix("about: "), filled(self.day))
        return front_matter(said) + body
