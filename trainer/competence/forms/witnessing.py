"""Forms of what was seen of somebody at work."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from typing import ClassVar

from wtforms import DateField
from wtforms import FileField
from wtforms import HiddenField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms import ValidationError
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.competence.domain.witnessing import BEST
from trainer.competence.domain.witnessing import CASE_NAMES
from trainer.competence.domain.witnessing import CASE_OUTCOMES
from trainer.competence.domain.witnessing import LONGEST_REASON
from trainer.competence.domain.witnessing import LONGEST_WORDS
from trainer.competence.domain.witnessing import RUBRIC
from trainer.competence.domain.witnessing import CitizenDataError
from trainer.competence.domain.witnessing import ImpossibleDayError
from trainer.competence.domain.witnessing import NothingSeenError
from trainer.competence.domain.witnessing import Sighting
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.evidence.domain import FactKind
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import RadioField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.topics.domain.causes import CAUSE_NAMES
from trainer.topics.domain.causes import ErrorCause

MARK = "level-"
"""Begins the name of a field that holds the level of one competency."""

LONGEST_TOKEN = 64
CHOOSE = {"": N_("请选择")}
"""Stands first in a list, so that nothing is entered that nobody chose."""


class SightingForm(Form):
    """What every kind of sighting asks for."""

    KIND: ClassVar[FactKind]
    on = DateField(N_("哪一天"), [InputRequired(N_("请填写是哪一天的事"))])
    words = TextAreaField(
        N_("说明（可不填；只写业务，不写群众信息）"),
        [Length(max=LONGEST_WORDS)],
        render_kw={"rows": 2, "maxlength": LONGEST_WORDS},
    )
    token = HiddenField(
        N_("表单"),
        [InputRequired(N_("请重新打开本页再登记")), Length(max=LONGEST_TOKEN)],
    )

    def offer(
        self, competencies: Mapping[str, str], businesses: Mapping[str, str]
    ) -> None:
        """Let the person choose among these, names by code."""

    def blame(self, error: TrainerError) -> str:
        """Put a refusal beside its field; gives it back when it is about none."""
        for kind, name in (
            (ImpossibleDayError, "on"),
            (CitizenDataError, "words"),
            (NothingSeenError, "competencies"),
        ):
            if isinstance(error, kind) and name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, error.message]
                return ""
        return error.message

    def command(self, person: int) -> Sighting:
        """Give the command, after ``validate()``."""
        return Sighting(
            person=person,
            kind=self.KIND,
            on=filled(self.on),
            outcomes=self.outcomes(),
            business=self.chosen_business(),
            cause=self.chosen_cause(),
            words=self.words.data or "",
            token=filled(self.token),
        )

    def outcomes(self) -> dict[str, float]:
        """Give the share of what was right by competency."""
        raise NotImplementedError

    def chosen_business(self) -> str:
        """Give the code of the business, empty where none is asked for."""
        return ""

    def chosen_cause(self) -> ErrorCause | None:
        """Give the cause, None where none is asked for."""
        return None


class ObservationForm(SightingForm):
    """A rubric: a level for each competency that was seen.

    The levels are fields of their own, one for each competency; :meth:`read` takes
    them from what was sent.
    """

    KIND = FactKind.OBSERVATION

    def read(self, typed: Mapping[str, str], competencies: Iterable[str]) -> None:
        """Take the levels from what was sent."""
        told = {code: typed.get(f"{MARK}{code}", "") for code in competencies}
        known = {str(level) for level in RUBRIC}
        self.levels = {
            code: int(level) for code, level in told.items() if level in known
        }

    levels: Mapping[str, int] = {}

    def outcomes(self) -> dict[str, float]:
        """Give the share of what was right by competency."""
        return {code: level / BEST for code, level in self.levels.items()}


class _Businesslike(SightingForm):
    """What concerns one business."""

    businesses: Mapping[str, str] = {}
    known: Collection[str] = ()
    business = SelectField(
        N_("办的业务"),
        [InputRequired(N_("请选一项业务"))],
        choices={},
        validate_choice=False,
    )
    competencies = MultiCheckboxField(
        N_("说明哪些能力"), choices=[], validate_choice=False
    )

    def offer(
        self, competencies: Mapping[str, str], businesses: Mapping[str, str]
    ) -> None:
        """Let the person choose among these, names by code."""
        self.businesses = businesses
        self.business.choices = CHOOSE | dict(businesses)
        self.known = competencies.keys()
        self.competencies.choices = [*competencies.items()]

    def validate_competencies(self, field: MultiCheckboxField) -> None:
        """Check that there is one, and that each is one."""
        if not field.data:
            raise ValidationError(N_("请至少选一项能力"))
        if not set(field.data) <= set(self.known):
            raise ValidationError(N_("没有这项能力，可能已停用；请从列表里选"))

    def validate_business(self, field: SelectField) -> None:
        """Check that it is one."""
        if field.data not in self.businesses:
            raise ValidationError(N_("没有这项业务；请从列表里选"))

    def chosen_business(self) -> str:
        """Give the code of the business."""
        return self.business.data or ""


class CaseForm(_Businesslike):
    """A case that somebody else signed too."""

    KIND = FactKind.COSIGNED_CASE
    outcome = RadioField(N_("结果"), choices=CASE_NAMES)

    def outcomes(self) -> dict[str, float]:
        """Give the share of what was right by competency."""
        share = CASE_OUTCOMES[filled(self.outcome)]
        return dict.fromkeys(self.competencies.data or (), share)


class ReturnedForm(_Businesslike):
    """A file that came back."""

    KIND = FactKind.RETURNED_FILE
    cause = SelectField(
        N_("差错原因"),
        [InputRequired(N_("请选差错原因"))],
        choices=CHOOSE | {c.value: name for c, name in CAUSE_NAMES.items()},
        validate_choice=False,
    )

    def validate_cause(self, field: SelectField) -> None:
        """Check that it is one."""
        if field.data not in {cause.value for cause in ErrorCause}:
            raise ValidationError(N_("没有这种原因；请从列表里选"))

    def outcomes(self) -> dict[str, float]:
        """Give the share of what was right by competency."""
        return dict.fromkeys(self.competencies.data or (), 0.0)

    def chosen_cause(self) -> ErrorCause | None:
        """Give the cause."""
        return ErrorCause(filled(self.cause))


FORMS: Mapping[str, type[SightingForm]] = {
    form.KIND.value: form for form in (ObservationForm, CaseForm, ReturnedForm)
}


class TakeBackForm(Form):
    """Ask why something that was entered is taken back."""

    reason = StringField(
        N_("为什么撤销（本人会看到）"),
        [InputRequired(N_("请写明为什么撤销")), Length(max=LONGEST_REASON)],
        render_kw={"maxlength": LONGEST_REASON},
    )


class TableForm(Form):
    """Ask for a table of returned files."""

    file = FileField(N_("退件表（.xlsx、.xls 或 .csv）"))


class ConfirmForm(Form):
    """Confirm what a table would bring; it carries the table."""

    text = HiddenField(N_("内容"), [InputRequired(N_("请重新上传"))])
