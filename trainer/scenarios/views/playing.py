"""Playing a scenario, and what came of it.

Everything works without scripts: each choice is a button that sends the form. A page
knows a choice by its place only; what it is worth stands in no page before the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.scenarios import queries
from trainer.scenarios import service
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.names import NAMES
from trainer.scenarios.domain.names import Names
from trainer.scenarios.domain.playing import PlayState
from trainer.scenarios.forms.playing import ChooseForm
from trainer.scenarios.queries import Play
from trainer.scenarios.views.blueprint import bp

Answer = Response | tuple[str, HTTPStatus]

PLAY = "/plays/<int:key>"


@dataclass(frozen=True, slots=True)
class PlayPage(Page):
    """A play that is open: what was said, and what may be said now, by place."""

    template = "scenarios/play.html"
    play: Play
    who: str
    says: str
    ways: tuple[str, ...]
    refusal: str
    names: Names = NAMES


@dataclass(frozen=True, slots=True)
class DebriefPage(Page):
    """What came of a play, and what would have been better."""

    template = "scenarios/debrief.html"
    play: Play
    cited: Mapping[str, str]
    names: Names = NAMES


@bp.get(PLAY)
def play(key: int) -> str | Response:
    """Show a play that is open."""
    found = _play(key)
    if found.played.state is not PlayState.OPEN:
        return redirect(url_for(".debrief", key=key))
    return _page(found)


@bp.post(PLAY)
def choose(key: int) -> Answer:
    """Take a step; what cannot be taken shows the play as it is now."""
    command = ChooseForm(request.form).command()
    try:
        with current.writing() as session:
            row = service.choose(
                session, key, command, by=current.actor(), at=current.now()
            )
            is_open = row.state == PlayState.OPEN
    except ConflictError as error:
        found = _play(key)
        if found.played.state is PlayState.OPEN:
            return _page(found, error.message), HTTPStatus.CONFLICT
        flash(error.message)
        return redirect(url_for(".debrief", key=key))
    return redirect(url_for(".play" if is_open else ".debrief", key=key))


@bp.post(f"{PLAY}/abandon")
def abandon(key: int) -> Response:
    """Give up."""
    with current.writing() as session:
        row = service.abandon(session, key, by=current.actor(), at=current.now())
        slug = row.slug
    flash(N_("已放弃，这一次不计结果"))
    return redirect(url_for(".scenario", slug=slug))


@bp.get(f"{PLAY}/debrief")
def debrief(key: int) -> str | Response:
    """Show what came of a play; one that is open leads back to it."""
    found = _play(key)
    if found.played.state is PlayState.OPEN:
        return redirect(url_for(".play", key=key))
    with current.reading() as session:
        cited = queries.cited(
            session, found.turns, found.scenario.on, reader=current.actor()
        )
    return render(DebriefPage(found, cited))


@bp.post(f"{PLAY}/replay/<int:number>")
def replay(key: int, number: int) -> Response:
    """Go back to a turn of a play that has ended."""
    with current.writing() as session:
        by, at = current.actor(), current.now()
        begun = service.replay(session, key, number, by=by, at=at).id
    flash(N_("从第 {n} 步重来；重来的不计结果，可以放心试", n=number))
    return redirect(url_for(".play", key=begun))


def _play(key: int) -> Play:
    with current.reading() as session:
        return queries.own_play(session, key, reader=current.actor())


def _page(found: Play, refusal: str = "") -> str:
    node = found.scenario.node(found.state.at)
    assert node is not None  # noqa: S101  (an open play stands at a node)
    ways = tuple(choice.text for choice in offered(found.scenario, found.state))
    words = node.words(found.state.case)
    return render(PlayPage(found, node.who, words, ways, refusal))
