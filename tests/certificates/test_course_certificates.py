"""The certificate of a course is worth what the course is: from the real sources."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.courses.duties import change
from tests.courses.learners import SLUG
from tests.courses.learners import put_course
from tests.courses.learners import read
from tests.courses.texts import RENT
from tests.factories import SETUP
from tests.factories import make_actor
from tests.factories import make_approved
from tests.people.places import make_person
from trainer.certificates import queries
from trainer.certificates import service
from trainer.certificates.domain.certificates import CODE_BYTES
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import NoGroundError
from trainer.certificates.domain.certificates import State
from trainer.certificates.domain.certificates import code_of
from trainer.core.actor import Actor
from trainer.core.clock import day_of

TEXT = (
    RENT.partition("  - id: errors")[0]
    .replace("rule: checked", "rule: read")
    .replace("steps:", "valid_days: 30\nsteps:")
)
"""A course of one step, valid for a month."""


@pytest.fixture
def clerk(session: Session) -> Actor:
    """Somebody who has read the only step of a course."""
    make_approved(session)
    put_course(session, TEXT)
    found = make_actor(make_person(session, "lin").id)
    read(session, "conditions", found)
    return found


def issue(session: Session, clerk: Actor, *, number: int, at: datetime = NOW) -> str:
    """Issue the certificate of the course; gives its code."""
    chance = bytes([number]) * CODE_BYTES
    service.issue(session, clerk.person, Kind.COURSE, SLUG, chance, by=clerk, at=at)
    return code_of(chance)


def worth(session: Session, code: str, at: datetime = NOW) -> State:
    return queries.verified(session, code, day_of(at), reader=SETUP).standing.state


def test_it_is_worth_something_until_the_course_ends(
    session: Session, clerk: Actor
) -> None:
    code = issue(session, clerk, number=1)
    for days, state in ((0, State.VALID), (29, State.VALID), (30, State.EXPIRED)):
        assert worth(session, code, NOW + timedelta(days=days)) is state


def test_a_changed_clause_takes_its_worth_until_it_is_read(
    session: Session, clerk: Actor
) -> None:
    old = issue(session, clerk, number=1)
    change(session)
    assert worth(session, old) is State.LAPSED
    with pytest.raises(NoGroundError):
        issue(session, clerk, number=2)
    later = NOW + timedelta(days=2)
    read(session, "conditions", clerk, later)
    new = issue(session, clerk, number=2, at=later)
    assert worth(session, new, later) is State.VALID
    assert worth(session, old, later) is State.REPLACED


@pytest.mark.usefixtures("clerk")
def test_without_the_course_there_is_none(session: Session) -> None:
    other = make_actor(make_person(session, "wu").id)
    with pytest.raises(NoGroundError):
        issue(session, other, number=1)
