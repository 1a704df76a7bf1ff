"""Forms of authorisations: people read and type the last day, the domain its end."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from wtforms import DateField
from wtforms import TextAreaField
from wtforms import ValidationError
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from trainer.competence.domain.authorising import ACT_NAMES
from trainer.competence.domain.authorising import GRANTS
from trainer.competence.domain.authorising import LONGEST_REASON
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import Authorisation
from trainer.competence.domain.authorising import Decision
from trainer.competence.domain.authorising import NoReasonError
from trainer.competence.domain.authorising import possible
from trainer.competence.domain.readying import Readiness
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled

LAST_DAY = date(2099, 12, 31)
AREA = {"rows": 2, "maxlength": LONGEST_REASON}


class DecisionForm(Form):
    """Ask what becomes of an authorisation.

    Each line of a page has one, with a prefix of its own.
    """

    act = SelectField(N_("怎么办"), choices={})
    last_on = DateField(N_("有效到哪天（批准时填，不填为一年）"), [Optional()])
    reason = TextAreaField(
        N_("理由（本人会看到）"), [Length(max=LONGEST_REASON)], render_kw=AREA
    )
    seen = IntegerField(N_("步数"), [InputRequired()], widget=HiddenInput())

    def offer(self, found: Authorisation, ready: Readiness) -> None:
        """Let the person choose what may be done now."""
        acts = possible(found, ready)
        self.act.choices = {act.value: ACT_NAMES[act] for act in acts}

    def accept_any(self) -> None:
        """Take any act: whether it follows is decided when it is carried out."""
        self.act.choices = {act.value: name for act, name in ACT_NAMES.items()}

    def validate_reason(self, field: TextAreaField) -> None:
        """Check that what takes something away has a reason."""
        if self.act.data not in GRANTS and not (field.data or "").strip():
            raise ValidationError(NoReasonError().message)

    def validate_last_on(self, field: DateField) -> None:
        """Check that the day is one a person means."""
        if field.data is not None and field.data > LAST_DAY:
            raise ValidationError(N_("请选一个实际的日期"))

    def command(self, person: int, line: str) -> Decision:
        """Give the command, after ``validate()``."""
        last = self.last_on.data
        return Decision(
            person=person,
            line=line,
            act=Act(filled(self.act)),
            reason=self.reason.data or "",
            until=last + timedelta(days=1) if last else None,
            seen=filled(self.seen),
        )


class ObjectionForm(Form):
    """Ask what somebody has against the state of his own authorisation."""

    reason = TextAreaField(
        N_("哪里不对、希望怎么办"),
        [
            InputRequired(N_("请写一句哪里不对；带教老师和主管会看到，并要答复")),
            Length(max=LONGEST_REASON),
        ],
        render_kw=AREA,
    )
    seen = IntegerField(N_("步数"), [InputRequired()], widget=HiddenInput())

    def command(self, person: int, line: str) -> Decision:
        """Give the command, after ``validate()``."""
        return Decision(
            person=person,
            line=line,
            act=Act.OBJECTED,
            reason=filled(self.reason),
            seen=filled(self.seen),
        )
