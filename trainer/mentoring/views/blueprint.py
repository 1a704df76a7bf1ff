"""The blueprint that every page of mentoring hangs on."""

from __future__ import annotations

from flask import Blueprint

from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.mentoring.queries import Pair
from trainer.people import queries as people
from trainer.people import service

bp = Blueprint("mentoring", __name__, url_prefix="/mentoring")


@bp.before_request
def _must_be_somebody() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    actor = current.actor()
    actor.must(Permission.READ)
    if not actor.person:
        raise DeniedError(N_("登录后才能看带教"))


def note_look(pair: Pair) -> None:
    """Note that whoever asks looks at a newcomer; once an hour, never at himself.

    Raises:
        TrainerError: it cannot be noted, so nothing may be shown.
    """
    by, at = current.actor(), current.now()
    with current.reading() as session:
        unseen = people.needs_note(session, pair.person, at, reader=by)
    if unseen:
        with current.writing() as session:
            service.note_look(session, pair.person, by=by, at=at)
