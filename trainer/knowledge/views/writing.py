"""The page of the editor, and saving from it.

Whatever goes wrong, the page comes back with what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.document import MOST_BYTES
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.knowledge import queries
from trainer.knowledge import service
from trainer.knowledge.domain.comparison import compared_texts
from trainer.knowledge.domain.desk import Codes
from trainer.knowledge.domain.desk import OpenText
from trainer.knowledge.domain.desk import Preview
from trainer.knowledge.forms import EditorForm
from trainer.knowledge.views.heading import HeadingPart
from trainer.knowledge.views.heading import SentHeading
from trainer.knowledge.views.heading import sent
from trainer.knowledge.views.heading import shown
from trainer.knowledge.views.kinds import text_kinds
from trainer.publishing.domain.diff import Piece
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.typed import tidied
from trainer.publishing.service import EditedMeanwhileError
from trainer.publishing.service import Prepared

Answer = Response | tuple[str, HTTPStatus] | str
Write = Callable[[Session, Prepared], Revision]
"""Keeps a text that was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where on the desk somebody writes; ``slug`` is empty for a new article."""

    heading: str
    action: str
    kind: str
    slug: str = ""
    draft: OpenText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a try to save.

    ``theirs`` is what somebody else has saved meanwhile, ``pieces`` how the typed
    text differs from it.
    """

    refusal: str = ""
    mistakes: Sequence[Mistake] = ()
    theirs: str = ""
    pieces: Sequence[Piece] = ()
    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class EditorPage(Page):
    """A text, and what is to be said about it."""

    template = "knowledge/editor.html"
    form: EditorForm
    place: Place
    outcome: Outcome
    codes: Codes
    heading: HeadingPart
    most_bytes: int = MOST_BYTES


def show(
    form: EditorForm,
    place: Place,
    outcome: Outcome | None = None,
    left: SentHeading | None = None,
) -> str:
    """Show the editor; the form of the front matter as it was left, or as the text."""
    with current.reading() as session:
        codes = queries.codes(session)
    part = left.part(codes) if left else shown(form.text.data or "", codes)
    return render(EditorPage(form, place, outcome or Outcome(), codes, part))


def save(place: Place, write: Write) -> Answer:
    """Keep what was typed, or show the page again with what is wrong."""
    form, left = EditorForm(request.form), sent()
    if not (form.validate() and left.form.validate()):
        return show(form, place, left=left), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        form.text.data = left.put_into(form.text.data or "")
    except MistakesError as error:
        outcome = Outcome(mistakes=error.mistakes)
        return show(form, place, outcome, left), HTTPStatus.UNPROCESSABLE_ENTITY
    if "preview" in request.form:
        slug = place.slug or form.slug.data or ""
        return show(form, place, Outcome(preview=preview(slug, form.text.data or "")))
    try:
        revision = _written(form.text.data or "", place, write)
    except TrainerError as error:
        return _refused(form, place, error), STATUS[error.kind]
    if revision.status is Status.IN_REVIEW:
        flash(N_("已送审，等待审批人处理"))
        return redirect(url_for(".review", key=revision.id))
    flash(N_("已保存"))
    return redirect(url_for(".edit", key=revision.id))


def preview(slug: str, text: str) -> Preview:
    """Show how a text would look."""
    with current.reading() as session:
        return service.preview(
            session,
            slug,
            text,
            by=current.actor(),
            at=current.now(),
            kinds=text_kinds(),
        )


def _written(text: str, place: Place, write: Write) -> Revision:
    """Render before the transaction begins, so that no other writer waits for it."""
    kinds = text_kinds()
    with current.reading() as session:
        prepared = service.prepare_typed(session, text, kinds, place.kind)
        manuscript = prepared.manuscript
        warnings = kinds[manuscript.kind].warnings(session, manuscript)
    with current.writing() as session:
        revision = write(session, prepared)
        if "submit" in request.form:
            revision = service.submit_text(
                session, revision.id, by=current.actor(), at=current.now()
            )
    for warning in warnings:
        flash(warning.message)
    return revision


def _refused(form: EditorForm, place: Place, error: TrainerError) -> str:
    if isinstance(error, MistakesError):
        return show(form, place, Outcome(mistakes=error.mistakes))
    if not isinstance(error, EditedMeanwhileError) or place.draft is None:
        return show(form, place, Outcome(refusal=error.message))
    with current.reading() as session:
        key = place.draft.revision.id
        now = queries.open_text(session, key, reader=current.actor())
    typed = tidied(form.text.data or "")
    # Saving again is based on theirs.
    again = EditorForm(data={"text": typed, "based_on": now.revision.edit})
    pieces = compared_texts(now.text, typed)
    outcome = Outcome(refusal=error.message, theirs=now.text, pieces=pieces)
    return show(again, place, outcome)
