"""Forms of mentoring: a case, a signature, notes, plans, exports."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping

from wtforms import DateField
from wtforms import HiddenField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms import ValidationError
from wtforms.validators import InputRequired
from wtforms.validators import Length

from trainer.competence.domain.witnessing import CASE_NAMES
from trainer.competence.domain.witnessing import LONGEST_WORDS
from trainer.competence.domain.witnessing import CitizenDataError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import RadioField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.mentoring.domain.cases import LONGEST_REFERENCE
from trainer.mentoring.domain.cases import CaseDayError
from trainer.mentoring.domain.cases import NewCase
from trainer.mentoring.domain.cases import NoCauseError
from trainer.mentoring.domain.cases import ReferenceError_
from trainer.mentoring.domain.cases import Signature
from trainer.mentoring.domain.notes import LONGEST
from trainer.mentoring.domain.notes import NewNote
from trainer.mentoring.domain.notes import NoteKind
from trainer.mentoring.domain.planning import LONGEST_REASON as LONGEST_WHY
from trainer.mentoring.domain.planning import PutInto
from trainer.mentoring.domain.weeks import PHASE_NAMES
from trainer.mentoring.domain.weeks import SETTABLE
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.domain.weeks import Plan
from trainer.topics.domain.causes import CAUSE_NAMES
from trainer.topics.domain.causes import ErrorCause

CHOOSE = {"": N_("请选择")}
LONGEST_ONCE = 64
LARGEST_KEY = 2**31
ONCE = [InputRequired(N_("请重新打开本页再登记")), Length(max=LONGEST_ONCE)]


class CaseForm(Form):
    """A case of one's own: three fields, for one hand.

    The frame of every page has a field ``on`` already.
    """

    business = SelectField(
        N_("办的业务"),
        [InputRequired(N_("请选一项业务"))],
        choices={},
        validate_choice=False,
    )
    reference = StringField(
        N_("柜台流水号"),
        [InputRequired(N_("请填写流水号")), Length(max=LONGEST_REFERENCE)],
        render_kw={
            "maxlength": LONGEST_REFERENCE,
            "autocomplete": "off",
            "autocapitalize": "characters",
        },
    )
    day = DateField(N_("哪一天"), [InputRequired(N_("请填写是哪一天的事"))])
    once = HiddenField(N_("表单"), ONCE)

    def offer(self, businesses: Mapping[str, str]) -> None:
        """Let the person choose among these, names by code."""
        self.business.choices = CHOOSE | dict(businesses)

    def blame(self, error: TrainerError) -> str:
        """Put a refusal beside its field; gives it back when it is about none."""
        for kind, field in (
            (ReferenceError_, self.reference),
            (CaseDayError, self.day),
        ):
            if isinstance(error, kind):
                field.errors = [*field.errors, error.message]
                return ""
        return error.message

    def command(self, secondment: int) -> NewCase:
        """Give the command, after ``validate()``."""
        return NewCase(
            secondment=secondment,
            business=filled(self.business),
            reference=(self.reference.data or "").strip(),
            on=filled(self.day),
            once=filled(self.once),
        )


class SignForm(Form):
    """A signature under cases of one business."""

    known: Collection[str] = ()
    cases = MultiCheckboxField(N_("办件"), choices=[], validate_choice=False)
    outcome = RadioField(N_("结果"), choices=CASE_NAMES, default="right")
    competencies = MultiCheckboxField(
        N_("说明哪些能力"), choices=[], validate_choice=False
    )
    cause = SelectField(
        N_("差错原因（改过的才选）"),
        choices=CHOOSE | {c.value: name for c, name in CAUSE_NAMES.items()},
        validate_choice=False,
    )
    words = TextAreaField(
        N_("说明（可不填；只写业务，不写群众信息）"),
        [Length(max=LONGEST_WORDS)],
        render_kw={"rows": 2, "maxlength": LONGEST_WORDS},
    )

    def offer(self, cases: Mapping[int, str], competencies: Mapping[str, str]) -> None:
        """Let the person choose among these, names by key or code."""
        self.cases.choices = [(str(key), name) for key, name in cases.items()]
        self.known = competencies.keys()
        self.competencies.choices = [*competencies.items()]

    def validate_cases(self, field: MultiCheckboxField) -> None:
        """Check that there is one."""
        if not keys_of(field.data or ()):
            raise ValidationError(N_("请至少勾一件"))

    def validate_competencies(self, field: MultiCheckboxField) -> None:
        """Check that there is one, and that each is one."""
        if not field.data:
            raise ValidationError(N_("请至少选一项能力"))
        if not set(field.data) <= set(self.known):
            raise ValidationError(N_("没有这项能力，可能已停用；请从列表里选"))

    def validate_cause(self, field: SelectField) -> None:
        """Check that it is one, if there is one."""
        if field.data and field.data not in {cause.value for cause in ErrorCause}:
            raise ValidationError(N_("没有这种原因；请从列表里选"))

    def blame(self, error: TrainerError) -> str:
        """Put a refusal beside its field; gives it back when it is about none."""
        for kind, field in (
            (NoCauseError, self.cause),
            (CitizenDataError, self.words),
        ):
            if isinstance(error, kind):
                field.errors = [*field.errors, error.message]
                return ""
        return error.message

    def command(self) -> Signature:
        """Give the command, after ``validate()``."""
        cause = self.cause.data or ""
        return Signature(
            cases=tuple(keys_of(self.cases.data or ())),
            outcome=filled(self.outcome),
            competencies=tuple(self.competencies.data or ()),
            cause=ErrorCause(cause) if cause else None,
            words=self.words.data or "",
        )


class NoteForm(Form):
    """What a newcomer writes to his mentor; its kind stands in the address."""

    words = TextAreaField(
        N_("内容（只写业务和体会，不写群众信息）"),
        [InputRequired(N_("还没有写内容；请写几句再提交")), Length(max=LONGEST)],
        render_kw={"rows": 3, "maxlength": LONGEST},
    )
    once = HiddenField(N_("表单"), ONCE)

    def command(self, secondment: int, kind: NoteKind) -> NewNote:
        """Give the command, after ``validate()``."""
        return NewNote(
            secondment=secondment,
            kind=kind,
            words=self.words.data or "",
            once=filled(self.once),
        )


class AnswerForm(Form):
    """What the mentor says to it."""

    words = TextAreaField(
        N_("回答"),
        [InputRequired(N_("还没有写内容；请写几句再提交")), Length(max=LONGEST)],
        render_kw={"rows": 2, "maxlength": LONGEST},
    )


class TakeBackForm(Form):
    """Ask why a signature is taken back."""

    reason = StringField(
        N_("为什么撤销（本人会看到）"),
        [InputRequired(N_("请写明为什么撤销")), Length(max=LONGEST_WHY)],
        render_kw={"maxlength": LONGEST_WHY},
    )


def _figure(label: str) -> IntegerField:
    return IntegerField(
        label, [InputRequired(N_("请填写数字"))], render_kw={"inputmode": "numeric"}
    )


class PlanForm(Form):
    """How long each phase takes at least, and what must be seen in it."""

    shadow = _figure(N_("跟看几周"))
    cosign = _figure(N_("全数共同签字几周"))
    cases = _figure(N_("全签阶段至少签多少件"))
    in_a_row = _figure(N_("其中最近几件要全部一次办对"))
    sample = _figure(N_("抽查几周"))
    share = _figure(N_("抽查百分之几（10 的倍数）"))
    spot = _figure(N_("抽中的最近几件要全部一次办对"))

    def command(self) -> Plan:
        """Give the plan, after ``validate()``."""
        return Plan(
            shadow=filled(self.shadow),
            cosign=filled(self.cosign),
            sample=filled(self.sample),
            cases=filled(self.cases),
            in_a_row=filled(self.in_a_row),
            spot=filled(self.spot),
            share=filled(self.share),
        )


class PhaseForm(Form):
    """Put somebody into a phase, with a reason he reads."""

    phase = SelectField(
        N_("改到哪个阶段"),
        [InputRequired(N_("请选一个阶段"))],
        choices=CHOOSE | {phase.value: PHASE_NAMES[phase] for phase in SETTABLE},
    )
    reason = StringField(
        N_("理由（本人会看到）"),
        [InputRequired(N_("请写明理由")), Length(max=LONGEST_WHY)],
        render_kw={"maxlength": LONGEST_WHY},
    )

    def command(self, secondment: int, line: str) -> PutInto:
        """Give the command, after ``validate()``."""
        return PutInto(
            secondment=secondment,
            line=line,
            phase=Phase(filled(self.phase)),
            reason=self.reason.data or "",
        )


class ChooseForm(Form):
    """Which of the proposed mentors trains somebody."""

    mentor = HiddenField(validators=[InputRequired(N_("请选一位带教老师"))])

    @property
    def key(self) -> int:
        """The key that was sent, 0 for nonsense."""
        return next(iter(keys_of([self.mentor.data or ""])), 0)


def keys_of(written: Collection[str]) -> list[int]:
    """Read keys that were sent; what is none is left out."""
    digits = (each for each in written if each.isascii() and each.isdigit())
    short = (int(each) for each in digits if len(each) <= len(str(LARGEST_KEY)))
    return [key for key in short if 0 < key < LARGEST_KEY]
