"""What a site arranges within a secondment: seat, mentor, successor, lines."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from sqlalchemy.orm import Session

from trainer.core.errors import DeniedError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import render
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Person
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import may_arrange
from trainer.people.forms import ArrangementForm
from trainer.people.views.blueprint import bp
from trainer.people.views.form_pages import Answer
from trainer.people.views.form_pages import FormPage
from trainer.people.views.form_pages import carried_out
from trainer.people.views.form_pages import page_of
from trainer.people.views.form_pages import trail_of
from trainer.people.views.form_pages import work_facts
from trainer.topics import queries as topics


@bp.route("/arrangements/<int:key>", methods=["GET", "POST"])
def arrange(key: int) -> Answer:
    """Set seat, mentor, successor and lines."""
    by, at = current.actor(), current.now()
    with current.reading() as session:
        listed = _seen(session, key)
        form, people = _form(session, listed)
    page = FormPage(
        form,
        N_("安排窗口与带教"),
        N_("保存安排"),
        trail_of(listed.secondment.person, listed.name, N_("安排")),
        page_of(listed.secondment.person),
        facts=work_facts(listed),
        suggested=people,
    )

    def save() -> str:
        with current.writing() as session:
            service.arrange_secondment(session, key, form.arrangement(), by=by, at=at)
        return N_("已保存 {name} 的安排", name=listed.name)

    return carried_out(page, save) if request.method == "POST" else render(page)


def _seen(session: Session, key: int) -> Listed:
    reader = current.actor()
    listed = queries.secondment(session, key, current.today(), reader=reader)
    if not may_arrange(reader, listed.secondment.placement.site):
        raise DeniedError(N_("窗口、带教和接替由所在网点的主管或系统管理员安排"))
    return listed


def _form(session: Session, listed: Listed) -> tuple[ArrangementForm, Sequence[Person]]:
    """Give the form, and whom it suggests: who works at the site."""
    placement, on = listed.secondment.placement, current.today()
    held, reader = placement.arrangement, current.actor()
    people = queries.at_site(session, placement.site, on, reader=reader)
    people = [person for person in people if person.id != listed.secondment.person]
    known = queries.named_in(session, listed)
    form = ArrangementForm(
        request.form or None, data=ArrangementForm.values(held, known)
    )
    lines = {line.code: line.name for line in topics.topics(session).lines}
    form.offer(queries.seats(session, placement.site), lines, held.seat or 0)
    typed = queries.by_logins(session, form.logins(), on, reader=reader)
    form.know([*people, *typed, *known])
    return form, people
