"""What narrows the list of banks and quizzes, and the questions of a bank."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping

from wtforms import BooleanField
from wtforms import StringField
from wtforms.validators import NumberRange
from wtforms.validators import Optional

from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import SelectField
from trainer.kit.forms.drafts import MOST_KEYS
from trainer.quizzes.domain.names import DIFFICULTY_NAMES
from trainer.quizzes.domain.names import KIND_NAMES
from trainer.quizzes.domain.names import TYPE_NAMES
from trainer.quizzes.domain.shelf import BankFilter
from trainer.quizzes.domain.shelf import ShelfFilter


class ShelfForm(Form):
    """Choose which banks and quizzes are shown."""

    kind = SelectField(
        N_("类型"), choices={"": N_("全部"), **KIND_NAMES}, validate_choice=False
    )
    line = SelectField(N_("业务线"), validate_choice=False)
    words = StringField(N_("名称"))
    stale = BooleanField(N_("有待复核的题"))
    open = BooleanField(N_("有在办稿件"))
    part = StringField()

    def offer(self, lines: Mapping[str, str]) -> None:
        """Offer the business lines by code."""
        self.line.choices = {"": N_("全部"), **lines}

    def wanted(self) -> ShelfFilter:
        """Give the filter."""
        kind = self.kind.data or ""
        return ShelfFilter(
            kind=kind if kind in KIND_NAMES else "",
            line=self.line.data or "",
            words=self.words.data or "",
            stale=bool(self.stale.data),
            open=bool(self.open.data),
            part=part_number(self.part.data or ""),
        )


class BankForm(Form):
    """Choose which questions of a bank are shown, and of which text."""

    competency = SelectField(N_("能力项"), validate_choice=False)
    type = SelectField(
        N_("题型"), choices={"": N_("全部"), **TYPE_NAMES}, validate_choice=False
    )
    difficulty = SelectField(
        N_("难度"),
        choices={"": N_("全部"), **{str(d): n for d, n in DIFFICULTY_NAMES.items()}},
        validate_choice=False,
    )
    words = StringField(N_("题里的字"))
    stale = BooleanField(N_("只看待复核的"))
    revision = IntegerField(validators=[Optional(), NumberRange(1, MOST_KEYS)])
    draw = IntegerField(validators=[Optional(), NumberRange(0, MOST_KEYS)])

    def offer(self, used: Iterable[str], names: Mapping[str, str]) -> None:
        """Offer the competencies of a bank."""
        known = {code: names.get(code, code) for code in used}
        self.competency.choices = {"": N_("全部"), **known}

    def wanted(self) -> BankFilter:
        """Give the filter; what makes no sense is no filter."""
        level = self.difficulty.data or ""
        kind = self.type.data or ""
        return BankFilter(
            competency=self.competency.data or "",
            type=kind if kind in TYPE_NAMES else "",
            difficulty=int(level) if level in {"1", "2", "3"} else 0,
            stale=bool(self.stale.data),
            words=self.words.data or "",
        )

    @property
    def key(self) -> int | None:
        """Key of the text that is asked for."""
        return None if self.revision.errors else self.revision.data

    @property
    def seed(self) -> int:
        """What the draw of numbers follows from."""
        return 0 if self.draw.errors else self.draw.data or 0
