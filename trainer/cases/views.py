"""Pages of flags: raised on a card, answered by who keeps the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.cases import queries
from trainer.cases import service
from trainer.cases.domain import STATE_NAMES
from trainer.cases.domain import AnsweredMeanwhileError
from trainer.cases.domain import Flag
from trainer.cases.domain import State
from trainer.cases.forms import ALL
from trainer.cases.forms import MINE
from trainer.cases.forms import AnswerForm
from trainer.cases.forms import FlagForm
from trainer.cases.forms import WantedForm
from trainer.core.paging import Part
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.addresses import own_path
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries as people
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.topics import queries as topics

bp = Blueprint("cases", __name__, url_prefix="/cases")

Answer = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class FlagsPage(Page):
    """What was flagged, for who keeps the texts."""

    template = "cases/flags.html"
    form: WantedForm
    part: Part[Flag]
    names: Mapping[int, str]
    posts: Mapping[str, str]
    states: Mapping[State, str]


@dataclass(frozen=True, slots=True)
class OwnFlagsPage(Page):
    """What one has flagged, with the answers."""

    template = "cases/own_flags.html"
    part: Part[Flag]
    states: Mapping[State, str]


@dataclass(frozen=True, slots=True)
class FlagFormPage(Page):
    """Say what is wrong with a card, once more."""

    template = "cases/flag_form.html"
    form: FlagForm
    revision: Revision


@dataclass(frozen=True, slots=True)
class FlagPage(Page):
    """One flag; ``form`` is there for who may answer it."""

    template = "cases/flag.html"
    flag: Flag
    names: Mapping[int, str]
    posts: Mapping[str, str]
    states: Mapping[State, str]
    form: AnswerForm | None
    refusal: str = ""


@bp.get("/flags")
def flags() -> str | Response:
    """List the flags that are wanted; who keeps no texts sees his own."""
    by = current.actor()
    if not by.sees_drafts:
        return redirect(url_for(".own_flags"))
    form = WantedForm(request.args, whose=MINE if by.posts else ALL)
    with current.reading() as session:
        form.offer({line.code: line.name for line in topics.topics(session).lines})
        wanted = form.wanted(part_number(request.args.get("part", "")), by)
        part = queries.flags(session, wanted, reader=by)
        raisers = {flag.raised_by for flag in part.items}
        names = people.names(session, raisers, reader=by)
        posts = _posts(session)
    return render(FlagsPage(form, part, names, posts, STATE_NAMES))


@bp.post("/flags")
def raise_flag() -> Answer:
    """Flag a card, then go back to it."""
    form, by = FlagForm(request.form), current.actor()
    with current.reading() as session:
        revision = publishing.revision(session, form.key(), reader=by)
    if not form.validate():
        page = FlagFormPage(form, revision)
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    with current.writing() as session:
        service.raise_flag(session, form.command(), by=by, at=current.now())
    flash(N_("谢谢！已转给负责的岗位，答复会出现在“有误反馈”里"))
    card = url_for("knowledge.article", slug=revision.slug, on=form.on.data)
    return redirect(own_path(form.back.data or "", card))


@bp.get("/flags/mine")
def own_flags() -> str:
    """Show what one has flagged."""
    number = part_number(request.args.get("part", ""))
    with current.reading() as session:
        part = queries.own(session, reader=current.actor(), part=number)
    return render(OwnFlagsPage(part, STATE_NAMES))


@bp.post("/flags/mine/seen")
def mark_seen() -> Response:
    """Note that one has seen the answers."""
    with current.writing() as session:
        service.mark_seen(session, by=current.actor(), at=current.now())
    return redirect(url_for(".own_flags"))


@bp.get("/flags/<int:key>")
def flag(key: int) -> str:
    """Show a flag."""
    with current.reading() as session:
        found = queries.flag(session, key, reader=current.actor())
        return render(_page(session, found, _form_for(found)))


@bp.post("/flags/<int:key>/answer")
def answer(key: int) -> Answer:
    """Answer a flag."""
    by, at = current.actor(), current.now()
    with current.reading() as session:
        found = queries.flag_to_answer(session, key, reader=by)
        form = AnswerForm(request.form)
        form.offer(found)
        if not form.validate():
            page = _page(session, found, form)
            return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            service.answer(session, form.command(found), by=by, at=at)
    except AnsweredMeanwhileError as error:
        with current.reading() as session:
            page = _page(session, found, form, refusal=error.message)
        return render(page), HTTPStatus.CONFLICT
    flash(N_("已答复，提出的人会看到"))
    return redirect(url_for(".flags"))


def _form_for(flag: Flag) -> AnswerForm | None:
    if not (current.actor().sees_drafts and flag.next_states):
        return None
    form = AnswerForm(seen=flag.state.value)
    form.offer(flag)
    return form


def _page(
    session: Session, flag: Flag, form: AnswerForm | None, *, refusal: str = ""
) -> FlagPage:
    known = {flag.raised_by, flag.answered_by or 0}
    names = people.names(session, known, reader=current.actor())
    return FlagPage(flag, names, _posts(session), STATE_NAMES, form, refusal)


def _posts(session: Session) -> dict[str, str]:
    return {post.code: post.name for post in people.posts(session)}
