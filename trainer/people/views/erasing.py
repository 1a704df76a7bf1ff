"""Erasing a person, in two steps, by an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Person
from trainer.people.forms import EraseForm
from trainer.people.views.blueprint import bp
from trainer.people.views.form_pages import Answer
from trainer.people.views.form_pages import page_of


@dataclass(frozen=True, slots=True)
class ErasePage(Page):
    """Erase a person; the second step asks for the login."""

    template = "people/erase.html"
    form: EraseForm
    person: Person
    refusal: str = ""


@bp.get("/<int:key>/erase")
def erasing(key: int) -> str:
    """Say what would go and what would stay, and ask why."""
    person = _somebody(key)
    current.note_look(key)
    return render(ErasePage(EraseForm(), person))


@bp.post("/<int:key>/erase")
def erase(key: int) -> Answer:
    """Ask once more, then erase."""
    person, form = _somebody(key), EraseForm(request.form)
    form.expect(person.login)
    if not form.validate():
        return render(ErasePage(form, person)), HTTPStatus.UNPROCESSABLE_ENTITY
    if not form.is_second():
        form.ask_again()
        return render(ErasePage(form, person))
    by, at = current.actor(), current.now()
    try:
        with current.writing() as session:
            service.erase_person(session, key, form.reason(), by=by, at=at)
    except TrainerError as error:
        page = ErasePage(form, person, error.message)
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(N_("已注销此人的资料；统计和记录保留在编号下"))
    return redirect(page_of(key))


def _somebody(key: int) -> Person:
    reader = current.actor()
    reader.must(Permission.ADMINISTER)
    with current.reading() as session:
        return queries.colleague(session, key, current.today(), reader=reader)
