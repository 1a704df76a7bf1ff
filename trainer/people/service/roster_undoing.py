"""Taking an import back, as far as nobody has changed since what it changed.

Each person is restored whole or left alone; who was left alone is told by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.people.domain.roster.drafts import KEPT
from trainer.people.domain.roster.drafts import State
from trainer.people.domain.roster.journal import ACCOUNT
from trainer.people.domain.roster.journal import Act
from trainer.people.domain.roster.journal import Touched
from trainer.people.domain.roster.journal import account_before
from trainer.people.domain.roster.journal import image_of
from trainer.people.domain.roster.journal import journal_of
from trainer.people.domain.roster.journal import placement_before
from trainer.people.domain.roster.known import Known
from trainer.people.domain.roster.resolving import PlaceKind
from trainer.people.domain.secondments import Secondment
from trainer.people.models import RosterImportRow
from trainer.people.queries import roster as queries
from trainer.people.service.accounts import PLACE
from trainer.people.service.accounts import change_person
from trainer.people.service.places import save_organisation
from trainer.people.service.places import save_seat
from trainer.people.service.places import save_site
from trainer.people.service.roster import note
from trainer.people.service.roster_applying import LOOKED_UP
from trainer.people.service.secondments import call_off_secondment
from trainer.people.service.secondments import change_secondment
from trainer.people.service.secondments import end_secondment
from trainer.people.service.secondments import resume_secondment

REASON = "撤销导入"


class CannotBeUndoneError(ConflictError):
    """The import was not confirmed, was undone before, or is too long ago."""


def undo_roster(
    session: Session, key: int, *, by: Actor, at: datetime
) -> tuple[str, ...]:
    """Take an import back; gives in words what could not be restored.

    New accounts are closed, not deleted; places that were made are retired.

    Raises:
        CannotBeUndoneError: see there.
        NotFoundError: there is no such import.
    """
    by.must(Permission.ADMINISTER)
    row = _applied(session, key, at)
    queue_up(session, PLACE)
    journal = journal_of(row.journal or {})
    logins = {touched.login.casefold() for touched in journal.touched}
    known = queries.known(session, logins, reader=by)
    held = [session.scalars(select(table)).all() for table in LOOKED_UP]
    undoing = _Undoing(session, by, at, known)
    kept = [told for one in reversed(journal.touched) if (told := undoing.person(one))]
    kept += [told for made in reversed(journal.made) if (told := undoing.place(*made))]
    del held  # until here no row was asked for twice
    row.state, row.undone_at = State.UNDONE.value, at
    row.journal = {"done": journal.done, "kept": kept}
    session.flush()
    note(session, "roster.undone", key, by, f"kept={len(kept)}", at=at)
    return tuple(kept)


def _applied(session: Session, key: int, at: datetime) -> RosterImportRow:
    query = select(RosterImportRow).where(RosterImportRow.id == key).with_for_update()
    row = session.scalars(query).first()
    if row is None:
        raise NotFoundError(N_("没有这次导入"))
    if row.state != State.APPLIED:
        raise CannotBeUndoneError(N_("这次导入没有生效，或已经撤销过"))
    if row.journal is None or row.made_at <= at - KEPT:
        raise CannotBeUndoneError(N_("导入超过 7 天，不能整批撤销；请到人员页逐个更正"))
    return row


class _Undoing:
    """People and places on their way back."""

    def __init__(self, session: Session, by: Actor, at: datetime, known: Known) -> None:
        self._session, self._by, self._at = session, by, at
        self._known = known

    def person(self, one: Touched) -> str:
        """Restore a person; gives why not, empty when it was done."""
        who = N_("{name}（{login}）", name=one.name, login=one.login)
        if image_of(self._known, one.login, one.acts) != one.image:
            return N_("{who}：导入之后又改过，没有还原", who=who)
        try:
            with self._session.begin_nested():
                self._restore(one.acts, one.login)
        except TrainerError as error:
            return N_("{who}：{message}，没有还原", who=who, message=error.message)
        return ""

    def place(self, kind: str, key: int) -> str:
        """Retire a place that was made; gives why not."""
        try:
            with self._session.begin_nested():
                return self._retire(PlaceKind(kind), key)
        except TrainerError as error:
            return error.message

    def _restore(self, acts: Sequence[Act], login: str) -> None:
        person = self._known.people[login.casefold()]
        held = {h.id: h for h in self._known.held.get(person.id, ())}
        for act in reversed(acts):
            if act.what == ACCOUNT:
                now = person.account()
                before = (
                    replace(now, active=False)
                    if act.before is None
                    else account_before(act.before, now)
                )
                change_person(
                    self._session, person.id, before, by=self._by, at=self._at
                )
            else:
                self._secondment(act, held[act.key])

    def _secondment(self, act: Act, now: Secondment) -> None:
        session, by, at = self._session, self._by, self._at
        if act.before is None:
            call_off_secondment(session, act.key, by=by, at=at)
            return
        placement, ends = placement_before(act.before)
        if ends != now.ends_on:
            if ends is None:
                resume_secondment(session, act.key, by=by, at=at)
            else:
                end_secondment(session, act.key, ends, REASON, by=by, at=at)
        if placement != now.placement:
            change_secondment(session, act.key, placement, by=by, at=at)

    def _retire(self, kind: PlaceKind, key: int) -> str:
        session, by, at = self._session, self._by, self._at
        if kind is PlaceKind.ORGANISATION:
            bank = self._known.organisations[key]
            save_organisation(session, replace(bank, active=False), by=by, at=at)
        elif kind is PlaceKind.SITE:
            site = self._known.sites[key]
            save_site(session, replace(site, active=False), by=by, at=at)
        else:
            seat = self._known.seats[key]
            save_seat(session, replace(seat, active=False), by=by, at=at)
        return ""
