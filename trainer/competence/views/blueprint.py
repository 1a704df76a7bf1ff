"""The blueprint that every page of competence hangs on."""

from __future__ import annotations

from flask import Blueprint

from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.people import queries as people
from trainer.people import service

bp = Blueprint("competence", __name__, url_prefix="/competence")


@bp.before_request
def _must_be_somebody() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    actor = current.actor()
    actor.must(Permission.READ)
    if not actor.person:
        raise DeniedError(N_("登录后才能看能力和授权"))


def note_look(key: int) -> None:
    """Note that whoever asks looks at a person; once an hour, and never at himself.

    Raises:
        TrainerError: it cannot be noted, so nothing may be shown.
    """
    by, at = current.actor(), current.now()
    with current.reading() as session:
        unseen = people.needs_note(session, key, at, reader=by)
    if unseen:
        with current.writing() as session:
            service.note_look(session, key, by=by, at=at)
