"""Organisations, sites, seats and posts, for administrators: kept, never deleted."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import Any

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.places import CHANNEL_NAMES
from trainer.people.domain.places import ORGANISATION_NAMES
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Counts
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.posts import Holder
from trainer.people.domain.posts import Place
from trainer.people.domain.posts import Post
from trainer.people.forms import OrganisationForm
from trainer.people.forms import PlaceForm
from trainer.people.forms import PostForm
from trainer.people.forms import SeatForm
from trainer.people.forms import SiteForm
from trainer.people.views.blueprint import places as bp
from trainer.people.views.form_pages import Answer
from trainer.people.views.form_pages import FormPage
from trainer.people.views.form_pages import carried_out

KINDS = "<any(organisations, sites, seats, posts):kind>"
PLACES = "<any(organisations, sites, seats):kind>"


@dataclass(frozen=True, slots=True)
class PlacesPage(Page):
    """Organisations and sites with their seats; how many people are there."""

    template = "people/places.html"
    organisations: Sequence[Organisation]
    sites: Sequence[Site]
    seats: Mapping[int, Sequence[Seat]]
    counts: Counts
    kinds: Mapping[OrganisationKind, str]
    channels: Mapping[Channel, str]


@dataclass(frozen=True, slots=True)
class PostsPage(Page):
    """Posts with who holds them."""

    template = "people/posts.html"
    posts: Sequence[Post]
    holders: Mapping[str, Sequence[Holder]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place: how it is added and changed, its form, where it is listed."""

    adding: str
    changing: str
    form: type[PlaceForm]
    found: Callable[[Session], Sequence[Place]]
    listed_at: str


@bp.get("")
def places() -> str:
    """List organisations, sites and seats."""
    with current.reading() as session:
        seats: dict[int, list[Seat]] = {}
        for seat in queries.seats(session):
            seats.setdefault(seat.site, []).append(seat)
        page = PlacesPage(
            queries.organisations(session),
            queries.sites(session),
            seats,
            queries.counts(session, current.today(), reader=current.actor()),
            ORGANISATION_NAMES,
            CHANNEL_NAMES,
        )
    return render(page)


@bp.get("/posts")
def posts() -> str:
    """List posts with who holds them."""
    with current.reading() as session:
        held = queries.holders(session, reader=current.actor())
        return render(PostsPage(queries.posts(session), held))


@bp.route(f"/{KINDS}/new", methods=["GET", "POST"])
def new(kind: str) -> Answer:
    """Add a place."""
    return _edited(KIND[kind], None)


@bp.route(f"/{KINDS}/<key>", methods=["GET", "POST"])
def edit(kind: str, key: str) -> Answer:
    """Change what a place is called."""
    return _edited(KIND[kind], _place(KIND[kind], key))


@bp.post(f"/{PLACES}/<key>/retire")
def retire(kind: str, key: str) -> Response:
    """Take a place out of use; nobody may be there."""
    return _set_active(kind, key, active=False)


@bp.post(f"/{PLACES}/<key>/reopen")
def reopen(kind: str, key: str) -> Response:
    """Take a place into use again."""
    return _set_active(kind, key, active=True)


def _set_active(kind: str, key: str, *, active: bool) -> Response:
    by, at = current.actor(), current.now()
    place = _place(KIND[kind], key)
    if isinstance(place, Post):
        raise NotFoundError(N_("岗位没有停用；没有人负责时请换人担任"))
    with current.writing() as session:
        service.save_place(session, replace(place, active=active), by=by, at=at)
    name = place.name
    flash(
        N_("已启用：{name}", name=name) if active else N_("已停用：{name}", name=name)
    )
    return redirect(url_for(KIND[kind].listed_at))


def _place(kind: Kind, key: str) -> Place:
    with current.reading() as session:
        for place in kind.found(session):
            if key == _key(place):
                return place
    raise NotFoundError(N_("没有这条记录；可能是旧链接，请回到列表再选"))


def _key(place: Place) -> str:
    return place.code if isinstance(place, Post) else str(place.id)


def _edited(kind: Kind, before: Place | None) -> Answer:
    form = kind.form(request.form or None, data=_values(before))
    if isinstance(form, SeatForm):
        with current.reading() as session:
            form.offer(queries.sites(session))
    form.keep(before)
    heading = kind.changing if before else kind.adding
    back = url_for(kind.listed_at)
    trail = ((N_("机构与网点"), url_for(".places")), (heading, ""))
    facts: dict[str, str]
    facts = {N_("代码"): before.code} if before and not isinstance(before, Seat) else {}
    page = FormPage(form, heading, N_("保存"), trail, back, facts=facts)

    def save() -> str:
        return _save(form.value(before), before)

    return carried_out(page, save) if request.method == "POST" else render(page)


def _values(before: Place | None) -> dict[str, Any]:
    """Give what a form shows; a new seat stands at the site the address names."""
    if isinstance(before, Organisation):
        return {"name": before.name, "kind": before.kind.value}
    if isinstance(before, Seat):
        return {"name": before.name, "channel": before.channel.value}
    if before is not None:
        return {"name": before.name}
    site = request.args.get("site", "")
    return {"site": int(site)} if site.isascii() and site.isdigit() else {}


def _save(place: Place, before: Place | None) -> str:
    by, at = current.actor(), current.now()
    with current.writing() as session:
        if not isinstance(place, Post):
            service.save_place(session, place, by=by, at=at)
        elif before is None:
            service.add_post(session, place, by=by, at=at)
        else:
            service.rename_post(session, place, by=by, at=at)
    return N_("已保存：{name}", name=place.name)


_AT_PLACES, _AT_POSTS = "people.places.places", "people.places.posts"
KIND = {
    "organisations": Kind(
        N_("新增机构"),
        N_("修改机构"),
        OrganisationForm,
        queries.organisations,
        _AT_PLACES,
    ),
    "sites": Kind(N_("新增网点"), N_("修改网点"), SiteForm, queries.sites, _AT_PLACES),
    "seats": Kind(
        N_("新增窗口或座席"), N_("修改窗口或座席"), SeatForm, queries.seats, _AT_PLACES
    ),
    "posts": Kind(N_("新增岗位"), N_("修改岗位"), PostForm, queries.posts, _AT_POSTS),
}
