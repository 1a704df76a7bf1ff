"""Preparing the pack of a meeting: suggested by a rule, decided by a person."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session

from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.meetings import Pack
from trainer.courses.domain.meetings import PackItem
from trainer.courses.domain.meetings import must_prepare
from trainer.courses.domain.suggesting import Suggested
from trainer.courses.domain.suggesting import least_played
from trainer.courses.domain.suggesting import suggested_items
from trainer.courses.forms import PackForm
from trainer.courses.forms import PlaceForm
from trainer.courses.forms import whole
from trainer.courses.views.blueprint import MEETING
from trainer.courses.views.blueprint import Answer
from trainer.courses.views.blueprint import bp
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people.domain.places import Site


@dataclass(frozen=True, slots=True)
class WherePage(Page):
    """Which site, and when; without a site of one's own nothing can be prepared."""

    template = "courses/where.html"
    form: PlaceForm
    sites: Sequence[Site]
    lacking: bool


@dataclass(frozen=True, slots=True)
class PackPage(Page):
    """The pack as a form; ``suggested`` says why these items, in a new one."""

    template = "courses/pack.html"
    form: PackForm
    site: Site
    on: date
    suggested: Sequence[Suggested]
    key: int | None
    refusal: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a pack may be made of at a site on a day."""

    site: Site
    scenarios: Mapping[str, str]
    items: Mapping[str, PackItem]


@bp.get("/new")
def new() -> Answer:
    """Ask where and when; then suggest a pack."""
    form, reader = PlaceForm(request.args), current.actor()
    with current.reading() as session:
        sites = queries.own_sites(session, reader=reader)
    form.offer_sites(sites)
    key = whole(form.site.data or "")
    must_prepare(reader, key or (sites[0].id if sites else 0))
    if not form.validate():
        form = PlaceForm(data={"on": current.today(), "site": str(key)})
        form.offer_sites(sites)
        return render(WherePage(form, sites, lacking=False))
    return _suggest(key, form.on.data or current.today(), form, sites)


@bp.post("/new")
def create() -> Answer:
    """Prepare a meeting."""
    by, at = current.actor(), current.now()
    form, offer = _filled()

    def keep(session: Session) -> int:
        return service.prepare(session, form.pack(), by=by, at=at)

    return _kept(form, offer, keep, None)


@bp.get(f"{MEETING}/pack")
def edit(key: int) -> str:
    """Show the pack as a form."""
    reader = current.actor()
    with current.reading() as session:
        found = queries.meeting(session, key, current.today(), reader=reader)
        offer = _offer(session, found.site, found.on)
    form = PackForm(data=PackForm.values(found.pack(secrets.token_hex(8))))
    return _page(form, offer, found.on, key=key)


@bp.post(f"{MEETING}/pack")
def change(key: int) -> Answer:
    """Change the pack."""
    by, at = current.actor(), current.now()
    with current.reading() as session:
        queries.meeting(session, key, current.today(), reader=by)
    form, offer = _filled()

    def keep(session: Session) -> int:
        service.change(session, key, form.pack(), by=by, at=at)
        return key

    return _kept(form, offer, keep, key)


def _suggest(key: int, on: date, place: PlaceForm, sites: Sequence[Site]) -> str:
    reader = current.actor()
    with current.reading() as session:
        offer = _offer(session, key, on)
        facts = queries.facts_of(session, key, on, reader=reader)
    suggested = suggested_items(offer.items.values(), facts)
    if not offer.scenarios or len(offer.items) < len(suggested) or not suggested:
        return render(WherePage(place, sites, lacking=True))
    pack = Pack(
        site=key,
        on=on,
        scenario=least_played(offer.scenarios, facts),
        told="",
        asked=N_("换了您，第一句话怎么说？哪一步最容易错？"),
        items=tuple(each.item.address for each in suggested),
        once=secrets.token_hex(8),
    )
    form = PackForm(data=PackForm.values(pack))
    return _page(form, offer, on, suggested=suggested)


def _filled() -> tuple[PackForm, Offer]:
    """Read the form, and give what its day offers.

    Raises:
        DeniedError: whoever asks does not run the site.
    """
    form = PackForm(request.form)
    key = whole(form.site.data or "")
    must_prepare(current.actor(), key)
    with current.reading() as session:
        offer = _offer(session, key, form.on.data or current.today())
    _give(form, offer)
    return form, offer


def _offer(session: Session, key: int, on: date) -> Offer:
    reader = current.actor()
    sites = queries.own_sites(session, reader=reader)
    site = next((each for each in sites if each.id == key), None)
    if site is None:
        raise NotFoundError(N_("没有这个网点，或者它已停用"))
    return Offer(
        site,
        queries.scenario_titles(session, on, reader=reader),
        queries.items_on(session, on, reader=reader),
    )


def _give(form: PackForm, offer: Offer) -> None:
    form.offer_sites([offer.site])
    form.offer(offer.scenarios, offer.items)


def _kept(
    form: PackForm, offer: Offer, keep: Callable[[Session], int], key: int | None
) -> Answer:
    on = form.on.data or current.today()
    if not form.validate():
        page = _page(form, offer, on, key=key)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            kept = keep(session)
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        page = _page(form, offer, on, key=key, refusal=error.message)
        return page, STATUS[error.kind]
    flash(N_("例会包准备好了；开会时点“投屏”"))
    return redirect(url_for(".meeting", key=kept))


def _page(
    form: PackForm,
    offer: Offer,
    on: date,
    *,
    suggested: Sequence[Suggested] = (),
    key: int | None = None,
    refusal: str = "",
) -> str:
    _give(form, offer)
    return render(PackPage(form, offer.site, on, suggested, key, refusal))
