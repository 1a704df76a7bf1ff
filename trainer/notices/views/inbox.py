"""What one has to do today, and what one was told."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import current_app
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.paging import Part
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.notices import queries
from trainer.notices import service
from trainer.notices.domain.digesting import KIND_NAMES
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.notices import Notice
from trainer.notices.domain.tasks import Task
from trainer.notices.queries import Preference
from trainer.notices.queries import TaskSource
from trainer.notices.views.blueprint import bp


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage(Page):
    """The tasks of today, and a part of what one was told."""

    template = "notices/inbox.html"
    tasks: Sequence[Task]
    notices: Part[Notice]
    preference: Preference
    mails: bool
    kinds: Mapping[Kind, str]
    today: date


@bp.get("")
def inbox() -> str:
    """Show what to do today, computed now, and what one was told."""
    reader, at = current.actor(), current.now()
    reader.must(Permission.READ)
    own = [reader.person] if reader.person else []
    with current.reading() as session:
        tasks = queries.tasks_of(session, _sources(), own, at)
        page = InboxPage(
            tasks=tasks.get(reader.person, ()),
            notices=queries.notices(
                session, part_number(request.args.get("part", "")), reader=reader
            ),
            preference=queries.preference(session, reader=reader),
            mails=bool(current_app.extensions["mails"]),
            kinds=KIND_NAMES,
            today=current.today(),
        )
    return render(page)


def tasks_now() -> Sequence[Task]:
    """Give what whoever asks has to do, for the first page, in the order to do it.

    What another part of that page shows is left out.
    """
    reader, at = current.actor(), current.now()
    if not reader.person:
        return ()
    with current.reading() as session:
        found = queries.tasks_of(session, _sources(), [reader.person], at)
    elsewhere = cast("tuple[str, ...]", current_app.extensions["shown_elsewhere"])
    own = found.get(reader.person, ())
    return [task for task in own if not task.key.startswith(elsewhere)]


@bp.post("/<int:key>/seen")
def mark_seen(key: int) -> Response:
    """Mark a notice of one's own as seen."""
    with current.writing() as session:
        service.mark_seen(session, key, by=current.actor(), at=current.now())
    return redirect(url_for(".inbox", _anchor="told"))


@bp.post("/seen")
def mark_all_seen() -> Response:
    """Mark all of them as seen."""
    with current.writing() as session:
        service.mark_all_seen(session, by=current.actor(), at=current.now())
    flash(N_("通知都标成看过了；没做完的待办还在上面"))
    return redirect(url_for(".inbox"))


def _sources() -> Iterable[TaskSource]:
    return cast("Iterable[TaskSource]", current_app.extensions["task_sources"])
