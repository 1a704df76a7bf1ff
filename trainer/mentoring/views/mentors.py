"""Who trains whom at one's sites: mentors, newcomers, and bringing them together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.audit.domain.exporting import Export
from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.forms.exporting import ExportForm
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.mentoring import queries
from trainer.mentoring import service
from trainer.mentoring.domain.proposing import MOST_NEWCOMERS
from trainer.mentoring.domain.proposing import Mentor
from trainer.mentoring.domain.proposing import Proposal
from trainer.mentoring.domain.proposing import proposals
from trainer.mentoring.domain.tables import FILE_NAME
from trainer.mentoring.domain.tables import TABLE
from trainer.mentoring.domain.tables import Row
from trainer.mentoring.domain.tables import sheet
from trainer.mentoring.domain.tables import watermark
from trainer.mentoring.domain.weeks import PHASE_NAMES
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.forms import ChooseForm
from trainer.mentoring.queries import Mentoring
from trainer.mentoring.views.blueprint import bp
from trainer.topics import queries as topics

SHOWN = 3
"""Mentors proposed for each newcomer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorsPage(Page):
    """Mentors and newcomers of one's sites.

    ``proposed`` are by secondment, of those who have no mentor or ask for another one.
    """

    template = "mentoring/mentors.html"
    mentors: Sequence[Mentor]
    lonely: Sequence[Mentoring]
    trained: Sequence[Mentoring]
    proposed: Mapping[int, Sequence[Proposal]]
    lines: Mapping[str, str]
    phases: Mapping[Phase, str]
    export: ExportForm
    most: int = MOST_NEWCOMERS


@bp.get("/mentors")
def mentors() -> str:
    """Show who trains whom, and who has nobody."""
    current.actor().must(Permission.SUPERVISE)
    return render(_page(ExportForm()))


@bp.post("/<int:key>/mentor")
def choose(key: int) -> Response:
    """Give somebody a mentor."""
    by, form = current.actor(), ChooseForm(request.form)
    by.must(Permission.SUPERVISE)
    try:
        with current.writing() as session:
            service.choose_mentor(session, key, form.key, by=by, at=current.now())
    except ConflictError as error:
        flash(error.message)
    else:
        flash(N_("已安排带教老师，双方会看到"))
    return redirect(url_for(".mentors"))


@bp.post("/mentors/export")
def export() -> Response | tuple[str, HTTPStatus]:
    """Give who trains whom as a table, with a reason that is kept."""
    form, by, at = ExportForm(request.form), current.actor(), current.now()
    by.must(Permission.SUPERVISE)
    page = _page(form)
    if not form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    rows = [_row(each, page.lines) for each in (*page.lonely, *page.trained)]
    table = sheet(rows, watermark(by, at, form.reason))
    ending = form.ending.data or "xlsx"
    write = SHEET_WRITERS[ending]
    content = write(table.title, table.columns, table.rows, watermark=table.mark)
    digest = hashlib.sha256(content).hexdigest()
    note = Export(
        what=TABLE, reason=form.reason, asked="", rows=len(rows), digest=digest
    )
    with current.writing() as session:
        service.note_export(session, note, by=by, at=at)
    return download(content, f"{FILE_NAME}-{current.today()}.{ending}")


def _page(form: ExportForm) -> MentorsPage:
    reader, on = current.actor(), current.today()
    with current.reading() as session:
        pairs = queries.looked_after(session, on, reader=reader)
        found = queries.mentorings(session, pairs, on)
        known = queries.mentors(session, on, reader=reader)
        names = {line.code: line.name for line in topics.topics(session).lines}
    left = [each for each in found if not each.is_done]
    lonely = [each for each in left if not each.pair.mentor]
    return MentorsPage(
        mentors=known,
        lonely=lonely,
        trained=[each for each in left if each.pair.mentor],
        proposed={each.pair.key: _proposed(each, known, names) for each in left},
        lines=names,
        phases=PHASE_NAMES,
        export=form,
    )


def _proposed(
    each: Mentoring, known: Sequence[Mentor], names: Mapping[str, str]
) -> Sequence[Proposal]:
    """Give the first few who could train somebody, without who does."""
    pair = each.pair
    site = pair.listed.secondment.placement.site
    others = [mentor for mentor in known if mentor.person != pair.mentor]
    return proposals(pair.person, site, pair.lines, others, names)[:SHOWN]


def _row(each: Mentoring, names: Mapping[str, str]) -> Row:
    listed = each.pair.listed
    return Row(
        login=listed.login,
        name=listed.name,
        site=listed.site,
        bank=listed.organisation,
        begins_on=each.pair.begins_on,
        mentor=listed.mentor,
        phases=tuple(
            (names[line.line.code], line.progress.phase) for line in each.lines
        ),
        signed=sum(case.right is not None for case in each.cases),
        waiting=len(each.waiting),
    )
