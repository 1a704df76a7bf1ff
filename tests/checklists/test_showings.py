"""Recording what became of items: once, by whoever was given the ticket."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.checklists.shown import put_everything
from tests.factories import EDITOR
from tests.factories import NOON
from tests.people.places import make_person
from trainer.checklists import queries
from trainer.checklists import service
from trainer.checklists.domain.asking import Asked
from trainer.checklists.domain.reporting import Report
from trainer.checklists.domain.showing import ContradictionError
from trainer.checklists.domain.showing import Noted
from trainer.checklists.domain.showing import NotOfTicketError
from trainer.checklists.domain.showing import Outcome
from trainer.checklists.domain.showing import ShowingUnknownError
from trainer.checklists.domain.showing import Source
from trainer.checklists.domain.showing import TicketTooOldError
from trainer.checklists.domain.showing import Told
from trainer.checklists.domain.situation import Situation
from trainer.checklists.domain.tickets import ForeignTicketError
from trainer.checklists.domain.tickets import ForgedTicketError
from trainer.checklists.domain.tickets import made_out
from trainer.checklists.models import ShowingItemRow
from trainer.checklists.models import ShowingRow
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.kit import db

DAY = timedelta(days=1)
SYSTEM = Actor(0, "核心（虚构）", frozenset({Permission.READ}))
LATER = NOON + 40 * DAY
ASKED = Asked(
    business="withdraw.rent", step="verify", on=day_of(LATER), situation=Situation()
)
FIRST, SECOND = "rent-errors#item-4", "rent-errors#item-3"
"""The two worst ones."""


@pytest.fixture
def clerk(session: Session) -> Actor:
    """A clerk, with a list in force."""
    put_everything(session)
    return make_person(session, "w1").actor()


def ticket(session: Session, person: int, *, token: int = 0, nonce: str = "n") -> str:
    tips = queries.tips(
        session,
        ASKED,
        person=person,
        reader=SYSTEM,
        at=LATER,
    )
    made = made_out(ASKED, tips, token=token, person=person, at=LATER, nonce=nonce)
    return queries.signed_ticket(session, made)


def tell(
    session: Session,
    words: str,
    *told: tuple[str, Outcome],
    by: Actor,
    after: timedelta = timedelta(),
) -> Noted:
    report = Report(
        ticket=words,
        told=tuple(Told(*each) for each in told),
        source=Source.COUNTER,
    )
    return service.note_outcomes(session, report, by=by, at=LATER + after)


def count(session: Session) -> tuple[int, int]:
    return (
        session.scalar(select(func.count()).select_from(ShowingRow)) or 0,
        session.scalar(select(func.count()).select_from(ShowingItemRow)) or 0,
    )


def moments(session: Session, address: str) -> dict[str, object]:
    slug, _, item = address.partition("#")
    row = session.scalars(
        select(ShowingItemRow).where(
            ShowingItemRow.slug == slug, ShowingItemRow.item == item
        )
    ).one()
    session.refresh(row)
    return {o: getattr(row, f"{o}_at") for o in Outcome if getattr(row, f"{o}_at")}


def test_the_first_report_writes_the_showing_and_the_moments(
    session: Session, clerk: Actor
) -> None:
    words = ticket(session, clerk.person)
    assert count(session) == (0, 0)
    noted = tell(
        session, words, (FIRST, Outcome.TICKED), (SECOND, Outcome.IGNORED), by=clerk
    )
    assert noted == Noted(new=2, known=0)
    assert count(session) == (1, 5)
    assert moments(session, FIRST) == {"shown": LATER, "ticked": LATER}
    assert moments(session, SECOND) == {"shown": LATER, "ignored": LATER}
    row = session.scalars(select(ShowingRow)).one()
    assert (row.person_id, row.token_id, row.source) == (clerk.person, None, "counter")
    assert (row.business, row.step, row.on) == (ASKED.business, ASKED.step, ASKED.on)


def test_told_again_it_changes_nothing_and_says_so(
    session: Session, clerk: Actor
) -> None:
    words = ticket(session, clerk.person)
    told = (FIRST, Outcome.TICKED), (FIRST, Outcome.SHOWN)
    tell(session, words, *told, by=clerk)
    again = tell(session, words, *told, *told, by=clerk, after=DAY / 2)
    assert again == Noted(new=0, known=2)
    assert count(session) == (1, 5)
    assert moments(session, FIRST) == {"shown": LATER, "ticked": LATER}


def test_a_contradiction_is_refused_whole(session: Session, clerk: Actor) -> None:
    words = ticket(session, clerk.person)
    tell(session, words, (FIRST, Outcome.IGNORED), by=clerk)
    with pytest.raises(ContradictionError):
        tell(
            session,
            words,
            (SECOND, Outcome.USEFUL),
            (FIRST, Outcome.TICKED),
            by=clerk,
        )
    assert moments(session, FIRST) == {"shown": LATER, "ignored": LATER}
    assert moments(session, SECOND) == {}


def test_a_first_report_that_is_refused_leaves_nothing(
    session: Session, clerk: Actor
) -> None:
    words = ticket(session, clerk.person)
    for told, error in (
        ([(FIRST, Outcome.TICKED), (FIRST, Outcome.IGNORED)], ContradictionError),
        ([("rent-errors#later", Outcome.SHOWN)], NotOfTicketError),
    ):
        with pytest.raises(error):
            tell(session, words, *told, by=clerk)
    assert count(session) == (0, 0)


def test_a_returned_file_is_told_within_a_year_of_a_showing_on_record(
    session: Session, clerk: Actor
) -> None:
    words = ticket(session, clerk.person)
    returned = (FIRST, Outcome.RETURNED)
    with pytest.raises(ShowingUnknownError):
        tell(session, words, returned, by=clerk, after=2 * DAY)
    tell(session, words, (FIRST, Outcome.TICKED), by=clerk)
    with pytest.raises(TicketTooOldError):
        tell(
            session, words, returned, (SECOND, Outcome.TICKED), by=clerk, after=2 * DAY
        )
    assert tell(session, words, returned, by=clerk, after=90 * DAY) == Noted(1, 0)
    assert moments(session, FIRST)["returned"] == LATER + 90 * DAY
    with pytest.raises(ShowingUnknownError):
        tell(session, words, returned, by=clerk, after=367 * DAY)


def test_somebody_elses_ticket_and_a_forged_one_are_refused(
    session: Session, clerk: Actor
) -> None:
    words = ticket(session, clerk.person)
    other = make_person(session, "w2").actor()
    shown = (FIRST, Outcome.SHOWN)
    with pytest.raises(ForeignTicketError):
        tell(session, words, shown, by=other)
    with pytest.raises(ForeignTicketError):
        tell(session, ticket(session, clerk.person, token=1), shown, by=clerk)
    with pytest.raises(ForgedTicketError):
        tell(session, f"{words}x", shown, by=clerk)
    with pytest.raises(DeniedError):
        tell(session, words, shown, by=Actor(clerk.person, "", frozenset()))
    assert count(session) == (0, 0)


def test_two_visits_at_the_same_moment_are_two_showings(
    session: Session, clerk: Actor
) -> None:
    for nonce in ("a", "b"):
        words = ticket(session, clerk.person, nonce=nonce)
        tell(session, words, (FIRST, Outcome.SHOWN), by=clerk)
    assert count(session) == (2, 10)


def test_after_a_year_nobody_is_found_by_what_he_saw(
    session: Session, clerk: Actor
) -> None:
    tell(session, ticket(session, clerk.person), (FIRST, Outcome.SHOWN), by=clerk)

    def people() -> list[int | None]:
        session.expire_all()
        return [*session.scalars(select(ShowingRow.person_id))]

    service.forget_clerks(session, at=LATER + 366 * DAY)
    assert people() == [clerk.person]
    service.forget_clerks(session, at=LATER + 367 * DAY)
    assert people() == [None]
    assert count(session) == (1, 5)


def test_ones_own_showings_are_ones_own_data(session: Session, clerk: Actor) -> None:
    tell(session, ticket(session, clerk.person), (FIRST, Outcome.TICKED), by=clerk)
    (chapter,) = queries.own_data(session, LATER, clerk)
    assert len(chapter.rows) == 5
    first = chapter.rows[0]
    assert first[1:4] == ("withdraw.rent", "verify", FIRST)
    assert first[5]
    assert first[6] == ""
    (others,) = queries.own_data(session, LATER, EDITOR)
    assert others.rows == ()


def test_of_two_that_contradict_at_once_one_stands(engine: Engine) -> None:
    with db.writing(engine) as session:
        put_everything(session)
        clerk = make_person(session, "w1").actor()
        words = [ticket(session, clerk.person, nonce=str(n)) for n in range(8)]

    def told(word: str, outcome: Outcome, start: Barrier) -> bool:
        start.wait()
        try:
            with db.writing(engine) as session:
                tell(session, word, (FIRST, outcome), by=clerk)
        except ContradictionError:
            return False
        return True

    for word in words:
        start = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            both = (Outcome.TICKED, Outcome.IGNORED)
            done = [pool.submit(told, word, outcome, start) for outcome in both]
            assert sorted(each.result() for each in done) == [False, True]
    with db.reading(engine) as session:
        assert count(session) == (8, 40)
