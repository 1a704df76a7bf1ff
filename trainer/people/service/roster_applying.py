"""Confirming an import: all of it in one transaction, or nothing.

Accounts come first, as mentors may be among the new ones; then secondments; then
the accounts of those who have left are closed.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.roster.commands import Confirmation
from trainer.people.domain.roster.drafts import ChangedMeanwhileError
from trainer.people.domain.roster.drafts import Draft
from trainer.people.domain.roster.drafts import State
from trainer.people.domain.roster.drafts import draft_of
from trainer.people.domain.roster.journal import Act
from trainer.people.domain.roster.journal import Journal
from trainer.people.domain.roster.journal import images
from trainer.people.domain.roster.known import Known
from trainer.people.domain.roster.planning import Plan
from trainer.people.domain.roster.planning import logins
from trainer.people.domain.roster.planning import plan
from trainer.people.domain.roster.resolving import Offer
from trainer.people.domain.roster.resolving import PlaceKind
from trainer.people.domain.roster.steps import Change
from trainer.people.domain.roster.steps import Kind
from trainer.people.domain.roster.steps import Move
from trainer.people.domain.roster.steps import Planned
from trainer.people.domain.roster.steps import Send
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import Placement
from trainer.people.models import OrganisationRow
from trainer.people.models import PersonRow
from trainer.people.models import PostRow
from trainer.people.models import RosterImportRow
from trainer.people.models import SeatRow
from trainer.people.models import SiteRow
from trainer.people.queries import roster as queries
from trainer.people.service.accounts import PLACE
from trainer.people.service.accounts import change_person
from trainer.people.service.accounts import open_account
from trainer.people.service.passwords import HASHER
from trainer.people.service.passwords import first_password
from trainer.people.service.places import save_organisation
from trainer.people.service.places import save_seat
from trainer.people.service.places import save_site
from trainer.people.service.roster import note
from trainer.people.service.roster import waiting
from trainer.people.service.secondments import change_secondment
from trainer.people.service.secondments import end_secondment
from trainer.people.service.secondments import move_secondment
from trainer.people.service.secondments import send

LOOKED_UP = (OrganisationRow, SiteRow, SeatRow, PostRow, PersonRow)
"""Tables whose rows each secondment is checked against."""


class WrongRowsError(TrainerError):
    """There are wrong rows, and nobody said to leave them out."""


class RowRefusedError(TrainerError):
    """A row could not be done after all; nothing was imported."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A first password, to be told once; ``kept`` is its digest."""

    login: str
    name: str
    password: str
    kept: str


def make_secrets(shown: Plan) -> dict[str, Secret]:
    """Make up first passwords for those who are new, by login in lower case.

    Slow on purpose (19 ms each): before the write begins, on all processors.
    """
    new = [row for row in shown.rows if row.kind is Kind.NEW]
    with ThreadPoolExecutor() as pool:
        made = pool.map(_secret, new)
        return {secret.login.casefold(): secret for secret in made}


def _secret(row: Planned) -> Secret:
    password = first_password(row.login)
    return Secret(row.login, row.name, password, HASHER.hash(password))


