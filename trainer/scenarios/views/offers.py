"""What there is to play, and one scenario before it is begun."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries.citable import clause_names
from trainer.scenarios import queries
from trainer.scenarios import service
from trainer.scenarios.domain.names import NAMES
from trainer.scenarios.domain.names import Names
from trainer.scenarios.domain.shelf import Offered
from trainer.scenarios.domain.shelf import Sheet
from trainer.scenarios.forms.playing import BeginForm
from trainer.scenarios.views.blueprint import DICE
from trainer.scenarios.views.blueprint import bp
from trainer.topics import queries as topics


@dataclass(frozen=True, slots=True)
class ScenariosPage(Page):
    """Everything somebody may play, by business line, and how it went.

    ``drafts`` are for those who write.
    """

    template = "scenarios/scenarios.html"
    lines: Sequence[tuple[str, Sequence[Offered]]]
    drafts: Sequence[Revision]
    may_edit: bool
    names: Names = NAMES


@dataclass(frozen=True, slots=True)
class ScenarioPage(Page):
    """One scenario, and the reader's own plays of it."""

    template = "scenarios/scenario.html"
    offer: Offered
    form: BeginForm
    line: str
    names: Names = NAMES


@dataclass(frozen=True, slots=True)
class ScriptPage(Page):
    """One scenario for those who write: its graph, what is wrong, its nodes.

    ``offer`` is what may be played today, None when that is nothing.
    """

    template = "scenarios/script.html"
    sheet: Sheet
    offer: Offered | None
    form: BeginForm
    line: str
    cited: Mapping[str, str]
    competencies: Mapping[str, str]
    on: date
    may_edit: bool
    names: Names = NAMES


@bp.get("/")
def scenarios() -> str:
    """List the scenarios by business line."""
    on, reader = current.business_date(), current.actor()
    with current.reading() as session:
        names = {line.code: line.name for line in topics.topics(session).lines}
        offered = queries.offered(session, on, reader=reader)
        drafts = queries.unpublished(session, reader=reader)
    lines: dict[str, list[Offered]] = {code: [] for code in names}
    for each in offered:
        lines.setdefault(each.revision.header.line, []).append(each)
    shown = [(names.get(code, code), found) for code, found in lines.items() if found]
    return render(ScenariosPage(shown, drafts, reader.may(Permission.EDIT)))


@bp.get("/<slug>")
def scenario(slug: str) -> str:
    """Show a scenario; to those who write with its graph."""
    reader, on = current.actor(), current.business_date()
    with current.reading() as session:
        if reader.sees_drafts:
            return _script_page(session, slug, on)
        offer = queries.offer(session, slug, on, reader=reader)
        line = _line_name(session, offer.revision)
    return render(ScenarioPage(offer, BeginForm(), line))


@bp.post("/<slug>/begin")
def begin(slug: str) -> Response:
    """Begin a scenario, or go on with it."""
    settings = BeginForm(request.form).command()
    with current.writing() as session:
        key = service.begin(
            session, slug, settings, by=current.actor(), at=current.now(), dice=DICE
        ).id
    return redirect(url_for(".play", key=key))


def _script_page(session: Session, slug: str, on: date) -> str:
    reader = current.actor()
    key = request.args.get("revision", type=int)
    sheet = queries.sheet(session, slug, key, on, reader=reader)
    offered = queries.offered(session, current.today(), reader=reader, slugs=[slug])
    cites = {
        cite.address
        for node in sheet.scenario.nodes
        for choice in node.choices
        for cite in choice.cites
    }
    page = ScriptPage(
        sheet=sheet,
        offer=next(iter(offered), None),
        form=BeginForm(),
        line=_line_name(session, sheet.revision),
        cited=clause_names(session, cites, sheet.scenario.on, reader=reader),
        competencies=topics.competency_names(session),
        on=on,
        may_edit=reader.may(Permission.EDIT),
    )
    return render(page)


def _line_name(session: Session, revision: Revision) -> str:
    code = revision.header.line
    lines = {line.code: line.name for line in topics.topics(session).lines}
    return lines.get(code, code)
