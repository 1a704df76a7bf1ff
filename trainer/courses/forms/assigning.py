"""Forms of assigned courses: a rule, a batch of people, a waiver, taking plans away."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from datetime import datetime

from wtforms import DateField
from wtforms import HiddenField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import NumberRange
from wtforms.validators import Optional
from wtforms.validators import ValidationError

from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.courses.domain.assigning import LONGEST_NAME
from trainer.courses.domain.assigning import LONGEST_WHY
from trainer.courses.domain.assigning import AssignmentMistakeError
from trainer.courses.domain.assigning import AssignRule
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.assigning import Waiver
from trainer.courses.domain.assigning import must_make_sense
from trainer.courses.domain.audience import EVERYBODY
from trainer.courses.domain.audience import TIER_NAMES
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Tier
from trainer.courses.domain.foreseeing import Confirmed
from trainer.courses.domain.terms import ANCHOR_NAMES
from trainer.courses.domain.terms import MOST_DAYS
from trainer.courses.domain.terms import Anchor
from trainer.courses.domain.terms import Term
from trainer.courses.forms.audience import AudienceForm
from trainer.courses.forms.meetings import ONCE
from trainer.courses.forms.meetings import must_be_possible
from trainer.courses.forms.meetings import whole
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.people.domain.secondments import day_after
from trainer.people.domain.secondments import last_day

BY_HAND = (Anchor.ARRIVAL, Anchor.DAY)
"""What a term is counted from when people are ticked."""

LONGEST_SLUG = 200
SEAL = 64
EVERYTHING = {"": N_("全部")}


class CoursesForm(Form):
    """Which courses until when: what a rule and a batch of people have in common."""

    name = StringField(
        N_("名称"),
        [InputRequired(N_("请起个名字")), Length(max=LONGEST_NAME)],
        render_kw={"maxlength": LONGEST_NAME},
    )
    courses = MultiCheckboxField(N_("课程"), choices={})
    anchor = SelectField(N_("期限从哪天算"), choices={})
    days = IntegerField(
        N_("之后多少天"),
        [
            Optional(),
            NumberRange(-MOST_DAYS, MOST_DAYS, N_("天数写 -365 到 365")),
        ],
    )
    day = DateField(N_("指定的日子"), [Optional(), must_be_possible])
    once = HiddenField(validators=[InputRequired(), Length(max=ONCE)])
    based_on = HiddenField(default="0")
    seal = HiddenField(validators=[Length(max=SEAL)])

    def validate_courses(self, field: MultiCheckboxField) -> None:
        """Check that there is one."""
        if not field.data:
            raise ValidationError(N_("请至少勾一门课程"))

    def offer_courses(
        self, titles: Mapping[str, str], anchors: Collection[Anchor]
    ) -> None:
        """Let the person choose among these courses and terms."""
        self.courses.choices = dict(titles)
        self.anchor.choices = {each.value: ANCHOR_NAMES[each] for each in anchors}

    def confirmed(self, text: AssignText) -> Confirmed:
        """Give the command, after ``validate()``."""
        return Confirmed(
            text=text,
            seal=self.seal.data or "",
            once=self.once.data or "",
            based_on=whole(self.based_on.data or ""),
        )

    def term(self, policy: str = "") -> Term:
        """Give the term as it is typed."""
        anchor = Anchor(self.anchor.data)
        return Term(
            anchor=anchor,
            days=0 if anchor is Anchor.DAY else self.days.data or 0,
            day=self.day.data if anchor is Anchor.DAY else None,
            policy=policy if anchor is Anchor.EFFECTIVE else "",
        )

    def must_make_sense(self, text: AssignText) -> bool:
        """Tell whether it does; what does not is said beside the term."""
        try:
            must_make_sense(text)
        except AssignmentMistakeError as error:
            self.anchor.errors = [*self.anchor.errors, error.message]
            return False
        return True


class BatchForm(CoursesForm):
    """Some people who are ticked learn some courses."""

    people = MultiCheckboxField(N_("派给谁"), choices={})

    def offer_people(self, names: Mapping[int, str]) -> None:
        """Let the person choose among these."""
        self.people.choices = {str(key): name for key, name in names.items()}

    def validate_people(self, field: MultiCheckboxField) -> None:
        """Check that there is one."""
        if not field.data:
            raise ValidationError(N_("请至少勾一个人"))

    def text(self, on: date) -> AssignText:
        """Give what the rule says that this makes, from a day on."""
        return AssignText(
            name=(self.name.data or "").strip(),
            courses=frozenset(self.courses.data or ()),
            audience=Audience(people=frozenset(map(whole, self.people.data or ()))),
            term=self.term(),
            since=on,
        )


class IntakeForm(Form):
    """Which people are offered: by arrival, site and bank; nonsense narrows nothing."""

    since = DateField(N_("哪天以后到岗"), [Optional()])
    site = SelectField(N_("网点"), choices=EVERYTHING)
    bank = SelectField(N_("派出单位"), choices=EVERYTHING)

    def offer(self, sites: Mapping[int, str], banks: Mapping[int, str]) -> None:
        """Let the person choose among these."""
        self.site.choices = EVERYTHING | {str(k): name for k, name in sites.items()}
        self.bank.choices = EVERYTHING | {str(k): name for k, name in banks.items()}


class AssignRuleForm(AudienceForm, CoursesForm):
    """Who learns what until when; nothing ticked means all of a kind."""

    policy = StringField(
        N_("哪篇政策"), [Length(max=LONGEST_SLUG)], render_kw={"inputmode": "url"}
    )
    tiers = MultiCheckboxField(
        N_("这些阶段的人"),
        choices={each.value: name for each, name in TIER_NAMES.items()},
    )
    arrived_from = DateField(N_("从哪天起到岗"), [Optional(), must_be_possible])
    arrived_last = DateField(
        N_("到哪天为止到岗（含当日）"), [Optional(), must_be_possible]
    )
    tenure_least = IntegerField(
        N_("到岗至少多少天"), [Optional(), NumberRange(0, 9999, N_("天数写 0 到 9999"))]
    )
    tenure_most = IntegerField(
        N_("到岗最多多少天"), [Optional(), NumberRange(0, 9999, N_("天数写 0 到 9999"))]
    )
    since = DateField(
        N_("从哪天开始派"),
        [InputRequired(N_("请填写日期，如 2026-09-20")), must_be_possible],
    )

    @property
    def slug(self) -> str:
        """The article, also when its whole address was pasted."""
        return (self.policy.data or "").strip().partition("?")[0].rpartition("/")[2]

    @staticmethod
    def values(rule: AssignRule, once: str) -> dict[str, object]:
        """Give what the form of a rule begins with."""
        text, term, who = rule.text, rule.text.term, rule.text.audience
        return {
            **AudienceForm.values_of(who, text.since, text.until),
            "name": text.name,
            "courses": sorted(text.courses),
            "anchor": term.anchor.value,
            "days": term.days,
            "day": term.day,
            "policy": term.policy,
            "tiers": sorted(who.tiers),
            "arrived_from": who.arrived_from,
            "arrived_last": last_day(who.arrived_to),
            "tenure_least": who.tenure_least,
            "tenure_most": who.tenure_most,
            "once": once,
            "based_on": str(rule.edit),
        }

    def text(self, before: Audience = EVERYBODY) -> AssignText:
        """Give what the rule says, after ``validate()``; whom it names stays."""
        return AssignText(
            name=(self.name.data or "").strip(),
            courses=frozenset(self.courses.data or ()),
            audience=replace(
                self.audience(),
                people=before.people,
                tiers=frozenset(map(Tier, self.tiers.data or ())),
                arrived_from=self.arrived_from.data,
                arrived_to=day_after(self.arrived_last.data),
                tenure_least=self.tenure_least.data,
                tenure_most=self.tenure_most.data,
            ),
            term=self.term(self.slug),
            since=filled(self.since),
            until=self.until,
        )


class EndForm(Form):
    """End a rule, as its preview has shown."""

    based_on = HiddenField(default="0")
    seal = HiddenField(validators=[Length(max=SEAL)])


class WaiverForm(Form):
    """Free somebody of a course, and say why."""

    course = SelectField(N_("免学哪门课"), choices={})
    why = TextAreaField(
        N_("为什么"),
        [InputRequired(N_("请写明为什么免学")), Length(max=LONGEST_WHY)],
        render_kw={"rows": 2, "maxlength": LONGEST_WHY},
    )
    last = DateField(N_("免到哪天（含当日）"), [Optional(), must_be_possible])
    once = HiddenField(validators=[InputRequired(), Length(max=ONCE)])

    def offer(self, titles: Mapping[str, str]) -> None:
        """Let the person choose among these courses."""
        self.course.choices = dict(titles)

    def waiver(self, person: int, *, by: Actor, at: datetime) -> Waiver:
        """Give the command, after ``validate()``."""
        return Waiver(
            person=person,
            course=self.course.data or "",
            why=self.why.data or "",
            by=by.person,
            at=at,
            until=day_after(self.last.data),
        )
