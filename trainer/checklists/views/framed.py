"""Tips in the pages of other systems: a script, and a plain page for frames."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from flask import request
from werkzeug.wrappers import Response

from trainer.checklists import queries
from trainer.checklists.domain.asking import Asked
from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.checklists.domain.checklist import Severity
from trainer.checklists.domain.tips import Tip
from trainer.checklists.views.asking import found_for
from trainer.checklists.views.asking import wanted_by
from trainer.checklists.views.tips_blueprint import bp
from trainer.core.wording import N_
from trainer.kit import language
from trainer.kit.web import current
from trainer.kit.web import origins
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.topics import queries as topics
from trainer.topics.domain.lines import Topics

SOURCE = files("trainer.checklists").joinpath("static/widget.js").read_text("utf-8")
LINES = [line.strip() for line in SOURCE.splitlines()]
SCRIPT = "\n".join(line for line in LINES if line and not line.startswith("//"))
"""The script as it is sent: without indentation and lines of comment."""

PLACE = "{/* words */}"
"""Where the sentences of the widget go."""

WORDS: Mapping[str, str] = {
    "title": N_("这一步容易错"),
    "check": N_("怎么查："),
    "say": N_("怎么说："),
    "useful": N_("有用"),
    "done": N_("核对完"),
}
KEPT_FOR = 600
"""Seconds a browser may keep the script."""


@dataclass(frozen=True, slots=True)
class FramedPage(Page):
    """The tips of a step, without the frame of the site."""

    template = "checklists/framed.html"
    asked: Asked
    tips: Sequence[Tip]
    clauses: queries.Clauses
    topics: Topics
    severities: Mapping[Severity, str]


@bp.get("/tips")
def framed() -> Response:
    """Show the tips of a step to be framed, or opened in a window."""
    with current.reading() as session:
        known = topics.topics(session)
        asked = wanted_by(request.args, known)
        tips, clauses = found_for(session, asked)
    page = FramedPage(asked, tips, clauses, known, SEVERITY_NAMES)
    return origins.let_frame(Response(render(page), mimetype="text/html"))


@bp.get("/widget.js")
def widget() -> Response:
    """Give the script of the widget, which speaks the language of the browser."""
    words = {name: language.said(said) for name, said in WORDS.items()}
    told = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    answer = Response(SCRIPT.replace(PLACE, told), mimetype="text/javascript")
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer
