"""How somebody wants to play, and what he chooses."""

from __future__ import annotations

from wtforms import BooleanField

from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.scenarios.domain.playing import Choose
from trainer.scenarios.domain.playing import Settings


class BeginForm(Form):
    """How somebody wants to play."""

    shows = BooleanField(N_("每选一步就看评价（不勾选：演完一起看）"))
    timed = BooleanField(N_("显示情景里过了几分钟"), default=True)

    def command(self) -> Settings:
        """Give what was ticked."""
        return Settings(shows=bool(self.shows.data), timed=bool(self.timed.data))


class ChooseForm(Form):
    """A step: its number on the page, and the place of the button."""

    number = IntegerField()
    choice = IntegerField()

    def command(self) -> Choose:
        """Give what was pressed; what makes no sense is no step and no choice."""
        return Choose(number=self.number.data or 0, place=self.choice.data or 0)
