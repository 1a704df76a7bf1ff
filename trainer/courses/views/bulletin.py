"""Recent changes of policy, for everybody: what began lately, and what will."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from flask import request

from trainer.core.actor import Permission
from trainer.core.paging import Part
from trainer.core.paging import part_number
from trainer.courses.views.duties_blueprint import article_kinds
from trainer.courses.views.duties_blueprint import bp
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.topics import queries as topics

LATELY = timedelta(days=180)
"""What began longer ago is no news to anybody who works here."""


@dataclass(frozen=True, slots=True)
class BulletinPage(Page):
    """What took effect lately or will; the latest first."""

    template = "courses/bulletin.html"
    part: Part[Revision]
    lines: Mapping[str, str]
    line: str
    today: date


@bp.get("/changes")
def bulletin() -> str:
    """List what took effect lately or will, of all lines or of one."""
    reader, today = current.actor(), current.today()
    reader.must(Permission.READ)
    with current.reading() as session:
        lines = {each.code: each.name for each in topics.topics(session).lines}
        line = request.args.get("line", "")
        line = line if line in lines else ""
        part = publishing.taking_effect(
            session,
            today - LATELY,
            reader=reader,
            kinds=article_kinds(),
            line=line,
            part=part_number(request.args.get("part", "")),
        )
    return render(BulletinPage(part, lines, line, today))
