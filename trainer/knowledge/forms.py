"""Forms of articles: writing, approving, confirming, filtering.

The form of the front matter is made of entries, see
:mod:`trainer.knowledge.domain.entries`: it shows those whose value it can show.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from typing import cast

from wtforms import BooleanField
from wtforms import DateField
from wtforms import Field
from wtforms import HiddenField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import NumberRange
from wtforms.validators import Optional
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput
from wtforms.widgets import HiddenInput
from wtforms.widgets import NumberInput
from wtforms.widgets import TextInput

from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import RadioField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.knowledge.domain.desk import DeskFilter
from trainer.knowledge.domain.desk import DueFilter
from trainer.knowledge.domain.entries import ENTRIES
from trainer.knowledge.domain.entries import Entry
from trainer.knowledge.domain.entries import Shape
from trainer.knowledge.domain.entries import wrong_state
from trainer.knowledge.domain.heading import EditHeading
from trainer.knowledge.domain.names import CHANGE_KIND_NAMES
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.publishing.domain.following import Following
from trainer.publishing.domain.following import Follows
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import STATUS_NAMES
from trainer.publishing.domain.lifecycle import Approval
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.queries import TextKinds

ON_DESK = (
    Status.DRAFT,
    Status.IN_REVIEW,
    Status.CHANGES_REQUESTED,
    Status.DISCARDED,
)
LONGEST_NOTE = 1000
MOST_EDITS = 2**31 - 1
"""Greatest number the database keeps."""

HEAD = "head-"
"""Begins the name of a field of the front matter."""

WIDGETS = {Shape.DAY: DateInput(), Shape.NUMBER: NumberInput()}
KINDS = {kind.value: name for kind, name in CHANGE_KIND_NAMES.items()}


class DeskForm(Form):
    """Choose what of the desk is shown; what makes no sense is no filter."""

    status = SelectField(
        N_("状态"),
        choices={"": N_("在办"), **{s.value: STATUS_NAMES[s] for s in ON_DESK}},
        validate_choice=False,
    )
    kind = SelectField(N_("类型"), validate_choice=False)
    line = SelectField(N_("业务线"), validate_choice=False)
    mine = BooleanField(N_("只看我的"))
    part = StringField()

    def offer(self, lines: Mapping[str, str], kinds: TextKinds) -> None:
        """Offer the business lines and the kinds of texts by code."""
        self.line.choices = {"": N_("全部"), **lines}
        names = {code: kind.name for code, kind in kinds.items()}
        self.kind.choices = {"": N_("全部"), **names}

    def wanted(self) -> DeskFilter:
        """Give the filter."""
        chosen = self.status.data
        status = Status(chosen) if chosen in set(ON_DESK) else None
        return DeskFilter(
            status,
            self.kind.data or "",
            self.line.data or "",
            bool(self.mine.data),
            part_number(self.part.data or ""),
        )


class DueForm(Form):
    """Choose what of the due looks is shown."""

    line = SelectField(N_("业务线"), validate_choice=False)
    mine = BooleanField(N_("只看我岗位的"))
    overdue = BooleanField(N_("只看已过期的"))
    part = StringField()

    def name_lines(self, lines: Mapping[str, str]) -> None:
        """Offer the business lines by code."""
        self.line.choices = {"": N_("全部"), **lines}

    def wanted(self) -> DueFilter:
        """Give the filter."""
        return DueFilter(
            self.line.data or "",
            bool(self.mine.data),
            bool(self.overdue.data),
            part_number(self.part.data or ""),
        )


class EditorForm(Form):
    """The text of an article; ``slug`` is asked for a new one only."""

    slug = StringField(
        N_("标识"),
        [
            Length(
                max=LONGEST_SLUG,
                message=N_("标识最多 {most} 个字符", most=LONGEST_SLUG),
            )
        ],
        render_kw={"spellcheck": "false", "autocomplete": "off"},
    )
    text = TextAreaField(
        N_("正文"), [InputRequired(N_("正文是空的；请先写内容再保存"))]
    )
    based_on = IntegerField(
        N_("修改次数"),
        [Optional(), NumberRange(0, MOST_EDITS)],
        default=0,
        widget=HiddenInput(),
    )


class HeadingForm(Form):
    """The front matter of a text; :func:`heading_form` adds the entries."""

    def field(self, key: str) -> Field | None:
        """Give the field of an entry, if the form asks for it."""
        return self._fields.get(HEAD + key)

    def offer(self, names: Mapping[str, Mapping[str, str]]) -> None:
        """Offer what entries may be; a value that nobody knows stays.

        Args:
            names: Codes with their names, by key of the entry.
        """
        for key, entry in ENTRIES.items():
            field = self.field(key)
            if isinstance(field, MultiCheckboxField):
                field.choices = _choices(entry, field.data or [], names[key])
            elif isinstance(field, SelectField):
                field.choices = _choices(entry, [field.data or ""], names[key])

    def command(self, was: Mapping[str, str]) -> EditHeading:
        """Give what was changed; ``was`` are the states the form was made with."""
        fields = {name.removeprefix(HEAD): f for name, f in self._fields.items()}
        return EditHeading(was, {key: _state(f.data) for key, f in fields.items()})


def heading_form(states: Mapping[str, str]) -> type[HeadingForm]:
    """Make the form of some entries, with their states by key."""
    fields = {
        HEAD + key: _entry(entry, states[key])
        for key, entry in ENTRIES.items()
        if key in states
    }
    return type("HeadingFormOfText", (HeadingForm,), fields)


class FollowForm(Form):
    """Ask how the next text of an article differs from the one it follows."""

    follows = RadioField(
        N_("这次是"),
        [InputRequired(N_("请选择是新规定还是更正"))],
        choices={
            Follows.NEW_RULE.value: N_("新规定：从新的施行日起，旧版自动到前一天为止"),
            Follows.CORRECTION.value: N_("更正：原来写错了，施行日不变，新版取代旧版"),
        },
        default=Follows.NEW_RULE.value,
    )
    first_day = DateField(
        N_("新版施行日"), [InputRequired(N_("请填写施行日，如 2026-09-20"))]
    )
    change_kind = SelectField(
        N_("改动性质"), choices=KINDS, default=ChangeKind.SUBSTANCE.value
    )
    change_note = StringField(
        N_("改了什么（一句话，读者会看到）"),
        [InputRequired(N_("请用一句话写明改了什么")), Length(max=200)],
    )

    def command(self) -> Following:
        """Give what was filled in."""
        return Following(
            follows=Follows(filled(self.follows)),
            first_day=filled(self.first_day),
            change_kind=ChangeKind(filled(self.change_kind)),
            change_note=" ".join(filled(self.change_note).split()),
        )


class ReasonForm(Form):
    """Ask for a reason; whether one is needed is not the form's to say."""

    reason = TextAreaField(
        N_("理由"), [Length(max=LONGEST_NOTE)], render_kw={"rows": 2}
    )


