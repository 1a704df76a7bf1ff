"""One's own data: to look at, and to take along as a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from flask import Response
from flask import current_app

from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.people import queries
from trainer.people.domain.own_data import Chapter
from trainer.people.views.blueprint import bp

MOST_ROWS = 50
"""Rows of a chapter that the page shows; the file has all."""


@dataclass(frozen=True, slots=True)
class OwnDataPage(Page):
    """What the site holds about whoever asks."""

    template = "people/own_data.html"
    chapters: Sequence[Chapter]
    most: int


@bp.get("/me/data")
def own_data() -> str:
    """Show what the site holds about whoever asks."""
    return render(OwnDataPage(_chapters(), MOST_ROWS))


@bp.get("/me/data.json")
def own_data_file() -> Response:
    """Give the same as a file."""
    chapters = [
        {
            "title": chapter.title,
            "rows": [
                dict(zip(chapter.columns, row, strict=True)) for row in chapter.rows
            ],
        }
        for chapter in _chapters()
    ]
    told = {"made_at": current.now().isoformat(), "chapters": chapters}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return download(text, "my-data.json")


def _chapters() -> list[Chapter]:
    sources = cast("Sequence[queries.DataSource]", current_app.extensions["own_data"])
    at, reader = current.now(), current.actor()
    with current.reading() as session:
        return [
            chapter for source in sources for chapter in source(session, at, reader)
        ]
