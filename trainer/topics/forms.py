"""Forms of topics: the texts, glossary and framework by parts, inputs of a formula."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from wtforms import BooleanField
from wtforms import Field
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.widgets import DateInput
from wtforms.widgets import HiddenInput

from trainer.core.document import MOST_BYTES
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.topics.domain.competencies import ALL
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import Dimension
from trainer.topics.domain.competencies import Level
from trainer.topics.domain.competencies import Tier
from trainer.topics.domain.editing import Editing
from trainer.topics.domain.editing import FieldMistake
from trainer.topics.domain.editing import PutGroup
from trainer.topics.domain.formulas.formula import Formula
from trainer.topics.domain.formulas.formula import InputMistake
from trainer.topics.domain.formulas.inputs import Input
from trainer.topics.domain.formulas.inputs import InputKind
from trainer.topics.domain.framing import Part
from trainer.topics.domain.framing import PutCompetency
from trainer.topics.domain.glossary import Group
from trainer.topics.domain.saves import BringBack
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

LONGEST_WHY = 200
"""Most characters of a reason."""


def _stripped(words: str | None) -> str:
    return (words or "").strip()


def _unix(text: str | None) -> str:
    """Undo the line ends that browsers send."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


def _listed(text: str | None) -> tuple[str, ...]:
    """Give the lines that say something."""
    lines = _unix(text).split("\n")
    return tuple(line.strip() for line in lines if line.strip())


class EditingForm(Form):
    """What every change says: what it began with, and why."""

    based_on = IntegerField(
        N_("保存序号"), [InputRequired(N_("请从页面重新打开"))], widget=HiddenInput()
    )
    why = StringField(N_("为什么改"), [Length(max=LONGEST_WHY)], filters=[_stripped])

    def editing(self) -> Editing:
        """Give what the change says."""
        return Editing(filled(self.based_on), self.why.data or "")

    def bring_back(self, name: TextName, number: int) -> BringBack:
        """Give the command that brings an earlier save back."""
        editing = self.editing()
        return BringBack(
            name=name, number=number, note=editing.why, based_on=editing.based_on
        )


class TextForm(EditingForm):
    """A whole text."""

    text = TextAreaField(
        N_("全文"),
        [Length(max=MOST_BYTES, message=N_("太长了，请拆短"))],
        filters=[_unix],
        render_kw={"rows": 28, "spellcheck": "false", "wrap": "off"},
    )
    why = StringField(
        N_("为什么改"),
        [
            InputRequired(N_("请写一句为什么改，别人以后看得懂")),
            Length(max=LONGEST_WHY),
        ],
        filters=[_stripped],
    )
    may_drop = BooleanField(N_("允许删除代码"))

    def command(self, name: TextName) -> SaveText:
        """Give the command that saves the text."""
        return SaveText(
            name=name,
            text=self.text.data or "",
            note=self.why.data or "",
            based_on=filled(self.based_on),
            may_drop=bool(self.may_drop.data),
        )


class GroupForm(EditingForm):
    """One group of the glossary; lists have one word on each line."""

    official = StringField(N_("正式词"), filters=[_stripped])
    synonyms = TextAreaField(N_("同义词"), render_kw={"rows": 4})
    spoken = TextAreaField(N_("群众说法"), render_kw={"rows": 8})
    note = StringField(N_("为什么这样归组"), filters=[_stripped])
    caused_by = StringField(N_("当时没查到的问法"), filters=[_stripped])
    id = StringField(N_("编号"), filters=[_stripped], render_kw={"autocomplete": "off"})
    may_share = BooleanField(N_("允许一词多义：这些词也可以在别的组里"))
    may_be_single = BooleanField(N_("允许单字词"))

    @classmethod
    def of(cls, group: Group, based_on: int) -> GroupForm:
        """Show a group."""
        return cls(
            id=group.id,
            official=group.official,
            synonyms="\n".join(group.synonyms),
            spoken="\n".join(group.spoken),
            note=group.note,
            caused_by=group.caused_by,
            based_on=based_on,
        )

    def command(self, instead_of: str) -> PutGroup:
        """Give the command; ``instead_of`` is the id of the group it replaces."""
        group = Group(
            id=self.id.data or "",
            official=self.official.data or "",
            synonyms=_listed(self.synonyms.data),
            spoken=_listed(self.spoken.data),
            note=self.note.data or "",
            caused_by=self.caused_by.data or "",
        )
        return PutGroup(
            group=group,
            instead_of=instead_of,
            may_share=bool(self.may_share.data),
            may_be_single=bool(self.may_be_single.data),
        )


class PlacesForm(EditingForm):
    """The place names, one on each line."""

    places = TextAreaField(N_("地名，每行一个"), render_kw={"rows": 16})

    def names(self) -> tuple[str, ...]:
        """Give the place names."""
        return _listed(self.places.data)


