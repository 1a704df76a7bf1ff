"""Form of a rule of read duties."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import DateField
from wtforms import HiddenField
from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import NumberRange

from trainer.core.wording import N_
from trainer.courses.domain.duties import LONGEST_NAME
from trainer.courses.domain.duties import MOST_DAYS
from trainer.courses.domain.duties import Rule
from trainer.courses.domain.duties import RuleText
from trainer.courses.forms.audience import AudienceForm
from trainer.courses.forms.meetings import ONCE
from trainer.courses.forms.meetings import must_be_possible
from trainer.courses.forms.meetings import whole
from trainer.kit.forms import IntegerField
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import filled


class RuleForm(AudienceForm):
    """Who must read what, and until when; nothing ticked means all of a kind."""

    name = StringField(
        N_("规则名称"),
        [InputRequired(N_("请给规则起个名字")), Length(max=LONGEST_NAME)],
        render_kw={"maxlength": LONGEST_NAME},
    )
    topics = MultiCheckboxField(N_("哪些业务的政策"), choices={})
    days = IntegerField(
        N_("给几天"),
        [
            InputRequired(N_("请填写天数")),
            NumberRange(1, MOST_DAYS, N_("期限写 1 到 90 天")),
        ],
    )
    since = DateField(
        N_("从哪天批准的版本开始"),
        [InputRequired(N_("请填写日期，如 2026-09-20")), must_be_possible],
    )
    once = HiddenField(validators=[InputRequired(), Length(max=ONCE)])
    based_on = HiddenField(default="0")

    def offer(
        self,
        lines: Mapping[str, str],
        sites: Mapping[int, str],
        organisations: Mapping[int, str],
        posts: Mapping[str, str],
    ) -> None:
        """Let the person choose among these, names by key or code."""
        super().offer(lines, sites, organisations, posts)
        self.topics.choices = dict(lines)

    @staticmethod
    def values(rule: Rule, once: str) -> dict[str, object]:
        """Give what the form of a rule begins with."""
        text = rule.text
        return {
            **AudienceForm.values_of(text.audience, text.since, text.until),
            "name": text.name,
            "topics": sorted(text.topics),
            "days": text.days,
            "once": once,
            "based_on": str(rule.edit),
        }

    def command(self) -> RuleText:
        """Give the command, after ``validate()``."""
        return RuleText(
            name=(self.name.data or "").strip(),
            audience=self.audience(),
            topics=frozenset(self.topics.data or ()),
            days=filled(self.days),
            since=filled(self.since),
            until=self.until,
        )

    @property
    def edit(self) -> int:
        """The save that the page was made from."""
        return whole(self.based_on.data or "")