class ApprovalForm(Form):
    """Decide on a text; :func:`approval_form` adds a field for each change."""

    content_hash = HiddenField(validators=[InputRequired()])
    reason = TextAreaField(
        N_("追溯理由"), [Length(max=LONGEST_NOTE)], render_kw={"rows": 2}
    )
    back = TextAreaField(
        N_("退回理由（作者会看到）"), [Length(max=LONGEST_NOTE)], render_kw={"rows": 2}
    )

    def kind_of(self, section: str) -> SelectField | None:
        """Give the field of a section, if its change needs a kind."""
        return cast("SelectField | None", self._fields.get(_kind_field(section)))

    def command(self) -> Approval:
        """Give what was decided; a kind that was not chosen is left out."""
        chosen = {
            name.removeprefix(_kind_field("")): field.data
            for name, field in self._fields.items()
            if name.startswith(_kind_field(""))
        }
        return Approval(
            content_hash=self.content_hash.data or "",
            kinds={
                section: ChangeKind(kind)
                for section, kind in chosen.items()
                if kind in set(ChangeKind)
            },
            reason=self.reason.data or "",
        )


def approval_form(
    sections: Collection[str], default: ChangeKind | None
) -> type[ApprovalForm]:
    """Make the form that asks what the change of each section means."""
    fields = {
        _kind_field(section): SelectField(
            N_("改动性质"),
            choices={"": N_("请选择"), **KINDS},
            default=default.value if default else "",
            validate_choice=False,
        )
        for section in sections
    }
    return type("ApprovalFormOfText", (ApprovalForm,), fields)


class ConfirmForm(Form):
    """Say that a text is still true: against one clause, or as a whole."""

    reference = IntegerField(validators=[Optional(), NumberRange(1, MOST_EDITS)])
    revision = IntegerField(validators=[Optional(), NumberRange(1, MOST_EDITS)])
    seen = HiddenField(validators=[Length(max=64)])
    note = StringField(N_("备注"), [Length(max=LONGEST_NOTE)])


class CompareForm(Form):
    """Choose two versions and how to lay their difference out."""

    old = IntegerField(validators=[Optional(), NumberRange(1, MOST_EDITS)])
    new = IntegerField(validators=[Optional(), NumberRange(1, MOST_EDITS)])
    view = StringField()


def _kind_field(section: str) -> str:
    return f"kind-{section}"


def _entry(entry: Entry, state: str) -> Field:
    """Make the field of an entry.

    Nothing here lets a browser refuse to send the form: what it points at may be
    folded away, and the page says what is wrong by itself.
    """
    checks = [_checked(entry)]
    if entry.shape is Shape.FLAG:
        return BooleanField(entry.label, default=bool(state))
    if entry.shape is Shape.CODES:
        chosen = state.split("\n") if state else []
        return MultiCheckboxField(
            entry.label, checks, default=chosen, validate_choice=False
        )
    if entry.shape is Shape.CHOICE:
        return SelectField(entry.label, checks, default=state, validate_choice=False)
    if entry.shape in {Shape.PARAGRAPH, Shape.WORDS}:
        few = {"rows": 2}
        return TextAreaField(entry.label, checks, default=state, render_kw=few)
    widget = WIDGETS.get(entry.shape, TextInput())
    return StringField(entry.label, checks, default=state, widget=widget)


def _checked(entry: Entry) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        if wrong := wrong_state(entry, _state(field.data)):
            raise ValidationError(wrong)

    return check


def _choices(
    entry: Entry, chosen: Iterable[str], names: Mapping[str, str]
) -> dict[str, str]:
    """Give the choices of an entry, with what is chosen now among them."""
    is_needed = entry.required or entry.shape is Shape.CODES
    offered = dict(names) if is_needed else {"": N_("不写"), **names}
    unknown = {
        code: N_("{code}（没有登记）", code=code) if code else N_("请选择")
        for code in chosen
    }
    return {**{c: n for c, n in unknown.items() if c not in offered}, **offered}


def _state(data: object) -> str:
    """Give the state that a field was left in."""
    if isinstance(data, list):
        return "\n".join(data)
    return ("true" if data else "") if isinstance(data, bool) else str(data or "")