class CompetencyForm(EditingForm):
    """One competency; a new one gets its code from its dimension."""

    dimension = SelectField(N_("维度"), choices={}, validate_choice=False)
    name = StringField(N_("名称"), filters=[_stripped])
    about = StringField(N_("补充说明"), filters=[_stripped])
    lines = MultiCheckboxField(N_("哪些业务条线要会"), validate_choice=False)
    tiers = MultiCheckboxField(N_("哪些阶段要求"), validate_choice=False)

    def offer(self, framework: Competencies, lines: Mapping[str, str]) -> None:
        """Let the editor choose among what there is; names of lines by code."""
        self.dimension.choices = {
            one.code: f"{one.code} {one.name}" for one in framework.dimensions
        }
        self.lines.choices = [(ALL, N_("全部")), *lines.items()]
        self.tiers.choices = [(tier.code, tier.name) for tier in framework.tiers]

    def command(self, code: str) -> PutCompetency:
        """Give the command; ``code`` is of the one that is changed, empty adds one."""
        return PutCompetency(
            code=code,
            dimension=self.dimension.data or "",
            name=self.name.data or "",
            about=self.about.data or "",
            lines=tuple(self.lines.data or ()),
            tiers=tuple(self.tiers.data or ()),
        )


class DimensionForm(EditingForm):
    """One dimension."""

    name = StringField(N_("名称"), filters=[_stripped])

    def part(self, code: str) -> Dimension:
        """Give the dimension."""
        return Dimension(code, self.name.data or "")


class LevelForm(EditingForm):
    """One level: what it permits, and the evidence that shows it."""

    name = StringField(N_("名称"), filters=[_stripped])
    counter = StringField(N_("窗口能做什么"), filters=[_stripped])
    anchors = TextAreaField(N_("凭什么认定，每行一条"), render_kw={"rows": 5})

    def part(self, code: str) -> Level:
        """Give the level."""
        anchors = _listed(self.anchors.data)
        return Level(code, self.name.data or "", self.counter.data or "", anchors)


class TierForm(EditingForm):
    """One stage of a career."""

    name = StringField(N_("名称"), filters=[_stripped])
    level = SelectField(N_("要求级别"), choices={}, validate_choice=False)
    about = StringField(N_("说明"), filters=[_stripped])

    def part(self, code: str) -> Tier:
        """Give the tier."""
        told = (self.name.data or "", self.level.data or "", self.about.data or "")
        return Tier(code, *told)


PartForm: TypeAlias = "DimensionForm | LevelForm | TierForm"


def part_form(framework: Competencies, part: Part, based_on: int) -> PartForm:
    """Show a dimension, a level or a tier."""
    told: dict[str, object] = {"based_on": based_on, "name": part.name}
    if isinstance(part, Dimension):
        return DimensionForm(data=told)
    if isinstance(part, Level):
        anchors = "\n".join(part.anchors)
        told |= {"counter": part.counter, "anchors": anchors}
        return LevelForm(data=told)
    form = TierForm(data=told | {"level": part.level, "about": part.about})
    form.level.choices = {each.code: each.code for each in framework.levels}
    return form


def trial_form(formula: Formula, typed: Mapping[str, str] | None, on: date) -> Form:
    """Build the form of a formula; ``typed`` is what was sent, None shows defaults."""
    asked = {one.name: _asked(formula, one) for one in formula.inputs}
    day = StringField(
        N_("按哪一天的规定算"),
        widget=DateInput(),
        id=f"{formula.code}-on",
        default=on.isoformat(),
    )
    made: type[Form] = type("TrialForm", (Form,), {**asked, "on": day})
    return made(data=typed)


def refuse(form: Form, mistakes: Iterable[FieldMistake | InputMistake]) -> None:
    """Show mistakes at their fields; one without a name belongs to the day."""
    for mistake in mistakes:
        key = mistake.key if isinstance(mistake, FieldMistake) else mistake.name
        field = form[key or "on"]
        field.errors = [*field.errors, mistake.message]


def _asked(formula: Formula, asked: Input) -> Field:
    """Make the field of one input; the formula itself reads and checks it."""
    label = asked.label
    if asked.unit:
        label = N_("{label}（{unit}）", label=label, unit=asked.unit)
    name = f"{formula.code}-{asked.name}"
    if asked.kind is InputKind.CHOICE:
        choices = {choice.value: choice.label for choice in asked.choices}
        return SelectField(label, id=name, default=asked.default, choices=choices)
    if asked.kind is InputKind.DAY:
        return StringField(label, id=name, default=asked.default, widget=DateInput())
    shown = {"inputmode": "decimal", "autocomplete": "off"}
    return StringField(label, id=name, default=asked.default, render_kw=shown)
