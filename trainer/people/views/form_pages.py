"""The page of a form that says who or what it is about; several pages show it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from http import HTTPStatus

from flask import redirect
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people.domain.accounts import Person
from trainer.people.domain.secondments import Listed
from trainer.people.forms import RefusableForm

Answer = str | Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class FormPage(Page):
    """A form by itself; ``trail`` are names and addresses, ``back`` is an address."""

    template = "people/form.html"
    form: RefusableForm
    heading: str
    button: str
    trail: Sequence[tuple[str, str]]
    back: str
    facts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    suggested: Sequence[Person] = ()
    refusal: str = ""


def page_of(person: int) -> str:
    """Give the address of a person's page."""
    return url_for("people.person", key=person)


def trail_of(person: int, name: str, here: str) -> tuple[tuple[str, str], ...]:
    """Give the trail of a page below a person's."""
    return ((N_("人员"), url_for("people.people")), (name, page_of(person)), (here, ""))


def work_facts(listed: Listed) -> dict[str, str]:
    """Say which secondment a form is about."""
    held = listed.secondment
    last = held.left_on or held.placement.last_on
    return {
        N_("姓名"): N_("{name}（{login}）", name=listed.name, login=listed.login),
        N_("派出单位"): listed.organisation,
        N_("网点"): f"{listed.site} {listed.seat}".strip(),
        N_("起止"): _span(held.placement.begins_on, last),
    }


def _span(first: date, last: date | None) -> str:
    if last is None:
        return N_("{first} 起，没有期限", first=first)
    return N_("{first} 至 {last}", first=first, last=last)


def carried_out(page: FormPage, act: Callable[[], str]) -> Answer:
    """Do what a form asks for, or show it again with what is wrong beside the field.

    Args:
        page: The page of the form that was sent; its ``back`` is where to go then.
        act: Does it and gives the sentence to show; called when the form is whole.

    Raises:
        DeniedError: not for this person, whatever is typed.
    """
    if not page.form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        flash(act())
    except DeniedError:
        raise
    except TrainerError as error:
        page = replace(page, refusal=page.form.blame(error))
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(page.back)
