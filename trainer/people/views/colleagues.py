"""People as colleagues see them: the list, and the page of one.

Looking at another person's page is noted in the audit; a look that cannot be noted
is not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.paging import Part
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Person
from trainer.people.domain.accounts import masked
from trainer.people.domain.colleagues import Colleague
from trainer.people.domain.colleagues import Ties
from trainer.people.domain.colleagues import gets_agreed_fields
from trainer.people.domain.colleagues import ties
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import STATE_NAMES
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import State
from trainer.people.domain.secondments import may_arrange
from trainer.people.forms import WantedForm
from trainer.people.views.blueprint import bp

LOOKS_AFTER = frozenset(
    {Permission.ADMINISTER, Permission.SUPERVISE, Permission.MENTOR}
)


@dataclass(frozen=True, slots=True)
class PeoplePage(Page):
    """The people that exist for a reader, a part at a time."""

    template = "people/people.html"
    form: WantedForm
    part: Part[Colleague]
    roles: Mapping[Role, str]
    states: Mapping[State, str]
    today: date
    administers: bool
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """One person.

    ``scope`` is in words, ``phone`` masked unless it was asked for; ``agreed`` when
    the reader gets the agreed fields only.
    """

    template = "people/person.html"
    person: Person
    work: Listed | None
    ties: Ties
    roles: Sequence[str]
    scope: Sequence[str]
    posts: Mapping[str, str]
    states: Mapping[State, str]
    phone: str
    shown: bool
    own: bool
    looks_after: bool
    administers: bool
    arranges: bool
    agreed: bool
    today: date


@bp.get("")
def people() -> str:
    """List the people who are wanted."""
    reader, on = current.actor(), current.today()
    if not LOOKS_AFTER & reader.permissions:
        raise DeniedError(
            N_("人员名单由主管、带教老师和管理员查看；自己的情况在“我的账号”")
        )
    agreed = gets_agreed_fields(reader)
    form = WantedForm(request.args)
    if agreed:
        del form.role
    with current.reading() as session:
        form.offer(queries.sites(session), queries.organisations(session))
        wanted = form.wanted(part_number(request.args.get("part", "")))
        part = queries.colleagues(session, wanted, on, reader=reader)
    administers = reader.may(Permission.ADMINISTER)
    return render(
        PeoplePage(form, part, ROLE_NAMES, STATE_NAMES, on, administers, agreed)
    )


@bp.get("/<int:key>")
def person(key: int) -> str:
    """Show a person who exists for the reader, and note that he looked."""
    reader = current.actor()
    with current.reading() as session:
        found = queries.colleague(session, key, current.today(), reader=reader)
    current.note_look(key)
    return render(_page(found))


@bp.post("/<int:key>/phone")
def phone(key: int) -> str:
    """Show the person with his telephone number, and note that."""
    by, at = current.actor(), current.now()
    with current.writing() as session:
        service.show_phone(session, key, by=by, at=at)
        found = queries.colleague(session, key, current.today(), reader=by)
    return render(_page(found, shown=True))


def _page(person: Person, *, shown: bool = False) -> PersonPage:
    reader, on = current.actor(), current.today()
    with current.reading() as session:
        involved = queries.involving(session, person.id, on, reader=reader)
        scope = queries.scope_names(session, person.actor().scope)
        posts = {post.code: post.name for post in queries.posts(session)}
    tied = ties(person.id, involved, on)
    work = tied.work(on)
    return PersonPage(
        person=person,
        work=work,
        ties=tied,
        roles=[name for role, name in ROLE_NAMES.items() if role in person.roles],
        scope=scope,
        posts=posts,
        states=STATE_NAMES,
        phone=person.phone if shown else masked(person.phone),
        shown=shown,
        own=reader.person == person.id,
        looks_after=bool(LOOKS_AFTER & reader.permissions),
        administers=reader.may(Permission.ADMINISTER),
        arranges=_arranges(reader, work),
        agreed=gets_agreed_fields(reader) and reader.person != person.id,
        today=on,
    )


def _arranges(reader: Actor, work: Listed | None) -> bool:
    return work is not None and may_arrange(reader, work.secondment.placement.site)
