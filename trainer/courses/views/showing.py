"""Meetings: the list, one of them, its projector view, and who was there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for

from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.checklists.domain.checklist import Severity
from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.paging import Part
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.meetings import Meeting
from trainer.courses.domain.meetings import MeetingListed
from trainer.courses.domain.meetings import opened
from trainer.courses.domain.meetings import runs_some
from trainer.courses.forms import came
from trainer.courses.forms import whole
from trainer.courses.views.blueprint import MEETING
from trainer.courses.views.blueprint import Answer
from trainer.courses.views.blueprint import bp
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries as people
from trainer.scenarios.domain.scenario import RATING_NAMES
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.domain.scenario import Rating


@dataclass(frozen=True, slots=True)
class MeetingsPage(Page):
    """The meetings of the sites somebody runs."""

    template = "courses/meetings.html"
    part: Part[MeetingListed]
    prepares: bool


@dataclass(frozen=True, slots=True)
class MeetingPage(Page):
    """A meeting: its pack, and who was there."""

    template = "courses/meeting.html"
    meeting: Meeting
    counter: str
    may_count: bool
    ticked: frozenset[int]
    severities: Mapping[Severity, str]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ShowPage(Page):
    """The pack in large type, one thing at a time; ``ways`` are the first choices."""

    template = "courses/show.html"
    meeting: Meeting
    opening: Node
    ways: tuple[Choice, ...]
    severities: Mapping[Severity, str]
    ratings: Mapping[Rating, str]


@bp.get("/")
def meetings() -> str:
    """List the meetings, the latest first."""
    reader, number = current.actor(), part_number(request.args.get("part", ""))
    with current.reading() as session:
        part = queries.meetings(session, reader=reader, part=number)
    return render(MeetingsPage(part, runs_some(reader)))


@bp.get(MEETING)
def meeting(key: int) -> str:
    """Show a meeting."""
    return _page(key)


@bp.get(f"{MEETING}/show")
def show(key: int) -> str:
    """Show the pack to a room."""
    reader, on = current.actor(), current.today()
    with current.reading() as session:
        found = queries.meeting(session, key, on, reader=reader)
    opening, ways = opened(found.scenario)
    return render(ShowPage(found, opening, ways, SEVERITY_NAMES, RATING_NAMES))


@bp.post(f"{MEETING}/attendance")
def attendance(key: int) -> Answer:
    """Record who was there, or correct it."""
    ticked = came(request.form.getlist("came"))
    seen = whole(request.form.get("seen", ""))
    by, at = current.actor(), current.now()
    try:
        with current.writing() as session:
            service.record_attendance(session, key, ticked, seen=seen, by=by, at=at)
    except (DeniedError, NotFoundError):
        raise
    except ConflictError as error:
        return _page(key, ticked, error.message), HTTPStatus.CONFLICT
    except TrainerError as error:
        return _page(key, ticked, error.message), STATUS[error.kind]
    flash(N_("出席登记好了"))
    return redirect(url_for(".meeting", key=key))


def _page(key: int, ticked: frozenset[int] | None = None, refusal: str = "") -> str:
    reader, on = current.actor(), current.today()
    with current.reading() as session:
        found = queries.meeting(session, key, on, reader=reader)
        names = people.names(session, {found.counted_by or 0}, reader=reader)
    if ticked is None:
        ticked = frozenset(each.person for each in found.people if each.came)
    return render(
        MeetingPage(
            meeting=found,
            counter=names.get(found.counted_by or 0, ""),
            may_count=found.may_count(reader),
            ticked=ticked,
            severities=SEVERITY_NAMES,
            refusal=refusal,
        )
    )
