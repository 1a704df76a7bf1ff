"""Secondments: begun, moved, changed, ended, taken back; by administrators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from flask import redirect
from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import Placement
from trainer.people.forms import EndForm
from trainer.people.forms import PlacementForm
from trainer.people.forms import RefusableForm
from trainer.people.views.blueprint import bp
from trainer.people.views.blueprint import secondments
from trainer.people.views.form_pages import Answer
from trainer.people.views.form_pages import FormPage
from trainer.people.views.form_pages import carried_out
from trainer.people.views.form_pages import page_of
from trainer.people.views.form_pages import trail_of
from trainer.people.views.form_pages import work_facts


@dataclass(frozen=True, slots=True)
class Sent:
    """A form with what it does once it is whole."""

    form: RefusableForm
    carry: Callable[[Session], object]


@dataclass(frozen=True, slots=True)
class Act:
    """Something an administrator does to a secondment; ``note`` says what follows."""

    heading: str
    button: str
    note: str
    send: Callable[[Session, Listed], Sent]


@bp.route("/<int:key>/work", methods=["GET", "POST"])
def work(key: int) -> Answer:
    """Send a person somewhere; then the site arranges the rest."""
    by, at = current.actor(), current.now()
    by.must(Permission.ADMINISTER)
    form = PlacementForm(request.form or None, data={"begins_on": current.today()})
    with current.reading() as session:
        person = queries.colleague(session, key, current.today(), reader=by)
        _offer(session, form)
    page = FormPage(
        form,
        N_("登记任职"),
        N_("登记任职"),
        trail_of(person.id, person.name, N_("登记任职")),
        page_of(key),
        note=N_("登记后可以接着安排窗口、带教老师和接替人。"),
    )

    def begin() -> str:
        with current.writing() as session:
            placement = form.placement(Arrangement())
            service.send(session, key, placement, by=by, at=at)
        return N_("已登记任职；接着可以安排窗口、带教和接替")

    return carried_out(page, begin) if request.method == "POST" else render(page)


@secondments.route("/<int:key>/<any(move, change, end):what>", methods=["GET", "POST"])
def act(key: int, what: str) -> Answer:
    """Move, change or end a secondment."""
    chosen = ACTS[what]
    with current.reading() as session:
        listed = _seen(session, key)
        sent = chosen.send(session, listed)
    person = listed.secondment.person
    page = FormPage(
        sent.form,
        chosen.heading,
        chosen.button,
        trail_of(person, listed.name, chosen.heading),
        page_of(person),
        facts=work_facts(listed),
        note=chosen.note,
    )

    def carry() -> str:
        with current.writing() as session:
            sent.carry(session)
        return N_("已保存：{name}，{heading}", name=listed.name, heading=chosen.heading)

    return carried_out(page, carry) if request.method == "POST" else render(page)


@secondments.post("/<int:key>/resume")
def resume(key: int) -> Response:
    """Take back an end that was a mistake."""
    with current.writing() as session:
        by, at = current.actor(), current.now()
        listed = service.resume_secondment(session, key, by=by, at=at)
    flash(N_("已恢复任职，离开的登记已撤销"))
    return redirect(page_of(listed.secondment.person))


@secondments.post("/<int:key>/call-off")
def call_off(key: int) -> Response:
    """Take back a secondment that should never have been."""
    by, at = current.actor(), current.now()
    with current.writing() as session:
        listed = _seen(session, key)
        service.call_off_secondment(session, key, by=by, at=at)
    flash(N_("已取消这条任职；名单和历史里不再出现"))
    return redirect(page_of(listed.secondment.person))


def _seen(session: Session, key: int) -> Listed:
    return queries.secondment(session, key, current.today(), reader=current.actor())


def _move(session: Session, listed: Listed) -> Sent:
    held = listed.secondment.placement
    there = replace(held, begins_on=current.today(), reason="")
    form = _placing(session, there)
    by, at = current.actor(), current.now()
    return Sent(
        form,
        lambda session: service.move_secondment(
            session,
            listed.secondment.id,
            form.placement(Arrangement(lines=held.arrangement.lines)),
            by=by,
            at=at,
        ),
    )


def _change(session: Session, listed: Listed) -> Sent:
    held = listed.secondment.placement
    form = _placing(session, held)
    by, at = current.actor(), current.now()

    def carry(session: Session) -> None:
        placement = form.placement(held.arrangement)
        if placement.site != held.site:  # a seat belongs to its site
            bare = replace(held.arrangement, seat=None)
            placement = replace(placement, arrangement=bare)
        key = listed.secondment.id
        service.change_secondment(session, key, placement, by=by, at=at)

    return Sent(form, carry)


def _end(_session: Session, listed: Listed) -> Sent:
    form = EndForm(request.form or None, data={"last_on": _last_day(listed)})
    by, at = current.actor(), current.now()
    return Sent(
        form,
        lambda session: service.end_secondment(
            session,
            listed.secondment.id,
            form.ends_on(),
            form.reason.data or "",
            by=by,
            at=at,
        ),
    )


def _last_day(listed: Listed) -> date:
    held = listed.secondment
    return held.left_on or held.placement.last_on or current.today()


def _placing(session: Session, held: Placement) -> PlacementForm:
    form = PlacementForm(request.form or None, data=PlacementForm.values(held))
    _offer(session, form, held)
    return form


def _offer(
    session: Session, form: PlacementForm, held: Placement | None = None
) -> None:
    form.offer(
        queries.organisations(session),
        queries.sites(session),
        queries.posts(session),
        held,
    )


ACTS = {
    "move": Act(
        N_("调动"),
        N_("调动"),
        N_(
            "原任职在新任职第一天的前一天结束；历史保留。新的窗口、带教和接替要重新安排。"
        ),
        _move,
    ),
    "change": Act(
        N_("变更或延期"),
        N_("保存"),
        N_("用来改正登记错的内容，或延长、缩短计划期限；换网点请用“调动”。"),
        _change,
    ),
    "end": Act(
        N_("登记离开"),
        N_("登记离开"),
        N_("账号不会自动停用；本人写过的内容和学习记录都保留。登记错了可以恢复。"),
        _end,
    ),
}
