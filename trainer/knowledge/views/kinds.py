"""The kinds of texts the site has named, and where the page of a text is."""

from __future__ import annotations

from typing import cast

from flask import current_app
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.errors import NotFoundError
from trainer.kit.web import current
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries import TextKinds


def text_kinds() -> TextKinds:
    """Give the kinds the site has named."""
    return cast("TextKinds", current_app.extensions["text_kinds"])


def readable_kinds() -> TextKinds:
    """Give the kinds whose versions exist for whoever asks."""
    is_staff = current.actor().sees_drafts
    return {c: kind for c, kind in text_kinds().items() if kind.is_article or is_staff}


def text_url(text: Revision, /, **more: object) -> str:
    """Give the address of the page of a text, by its kind."""
    kind = text_kinds().get(text.kind)
    home = kind.home if kind else "knowledge.article"
    return url_for(home, slug=text.slug, **more)  # type: ignore[arg-type]  # any values


def own_page(slug: str, number: int | None, missing: NotFoundError) -> Response:
    """Lead to the own page of a text that is no article.

    Raises:
        NotFoundError: there is none for whoever asks; the one that was given.
    """
    reader = current.actor()
    with current.reading() as session:
        try:
            shown = publishing.versions(session, reader=reader, slug=slug)
        except NotFoundError:
            raise missing from None
    chosen = next((r for r in shown if number in {None, r.number}), None)
    kind = text_kinds().get(chosen.kind) if chosen else None
    if chosen is None or kind is None or kind.is_article:
        raise missing
    if not (kind.is_read or reader.sees_drafts):
        raise missing
    key = chosen.id if number else None
    return redirect(text_url(chosen, on=request.args.get("on"), revision=key))