def apply_roster(
    session: Session,
    confirmation: Confirmation,
    secrets: Mapping[str, Secret],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Do what was confirmed.

    Args:
        session: A session.
        confirmation: What was confirmed.
        secrets: First passwords of the new people, by login in lower case.
        by: Who acts.
        at: Now.

    Raises:
        NotWaitingError: it was confirmed before.
        ChangedMeanwhileError: something else would happen than was shown.
        WrongRowsError: there are wrong rows.
        RowRefusedError: a row cannot be done; it says which, and nothing is done.
    """
    row = waiting(session, confirmation.key, by, at)
    queue_up(session, PLACE)
    draft = draft_of(row.content or {})
    named = logins(draft.lines())
    shown, before = _planned(session, draft, by=by, at=at)
    _must_be_as_shown(shown, confirmation)
    made = _make_places(session, shown.offers, before, by=by, at=at)
    if made:
        shown, before = _planned(session, draft, by=by, at=at)
    # Rows that somebody holds are not asked for again by every row of the sheet.
    held = [session.scalars(select(table)).all() for table in LOOKED_UP]
    work = _Work(session, by, at, before, secrets)
    work.do(shown)
    del held
    after = queries.known(session, named, reader=by)
    row.journal = Journal.of(shown, work.acts, made, images(after, work.acts)).as_json()
    _close(session, row, shown, by=by, at=at)


def _close(
    session: Session, row: RosterImportRow, shown: Plan, *, by: Actor, at: datetime
) -> None:
    """Keep that it was done, and how much; the rows are not needed any more."""
    counts = {kind.value: n for kind, n in shown.counts.items() if n}
    row.state, row.applied_at = State.APPLIED.value, at
    row.applied_by, row.counts, row.content = by.person or None, counts, None
    session.flush()
    told = ",".join(f"{kind}={n}" for kind, n in counts.items())
    note(session, "roster.applied", row.id, by, told, at=at)


def _planned(
    session: Session, draft: Draft, *, by: Actor, at: datetime
) -> tuple[Plan, Known]:
    """Say what a roster does, and to what it does it."""
    lines = draft.lines()
    known = queries.known(session, logins(lines), reader=by)
    return plan(lines, draft.taken, known, on=day_of(at), by=by.person), known


def _must_be_as_shown(shown: Plan, confirmation: Confirmation) -> None:
    if shown.seal != confirmation.seal:
        raise ChangedMeanwhileError(
            N_("预览之后人员或表格有变化，还没有导入；请再看一遍新的预览，再确认")
        )
    if (wrong := shown.counts[Kind.WRONG]) and not confirmation.without_wrong:
        raise WrongRowsError(
            N_("还有 {wrong} 行有错；请改好，或勾选“有错的行不导入”再确认", wrong=wrong)
        )
    if not shown.effective:
        raise TrainerError(N_("没有要导入的变化"))


def _make_places(
    session: Session,
    offers: Iterable[Offer],
    known: Known,
    *,
    by: Actor,
    at: datetime,
) -> list[tuple[str, int]]:
    """Make the places that were ticked, or use them again; gives kinds and keys."""
    made: list[tuple[str, int]] = []
    banks = {organisation.code for organisation in known.organisations.values()}
    codes = {site.code for site in known.sites.values()}
    sites = {site.name: key for key, site in known.sites.items()}
    for offer in sorted(filter(_is_taken, offers), key=_before_what_needs_it):
        key = offer.key
        if key:
            _use_again(session, offer, known, by=by, at=at)
        elif offer.kind is PlaceKind.ORGANISATION:
            kind, code = OrganisationKind.BANK, _free_code("bank", banks)
            bank = Organisation(code=code, name=offer.name, kind=kind)
            key = save_organisation(session, bank, by=by, at=at).id
        elif offer.kind is PlaceKind.SITE:
            site = Site(code=_free_code("site", codes), name=offer.name)
            key = sites[offer.name] = save_site(session, site, by=by, at=at).id
        elif there := sites.get(offer.site):
            seat = Seat(site=there, name=offer.name, channel=offer.channel)
            key = save_seat(session, seat, by=by, at=at).id
        else:
            continue  # its site was not ticked
        made.append((offer.kind.value, key))
    return made


def _use_again(
    session: Session, offer: Offer, known: Known, *, by: Actor, at: datetime
) -> None:
    """Use a place again that was retired."""
    if offer.kind is PlaceKind.ORGANISATION:
        bank = replace(known.organisations[offer.key], active=True)
        save_organisation(session, bank, by=by, at=at)
    elif offer.kind is PlaceKind.SITE:
        site = replace(known.sites[offer.key], active=True)
        save_site(session, site, by=by, at=at)
    else:
        seat = replace(known.seats[offer.key], active=True)
        save_seat(session, seat, by=by, at=at)


def _is_taken(offer: Offer) -> bool:
    return offer.taken


def _before_what_needs_it(offer: Offer) -> int:
    """Put a site before its seats."""
    return list(PlaceKind).index(offer.kind)


def _free_code(stem: str, used: set[str]) -> str:
    """Give a code nobody has, bank-7, and note it as used."""
    numbers = count(len(used) + 1)
    code = next(code for n in numbers if (code := f"{stem}-{n}") not in used)
    used.add(code)
    return code


@dataclass(slots=True)
class _Work:
    """The rows being done, and what must be known to take them back."""

    session: Session
    by: Actor
    at: datetime
    before: Known
    secrets: Mapping[str, Secret]
    acts: dict[str, list[Act]] = field(default_factory=dict)
    _keys: dict[int, int] = field(default_factory=dict)

    def do(self, shown: Plan) -> None:
        rows = shown.effective
        for row in rows:
            if not _closes(row):
                self._guarded(row, self._account)
        for row in rows:
            self._guarded(row, self._step)
        for row in rows:
            if _closes(row):
                self._guarded(row, self._account)

    def _guarded(self, row: Planned, act: Callable[[Planned], None]) -> None:
        try:
            act(row)
        except TrainerError as error:
            raise RowRefusedError(
                N_(
                    "第 {number} 行（{login}）：{message}；"
                    "一行都没有导入，请改好再确认",
                    number=row.number,
                    login=row.login,
                    message=error.message,
                )
            ) from error

    def _account(self, row: Planned) -> None:
        if row.account is None:
            return
        if row.person:
            before = self.before.people[row.login.casefold()].account()
            change_person(self.session, row.person, row.account, by=self.by, at=self.at)
            self._note(row, Act.account(row.person, before))
            return
        secret = self.secrets.get(row.login.casefold())
        if secret is None:
            raise ChangedMeanwhileError(N_("预览之后人员有变化；请再看一遍再确认"))
        person = open_account(
            self.session, row.account, secret.kept, by=self.by, at=self.at
        )
        self._keys[-row.number] = person.id
        self._note(row, Act.account(person.id, None))

    def _step(self, row: Planned) -> None:
        step = row.step
        if step is None:
            return
        person = row.person or self._keys[-row.number]
        if isinstance(step, Send):
            new = self._send(person, step.placement)
            self._note(row, Act.begun(new.secondment.id))
            return
        held = self.before.held[person]
        old = next(found for found in held if found.id == step.key)
        self._note(row, Act.changed(old))
        if isinstance(step, Move):
            placement = self._real(step.placement)
            new = move_secondment(
                self.session, step.key, placement, by=self.by, at=self.at
            )
            self._note(row, Act.begun(new.secondment.id))
        elif isinstance(step, Change):
            placement = self._real(step.placement)
            change_secondment(self.session, step.key, placement, by=self.by, at=self.at)
        else:
            end_secondment(
                self.session, step.key, step.on, step.reason, by=self.by, at=self.at
            )

    def _send(self, person: int, placement: Placement) -> Listed:
        real = self._real(placement)
        return send(self.session, person, real, by=self.by, at=self.at)

    def _real(self, placement: Placement) -> Placement:
        """Put the keys of the newcomers in the place of the provisional ones."""
        arranged = placement.arrangement
        mentor, successor = (
            self._keys.get(key, key) if key else None
            for key in (arranged.mentor, arranged.successor)
        )
        arranged = replace(arranged, mentor=mentor, successor=successor)
        return replace(placement, arrangement=arranged)

    def _note(self, row: Planned, act: Act) -> None:
        self.acts.setdefault(row.login.casefold(), []).append(act)


def _closes(row: Planned) -> bool:
    return row.account is not None and not row.account.active
