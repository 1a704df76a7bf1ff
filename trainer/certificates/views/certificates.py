"""A certificate: on the screen, on paper, as a file; revoking it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import segno
from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.certificates import queries
from trainer.certificates import service
from trainer.certificates.domain.certificates import STATE_NAMES
from trainer.certificates.domain.certificates import Standing
from trainer.certificates.domain.certificates import State
from trainer.certificates.domain.sheets import Sheet
from trainer.certificates.domain.sheets import sheet_of
from trainer.certificates.forms import ReasonForm
from trainer.certificates.views.sharing import Answer
from trainer.certificates.views.sharing import day_begun
from trainer.certificates.views.sharing import font
from trainer.certificates.views.sharing import must_be_somebody
from trainer.certificates.views.sharing import verify_address
from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries as people

bp = Blueprint("certificates", __name__, url_prefix="/certificates")
bp.before_request(must_be_somebody)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePage(Page):
    """A certificate as it is on paper; ``picture`` is its QR code as an image."""

    template = "certificates/certificate.html"
    standing: Standing
    sheet: Sheet
    picture: str
    own: bool
    may_revoke: bool
    form: ReasonForm
    state: str
    good: bool
    refusal: str = ""


@bp.get("/<int:key>")
def certificate(key: int) -> str:
    """Show a certificate to its person and to who looks after him."""
    page = _page(key, ReasonForm())
    current.note_look(page.standing.certificate.ground.person)
    return render(page)


@bp.get("/<int:key>/certificate.pdf")
def certificate_file(key: int) -> Response:
    """Give a certificate as a PDF of one landscape page."""
    standing, sheet = _sheet(key)
    code = segno.make(sheet.address, error="m", micro=False)
    at = day_begun(current.now())
    content = service.certificate_pdf(sheet, code.matrix, font(), at=at)
    current.note_look(standing.certificate.ground.person)
    return download(content, f"{sheet.title}-{standing.certificate.number}.pdf")


@bp.post("/<int:key>/revoke")
def revoke(key: int) -> Answer:
    """Revoke a certificate, with a reason its person reads."""
    by, form = current.actor(), ReasonForm(request.form)
    by.must(Permission.SUPERVISE)
    if not form.validate():
        return render(_page(key, form)), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            reason = form.reason.data or ""
            service.revoke(session, key, reason, by=by, at=current.now())
    except TrainerError as error:
        page = _page(key, form, error.message)
        return render(page), HTTPStatus(STATUS[error.kind])
    flash(N_("已撤销，扫码核验从现在起显示“已被撤销”"))
    return redirect(url_for(".certificate", key=key))


def _page(key: int, form: ReasonForm, refusal: str = "") -> CertificatePage:
    by = current.actor()
    standing, sheet = _sheet(key)
    code = segno.make(sheet.address, error="m", micro=False)
    own = standing.certificate.ground.person == by.person
    is_over = standing.certificate.revoked_at is not None
    return CertificatePage(
        standing=standing,
        sheet=sheet,
        picture=code.svg_data_uri(scale=4, border=1),
        own=own,
        may_revoke=by.may(Permission.SUPERVISE) and not own and not is_over,
        form=form,
        state=STATE_NAMES[standing.state],
        good=standing.state is State.VALID,
        refusal=refusal,
    )


def _sheet(key: int) -> tuple[Standing, Sheet]:
    by, on = current.actor(), current.today()
    with current.reading() as session:
        found = queries.certificate(session, key, on, reader=by)
        ground = found.certificate.ground
        names = people.names(session, [ground.approved_by], reader=by)
        subject = queries.subject_names(session)[ground.kind, ground.subject]
        issuer = queries.issuer(session)
    address = verify_address(found.certificate.code)
    approver = names.get(ground.approved_by, "")
    return found, sheet_of(found, subject, approver, issuer, address)
