"""The growth record: one's own, that of somebody one looks after; taking it away."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for

from trainer.audit.domain.exporting import Export
from trainer.certificates import queries
from trainer.certificates import service
from trainer.certificates.domain.certificates import CODE_BYTES
from trainer.certificates.domain.certificates import KIND_NAMES
from trainer.certificates.domain.certificates import STATE_NAMES
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import NoGroundError
from trainer.certificates.domain.certificates import State
from trainer.certificates.domain.growing import COLUMNS
from trainer.certificates.domain.growing import FILE_NAME
from trainer.certificates.domain.growing import RECORD
from trainer.certificates.domain.growing import STEP_NAMES
from trainer.certificates.domain.growing import StepKind
from trainer.certificates.domain.growing import rows
from trainer.certificates.domain.growing import watermark
from trainer.certificates.forms import IssueForm
from trainer.certificates.forms import RecordExportForm
from trainer.certificates.queries import Growth
from trainer.certificates.views.sharing import Answer
from trainer.certificates.views.sharing import font
from trainer.certificates.views.sharing import must_be_somebody
from trainer.competence import queries as competence
from trainer.competence.queries import LOOK_AFTER
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash

bp = Blueprint("growth", __name__, url_prefix="/growth")
bp.before_request(must_be_somebody)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthPage(Page):
    """What somebody has reached, his certificates and honours."""

    template = "certificates/growth.html"
    growth: Growth
    own: bool
    form: RecordExportForm
    kinds: Mapping[Kind, str]
    states: Mapping[State, str]
    steps: Mapping[StepKind, str]


@bp.get("")
def own() -> str:
    """Show one's own record."""
    return render(_page(current.actor().person, RecordExportForm()))


@bp.get("/<int:key>")
def person(key: int) -> str:
    """Show the record of somebody one looks after, and note that somebody looked."""
    page = _page(key, RecordExportForm())
    current.note_look(key)
    return render(page)


@bp.post("/<int:key>/certificates")
def issue(key: int) -> Answer:
    """Issue a certificate, or lead to the one that there is."""
    form, by, at = IssueForm(request.form), current.actor(), current.now()
    if not form.validate():
        return render(_page(key, RecordExportForm())), HTTPStatus.UNPROCESSABLE_ENTITY
    kind, subject = form.wanted()
    chance = secrets.token_bytes(CODE_BYTES)
    try:
        with current.writing() as session:
            made = service.issue(session, key, kind, subject, chance, by=by, at=at)
    except NoGroundError as error:
        flash(error.message)
        home = url_for(".own") if key == by.person else url_for(".person", key=key)
        return redirect(home)
    flash(N_("证书发好了，可以打印或下载"))
    return redirect(url_for("certificates.certificate", key=made))


@bp.post("/<int:key>/export")
def export(key: int) -> Answer:
    """Give the record as a file, with a reason that is kept."""
    form, by, at = RecordExportForm(request.form), current.actor(), current.now()
    page = _page(key, form)
    if not form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    ending = form.ending.data or "pdf"
    content = _written(page.growth, ending, watermark(by, at, form.reason))
    note = Export(
        what=RECORD,
        reason=form.reason,
        asked=f"person={key}",
        rows=len(page.growth.steps),
        digest=hashlib.sha256(content).hexdigest(),
    )
    with current.writing() as session:
        service.note_export(session, note, by=by, at=at)
    return download(content, f"{FILE_NAME}-{page.growth.subject.login}.{ending}")


def may_see(key: int) -> bool:
    """Tell whether whoever sees the page of a person may see his record too.

    Only who runs the system sees people whose work is not for him to look at.
    """
    reader = current.actor()
    if reader.person == key or not reader.may(Permission.ADMINISTER):
        return bool(reader.person)
    if not LOOK_AFTER & reader.permissions:
        return False
    with current.reading() as session:
        try:
            competence.subject(session, key, current.today(), reader=reader)
        except NotFoundError:
            return False
    return True


def _page(key: int, form: RecordExportForm) -> GrowthPage:
    by = current.actor()
    with current.reading() as session:
        found = queries.growth(session, key, current.today(), reader=by)
    return GrowthPage(
        growth=found,
        own=key == by.person,
        form=form,
        kinds=KIND_NAMES,
        states=STATE_NAMES,
        steps=STEP_NAMES,
    )


def _written(found: Growth, ending: str, mark: str) -> bytes:
    told = rows(found.steps)
    if ending == "pdf":
        with current.reading() as session:
            issuer = queries.issuer(session)
        return service.growth_pdf(
            found.subject.name,
            told,
            issuer=issuer,
            watermark=mark,
            font=font(),
            at=current.now(),
        )
    return SHEET_WRITERS[ending](FILE_NAME, COLUMNS, told, watermark=mark)
