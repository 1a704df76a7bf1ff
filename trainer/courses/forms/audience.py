"""Whom a rule means and when it holds: what all forms of rules have in common."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date

from wtforms import DateField
from wtforms.validators import Optional
from wtforms.validators import ValidationError

from trainer.core.wording import N_
from trainer.courses.domain.audience import Audience
from trainer.courses.forms.meetings import must_be_possible
from trainer.courses.forms.meetings import whole
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.people.domain.secondments import day_after
from trainer.people.domain.secondments import last_day


class AudienceForm(Form):
    """For whom, and from when until when; nothing ticked means all of a kind."""

    lines = MultiCheckboxField(N_("办这些业务的人"), choices={})
    sites = MultiCheckboxField(N_("这些网点的人"), choices={})
    organisations = MultiCheckboxField(N_("这些单位派来的人"), choices={})
    posts = MultiCheckboxField(N_("这些岗位的人"), choices={})
    since: DateField
    """Its label is that of the rule."""

    last = DateField(N_("用到哪天（含当日）"), [Optional(), must_be_possible])

    def offer(
        self,
        lines: Mapping[str, str],
        sites: Mapping[int, str],
        organisations: Mapping[int, str],
        posts: Mapping[str, str],
    ) -> None:
        """Let the person choose among these, names by key or code."""
        self.lines.choices = dict(lines)
        self.sites.choices = {str(key): name for key, name in sites.items()}
        self.organisations.choices = {str(k): name for k, name in organisations.items()}
        self.posts.choices = dict(posts)

    def validate_last(self, field: DateField) -> None:
        """Check that it ends after it has begun."""
        begin = self.since.data
        if field.data is not None and begin is not None and field.data < begin:
            raise ValidationError(N_("停用的日子要晚于开始的日子"))

    def audience(self) -> Audience:
        """Give whom it means, after ``validate()``."""
        return Audience(
            sites=_keys(self.sites.data),
            organisations=_keys(self.organisations.data),
            posts=frozenset(self.posts.data or ()),
            lines=frozenset(self.lines.data or ()),
        )

    @property
    def until(self) -> date | None:
        """The first day on which it holds no more."""
        return day_after(self.last.data)

    @staticmethod
    def values_of(
        audience: Audience, since: date, until: date | None
    ) -> dict[str, object]:
        """Give what these fields begin with."""
        return {
            "lines": sorted(audience.lines),
            "sites": [*map(str, sorted(audience.sites))],
            "organisations": [*map(str, sorted(audience.organisations))],
            "posts": sorted(audience.posts),
            "since": since,
            "last": last_day(until),
        }


def _keys(typed: Iterable[str] | None) -> frozenset[int]:
    return frozenset(map(whole, typed or ()))
