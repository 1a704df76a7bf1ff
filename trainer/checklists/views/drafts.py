"""Which text an item goes into, and keeping it there."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from flask import request
from werkzeug.wrappers import Response

from trainer.checklists import service
from trainer.core.wording import N_
from trainer.kit.forms.drafts import DraftForm
from trainer.kit.forms.rows import words
from trainer.kit.web import current
from trainer.kit.web.translation import flash
from trainer.publishing.domain.revision import Revision
from trainer.publishing.service import changing

Answer = Response | tuple[str, HTTPStatus] | str

F = TypeVar("F", bound=DraftForm)


def text_for(slug: str, key: int | None = None) -> Revision:
    """Find the text that a change goes into: the one asked for, while it is open."""
    key = key or request.args.get("revision", type=int)
    with current.reading() as session:
        return changing.to_change(
            session, slug, key, service.OWN, reader=current.actor()
        )


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
        note=words(form.change_note.data) or note,
    )
    by, own = current.actor(), service.OWN
    with current.reading() as session:
        ready = changing.changed(session, place, change, own, by=by)
    with current.writing() as session:
        revision = changing.keep(session, place, ready, by=by, at=current.now())
    flash(N_("已保存为草稿；改完请到“看变化、送审”里送审"))
    return revision


def refused(slug: str, form: F) -> tuple[F, Revision]:
    """Set a form on the text as it is now, so that saving again goes there."""
    now = text_for(slug, form.draft.data or None)
    fields = begun(now)
    del fields["first_day"]
    return type(form)(data={**form.data, **fields}), now
