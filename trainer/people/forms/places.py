"""Forms of organisations, sites, seats and posts; a code never changes."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import ClassVar

from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import Regexp

from trainer.core.wording import N_
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.people.domain.places import CHANNEL_NAMES
from trainer.people.domain.places import CODE
from trainer.people.domain.places import ORGANISATION_NAMES
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.places import TakenError
from trainer.people.domain.posts import Place
from trainer.people.domain.posts import Post
from trainer.people.forms.secondments import RefusableForm


class PlaceForm(RefusableForm):
    """What the forms of this module share."""

    BLAMED = ((TakenError, "name"),)

    name = StringField(
        N_("名称"),
        [InputRequired(N_("请填写名称")), Length(max=64)],
        render_kw={"autocomplete": "off"},
    )

    def keep(self, before: Place | None) -> None:
        """Leave out what cannot be changed any more."""

    def value(self, before: Place | None) -> Place:
        """Give what the form says; ``before`` is what is changed, None adds."""
        raise NotImplementedError


class CodedForm(PlaceForm):
    """Ask for the code too, once."""

    HELP: ClassVar[Mapping[str, str]] = {
        "code": N_("小写字母、数字、横线，例如 east-site；导入文件用它，以后不能改")
    }

    code = StringField(
        N_("代码"),
        [
            InputRequired(N_("请填写代码")),
            Regexp(CODE, message=N_("代码用小写字母、数字和横线，最多 32 位")),
        ],
        render_kw={"autocomplete": "off"},
    )

    def keep(self, before: Place | None) -> None:
        """Leave out the code of what is there."""
        if before is not None:
            del self.code


class OrganisationForm(CodedForm):
    """Ask for the centre or a bank."""

    kind = SelectField(
        N_("性质"), choices={k.value: v for k, v in ORGANISATION_NAMES.items()}
    )

    def value(self, before: Place | None) -> Organisation:
        """Give the organisation."""
        held = before if isinstance(before, Organisation) else None
        return Organisation(
            id=held.id if held else 0,
            code=held.code if held else filled(self.code),
            name=filled(self.name).strip(),
            kind=OrganisationKind(filled(self.kind)),
            active=held.active if held else True,
        )


class SiteForm(CodedForm):
    """Ask for a site."""

    def value(self, before: Place | None) -> Site:
        """Give the site."""
        held = before if isinstance(before, Site) else None
        return Site(
            id=held.id if held else 0,
            code=held.code if held else filled(self.code),
            name=filled(self.name).strip(),
            active=held.active if held else True,
        )


class SeatForm(PlaceForm):
    """Ask for a seat; its site is chosen once."""

    HELP: ClassVar[Mapping[str, str]] = {"name": N_("例如 3号窗口；同一网点里不能重名")}

    site = SelectField(N_("网点"), coerce=int)
    channel = SelectField(
        N_("渠道"), choices={k.value: v for k, v in CHANNEL_NAMES.items()}
    )

    def offer(self, sites: Iterable[Site]) -> None:
        """Let the person choose among the sites in use."""
        self.site.choices = [(site.id, site.name) for site in sites if site.active]

    def keep(self, before: Place | None) -> None:
        """Leave out the site of a seat that is there."""
        if before is not None:
            del self.site

    def value(self, before: Place | None) -> Seat:
        """Give the seat."""
        held = before if isinstance(before, Seat) else None
        return Seat(
            id=held.id if held else 0,
            site=held.site if held else filled(self.site),
            name=filled(self.name).strip(),
            channel=Channel(filled(self.channel)),
            active=held.active if held else True,
        )


class PostForm(CodedForm):
    """Ask for a post that owns content."""

    def value(self, before: Place | None) -> Post:
        """Give the post."""
        held = before if isinstance(before, Post) else None
        code = held.code if held else filled(self.code)
        return Post(code, filled(self.name).strip())
