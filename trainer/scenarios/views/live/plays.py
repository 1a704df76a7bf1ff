"""Plays by two: the lists, setting up, and the page of one with its result."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for

from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.paging import Part as ListPart
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people.domain.accounts import Person
from trainer.publishing.domain.revision import Revision
from trainer.scenarios import queries
from trainer.scenarios.domain.live import LIVE_STATE_NAMES
from trainer.scenarios.domain.live import PART_NAMES
from trainer.scenarios.domain.live import Live
from trainer.scenarios.domain.live import LiveListed
from trainer.scenarios.domain.live import LiveState
from trainer.scenarios.domain.live import Part
from trainer.scenarios.domain.playing import Turn
from trainer.scenarios.domain.playing import percent
from trainer.scenarios.domain.playing import turns
from trainer.scenarios.domain.scenario import RATING_NAMES
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.shelf import Offered
from trainer.scenarios.forms.live import SetUpForm
from trainer.scenarios.forms.live import VoidForm
from trainer.scenarios.forms.live import named
from trainer.scenarios.queries import live as reads
from trainer.scenarios.queries import live_people as knows
from trainer.scenarios.service import live as service
from trainer.scenarios.views.live.blueprint import PLAY
from trainer.scenarios.views.live.blueprint import Answer
from trainer.scenarios.views.live.blueprint import bp


@dataclass(frozen=True, slots=True)
class LivesPage(Page):
    """One's own plays by two, and those of one's people."""

    template = "scenarios/live/plays.html"
    own: ListPart[LiveListed]
    overseen: ListPart[LiveListed]
    oversees: bool
    states: Mapping[LiveState, str]
    parts: Mapping[Part, str]
    per_cent: Callable[[Fraction], int] = percent


@dataclass(frozen=True, slots=True)
class ChoosePage(Page):
    """The scenarios to choose from."""

    template = "scenarios/live/choose.html"
    offered: Sequence[Offered]


@dataclass(frozen=True, slots=True)
class SetUpPage(Page):
    """Who does what in a scenario; ``chooses`` says that cases may be chosen."""

    template = "scenarios/live/new.html"
    revision: Revision
    form: SetUpForm
    people: Sequence[str]
    chooses: bool
    refusal: str


@dataclass(frozen=True, slots=True)
class LivePage(Page):
    """A play: whose turn it is while it is open, its result behind the end."""

    template = "scenarios/live/play.html"
    live: Live
    turns: tuple[Turn, ...]
    cites: Mapping[str, str]
    form: VoidForm
    states: Mapping[LiveState, str]
    parts: Mapping[Part, str]
    ratings: Mapping[Rating, str]
    per_cent: Callable[[Fraction], int] = percent


@bp.get("/")
def plays() -> str:
    """List one's own plays, and those of one's people."""
    reader, on = current.actor(), current.today()
    mine = part_number(request.args.get("part", ""))
    theirs = part_number(request.args.get("overseen", ""))
    with current.reading() as session:
        own = reads.own_lives(session, reader=reader, part=mine)
        overseen = reads.overseen_lives(session, on, reader=reader, part=theirs)
    oversees = bool(knows.LOOK_AFTER & reader.permissions)
    return render(LivesPage(own, overseen, oversees, LIVE_STATE_NAMES, PART_NAMES))


@bp.get("/new")
def new() -> str:
    """Ask which scenario is played, then by whom."""
    slug, reader = request.args.get("scenario", ""), current.actor()
    if not slug:
        with current.reading() as session:
            held = queries.offered(session, current.today(), reader=reader)
        return render(ChoosePage(held))
    return _setting_up(slug, SetUpForm(data={"once": secrets.token_hex(8)}))


@bp.post("/new")
def create() -> Answer:
    """Set a play up."""
    slug, by, at = request.args.get("scenario", ""), current.actor(), current.now()
    form = SetUpForm(request.form)
    _offer(form, slug, by)
    if not form.validate():
        return _setting_up(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            command = form.command(slug)
            key = service.set_up(
                session, command, by=by, at=at, dice=secrets.randbelow
            ).id
    except TrainerError as error:
        return _setting_up(slug, form, error.message), STATUS[error.kind]
    flash(N_("安排好了；请演群众的和观察的各打开自己的手机，登录后点“两人演练”"))
    return redirect(url_for(".play", key=key))


@bp.get(PLAY)
def play(key: int) -> str:
    """Show a play; a look at somebody else's result is noted."""
    return _page(key, VoidForm())


@bp.post(f"{PLAY}/call-off")
def call_off(key: int) -> Answer:
    """Call a play off."""
    with current.writing() as session:
        service.call_off(session, key, by=current.actor(), at=current.now())
    flash(N_("已取消，这一次不计成绩"))
    return redirect(url_for(".plays"))


@bp.post(f"{PLAY}/void")
def void(key: int) -> Answer:
    """Say that a result does not count."""
    form, by, at = VoidForm(request.form), current.actor(), current.now()
    if not form.validate():
        return _refused(key, form)
    with current.writing() as session:
        service.void(session, key, form.why.data or "", by=by, at=at)
    flash(N_("已作废，能力记录里的也撤销了"))
    return redirect(url_for(".play", key=key))


def _refused(key: int, form: VoidForm) -> Answer:
    """Show the form again, to who may fill it in."""
    with current.reading() as session:
        found = reads.live(session, key, current.today(), reader=current.actor())
    if not found.may_void:
        raise DeniedError(N_("只有观察人和他的主管、带教老师可以作废；请联系他们"))
    return _page(key, form), HTTPStatus.UNPROCESSABLE_ENTITY


def _offer(form: SetUpForm, slug: str, reader: Actor) -> tuple[Revision, list[Person]]:
    """Give a form its cases; and the scenario, and whom it suggests."""
    on = current.today()
    with current.reading() as session:
        revision, scenario = queries.scenario_on(session, slug, on, reader=reader)
        people = knows.suggested(session, on, reader=reader)
    form.offer(scenario.cases if _chooses(reader) else ())
    return revision, people


def _chooses(reader: Actor) -> bool:
    """Tell whether somebody may read the cases: who may have to answer does not."""
    return bool(knows.LOOK_AFTER & reader.permissions)


def _setting_up(slug: str, form: SetUpForm, refusal: str = "") -> str:
    reader = current.actor()
    revision, people = _offer(form, slug, reader)
    names = [named(person) for person in people]
    return render(SetUpPage(revision, form, names, _chooses(reader), refusal))


def _page(key: int, form: VoidForm) -> str:
    reader, at = current.actor(), current.now()
    with current.reading() as session:
        found = reads.live(session, key, current.today(), reader=reader)
        steps = turns(found.scenario, found.walk) if found.shows_result else ()
        cites = queries.cited(session, steps, found.scenario.on, reader=reader)
        unseen = _is_look(found) and reads.live_needs_note(
            session, key, at, reader=reader
        )
    if unseen:
        with current.writing() as session:
            service.note_live_look(session, key, by=reader, at=at)
    return render(
        LivePage(found, steps, cites, form, LIVE_STATE_NAMES, PART_NAMES, RATING_NAMES)
    )


def _is_look(found: Live) -> bool:
    """Tell whether somebody else's result is shown."""
    return found.shows_result and Part.CLERK not in found.parts
