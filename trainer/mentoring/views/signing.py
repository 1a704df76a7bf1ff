"""The mentor's side of the log: signing several cases at once, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.mentoring import queries
from trainer.mentoring import service
from trainer.mentoring.domain.cases import Logged
from trainer.mentoring.domain.cases import NotCurrentError
from trainer.mentoring.domain.cases import NotMentorError
from trainer.mentoring.forms import SignForm
from trainer.mentoring.forms import TakeBackForm
from trainer.mentoring.queries import LineStanding
from trainer.mentoring.queries import Mentoring
from trainer.mentoring.views.blueprint import bp
from trainer.topics import queries as topics
from trainer.topics.domain.competencies import ALL
from trainer.topics.domain.lines import Business
from trainer.topics.domain.lines import Line

Answer = Response | str | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class Group:
    """The cases of one business that wait, and the form under which to sign them.

    ``refusal`` says why the mentor cannot; empty when he can.
    """

    business: Business
    line: Line
    cases: Sequence[Logged]
    refusal: str
    form: SignForm


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPage(Page):
    """All cases that wait for the mentor."""

    template = "mentoring/sign.html"
    mentoring: Mentoring
    groups: Sequence[Group]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the business, and the form under it."""

    business: str
    form: SignForm


@bp.get("/<int:key>/sign")
def sign(key: int) -> str:
    """Show what waits, a form for each business."""
    with current.reading() as session:
        page = _page(session, key, None)
    current.note_look(page.mentoring.pair.person)
    return render(page)


@bp.post("/<int:key>/sign/<business>")
def take_signature(key: int, business: str) -> Answer:
    """Sign the cases of a business that were chosen."""
    by, at = current.actor(), current.now()
    sent = Sent(business, SignForm(request.form, prefix=business))
    with current.reading() as session:
        page = _page(session, key, sent)
    form = sent.form
    if not form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            count = service.sign(session, key, form.command(), by=by, at=at)
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        return _refused(key, sent, error)
    flash(Nn_("已签 {n} 件，本人会看到", n=count))
    left = len(page.mentoring.waiting) > count
    return redirect(url_for(".sign" if left else ".pair", key=key))


@bp.post("/cases/<int:key>/back")
def take_back(key: int) -> Response:
    """Take a signature back; the case waits again."""
    by, form = current.actor(), TakeBackForm(request.form)
    reason = (form.reason.data or "") if form.validate() else ""
    with current.writing() as session:
        pair = service.take_back(session, key, reason, by=by, at=current.now())
    flash(N_("已撤销签字，不再计入；这件重新等签"))
    return redirect(url_for(".pair", key=pair, _anchor="log"))


def _refused(key: int, sent: Sent, error: TrainerError) -> Answer:
    """Show what waits now, with what was typed where its cases still do."""
    refusal = sent.form.blame(error)
    with current.reading() as session:
        page = _page(session, key, sent)
    shown = SignPage(mentoring=page.mentoring, groups=page.groups, refusal=refusal)
    return render(shown), HTTPStatus(STATUS[error.kind])


def _page(session: Session, key: int, sent: Sent | None) -> SignPage:
    on = current.today()
    pair = queries.pair(session, key, on, reader=current.actor())
    if not pair.is_mentor:
        raise NotMentorError
    (found,) = queries.mentorings(session, [pair], on)
    return SignPage(mentoring=found, groups=_groups(session, found, sent))


def _groups(session: Session, found: Mentoring, sent: Sent | None) -> list[Group]:
    waiting = sorted(found.waiting, key=lambda case: case.business)
    usual = queries.usual(session, {case.business for case in waiting})
    framework, spine = topics.competencies(session), topics.topics(session)
    groups = []
    for code, told in groupby(waiting, key=lambda case: case.business):
        cases = [*told]
        each = next(e for e in found.lines if e.line.code == cases[0].line)
        known = framework.of_line(each.line.code) if framework else ()
        names = {
            one.code: f"{one.code} {one.name}"
            for one in sorted(known, key=lambda one: ALL in one.lines)
        }
        group = Group(
            business=spine.business(code) or Business(code, code),
            line=each.line,
            cases=cases,
            refusal=_refusal(each),
            form=_form(code, cases, names, usual, sent),
        )
        groups.append(group)
    return groups


def _refusal(each: LineStanding) -> str:
    return "" if each.mentor_is_current else NotCurrentError(each.line.name).message


def _form(
    business: str,
    cases: Sequence[Logged],
    names: Mapping[str, str],
    usual: Mapping[str, Sequence[str]],
    sent: Sent | None,
) -> SignForm:
    """Give the form of a business: as it was sent, or with what is usual."""
    if sent is not None and sent.business == business:
        form = sent.form
    else:
        form = SignForm(
            prefix=business,
            data={
                "cases": [str(case.id) for case in cases],
                "outcome": "right",
                "competencies": [c for c in usual.get(business, ()) if c in names],
            },
        )
    shown = {case.id: f"{case.reference} · {case.on:%m-%d}" for case in cases}
    form.offer(shown, names)
    return form
