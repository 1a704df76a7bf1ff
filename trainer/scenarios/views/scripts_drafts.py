"""What the forms of a scenario share: where a change goes, keeping it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.forms.drafts import DraftForm
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.translation import flash
from trainer.publishing.domain.revision import Revision
from trainer.publishing.service import changing
from trainer.scenarios.service import OWN

Answer = Response | tuple[str, HTTPStatus] | str
F = TypeVar("F", bound=DraftForm)


def asked_revision() -> int | None:
    """Give the key of the text that the address names."""
    return request.args.get("revision", type=int)


def text_for(session: Session, slug: str) -> Revision:
    """Find the text that a change goes into."""
    reader = current.actor()
    return changing.to_change(session, slug, asked_revision(), OWN, reader=reader)


def begun(revision: Revision) -> dict[str, object]:
    """Give the fields that remember which text was opened."""
    return changing.remembered(revision, current.today())


def save(
    slug: str, form: DraftForm, note: str, change: Callable[[str], str]
) -> Revision:
    """Keep a change in a draft.

    Raises:
        TrainerError: it was not kept; the sentence says why.
    """
    place = changing.Place(
        slug=slug,
        draft=form.draft.data or 0,
        based_on=form.based_on.data or 0,
        first_day=form.first_day.data or current.today(),
        note=" ".join((form.change_note.data or note).split()),
    )
    by = current.actor()
    with current.reading() as session:
        ready = changing.changed(session, place, change, OWN, by=by)
    with current.writing() as session:
        revision = changing.keep(session, place, ready, by=by, at=current.now())
    flash(N_("已保存为草稿；改完请到“看变化、送审”里送审"))
    return revision


def refused(slug: str, form: F) -> tuple[F, Revision]:
    """Set a form on the text as it is now, so that saving again goes there."""
    with current.reading() as session:
        key = form.draft.data or None
        now = changing.to_change(session, slug, key, OWN, reader=current.actor())
    fields = begun(now)
    del fields["first_day"]
    return type(form)(data={**form.data, **fields}), now


def status_of(error: TrainerError) -> HTTPStatus:
    """Give the status of a page that says why nothing was kept."""
    return HTTPStatus(STATUS[error.kind])
