"""Form of a rule of read duties."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import timedelta

from wtforms import DateField
from wtforms import HiddenField
from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import NumberRange
from wtforms.validators import Optional
from wtforms.validators import ValidationError

from trainer.core.wording import N_
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.duties import LONGEST_NAME
from trainer.courses.domain.duties import MOST_DAYS
from trainer.courses.domain.duties import Rule
from trainer.courses.domain.duties import RuleText
from trainer.courses.forms.meetings import ONCE
from trainer.courses.forms.meetings import must_be_possible
from trainer.courses.forms.meetings import whole
from trainer.kit.forms import Form
from trainer.kit.forms import IntegerField
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import filled


class RuleForm(Form):
    """Who must read what, and until when; nothing ticked means all of a kind."""

    name = StringField(
        N_("规则名称"),
        [InputRequired(N_("请给规则起个名字")), Length(max=LONGEST_NAME)],
        render_kw={"maxlength": LONGEST_NAME},
    )
    topics = MultiCheckboxField(N_("哪些业务的政策"), choices={})
    lines = MultiCheckboxField(N_("办这些业务的人"), choices={})
    sites = MultiCheckboxField(N_("这些网点的人"), choices={})
    organisations = MultiCheckboxField(N_("这些单位派来的人"), choices={})
    posts = MultiCheckboxField(N_("这些岗位的人"), choices={})
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
    last = DateField(N_("用到哪天（含当日）"), [Optional(), must_be_possible])
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
        self.topics.choices = self.lines.choices = dict(lines)
        self.sites.choices = _written(sites)
        self.organisations.choices = _written(organisations)
        self.posts.choices = dict(posts)

    def validate_last(self, field: DateField) -> None:
        """Check that it ends after it has begun."""
        begin = self.since.data
        if field.data is not None and begin is not None and field.data < begin:
            raise ValidationError(N_("停用的日子要晚于开始的日子"))

    @staticmethod
    def values(rule: Rule, once: str) -> dict[str, object]:
        """Give what the form of a rule begins with."""
        text, audience = rule.text, rule.text.audience
        return {
            "name": text.name,
            "topics": sorted(text.topics),
            "lines": sorted(audience.lines),
            "sites": [*map(str, sorted(audience.sites))],
            "organisations": [*map(str, sorted(audience.organisations))],
            "posts": sorted(audience.posts),
            "days": text.days,
            "since": text.since,
            "last": text.until and text.until - timedelta(days=1),
            "once": once,
            "based_on": str(rule.edit),
        }

    def command(self) -> RuleText:
        """Give the command, after ``validate()``."""
        return RuleText(
            name=(self.name.data or "").strip(),
            audience=Audience(
                sites=_keys(self.sites.data),
                organisations=_keys(self.organisations.data),
                posts=frozenset(self.posts.data or ()),
                lines=frozenset(self.lines.data or ()),
            ),
            topics=frozenset(self.topics.data or ()),
            days=filled(self.days),
            since=filled(self.since),
            until=self._until(),
        )

    def _until(self) -> date | None:
        return self.last.data + timedelta(days=1) if self.last.data else None

    @property
    def edit(self) -> int:
        """The save that the page was made from."""
        return whole(self.based_on.data or "")


def _written(names: Mapping[int, str]) -> dict[str, str]:
    return {str(key): name for key, name in names.items()}


def _keys(typed: Iterable[str] | None) -> frozenset[int]:
    return frozenset(map(whole, typed or ()))
