"""Gives the people of the demo something to be judged by: through the real services.

They practise, are watched, send files that come back, and are authorised, on days
before the demo. Chance is seeded, so every demo of a day is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from itertools import product
from random import Random

from sqlalchemy.orm import Session

from trainer.competence import queries as competence_queries
from trainer.competence import service as competence
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.witnessing import BEST
from trainer.competence.domain.witnessing import Sighting
from trainer.competence.service import Decision
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.evidence import queries as evidence
from trainer.evidence.domain import FactKind
from trainer.people.domain.accounts import Person
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.taking import DAILY
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.taking import NothingToAskError
from trainer.quizzes.domain.taking import Save
from trainer.topics import queries as topics
from trainer.topics.domain.causes import ErrorCause
from trainer.topics.domain.competencies import Competency

SEED = 20261122
ASKED = 10
"""Questions of a practice."""

ROUNDS = (56, 40, 27, 14, 6, 2)
"""Days before the demo on which somebody practises."""

WATCHED = (54, 47, 40, 33, 26, 19, 12, 8)
DECIDED = 5
"""Days before the demo on which somebody is watched, and on which it is decided."""


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody of the demo, and how good he is.

    Attributes:
        login: Who.
        lines: What he practises.
        right: Share of questions he answers right, 0..1.
        level: How he does when he is watched, see ``domain.witnessing.RUBRIC``.
        rounds: How many of the last :data:`ROUNDS` he took part in.
        boss: Who watches him and decides.
    """

    login: str
    lines: tuple[str, ...]
    right: float
    level: int
    rounds: int = len(ROUNDS)
    boss: str = "supervisor"

    @property
    def practised(self) -> Sequence[int]:
        """Days before the demo on which he practised."""
        return ROUNDS[len(ROUNDS) - self.rounds :]


LEARNERS = (
    Learner("mentor", ("withdraw", "service"), 0.98, 3),
    Learner("clerk", ("withdraw",), 0.95, 3, 4),
    Learner("w1002", ("withdraw", "channel"), 0.97, 3),
    Learner("w1003", ("channel", "service"), 0.95, 3, 4),
    Learner("w1005", ("deposit",), 0.92, 3),
    Learner("w1006", ("withdraw", "repay"), 0.8, 2),
    Learner("w1008", ("repay", "channel"), 0.98, 3),
    Learner("w1009", ("deposit",), 0.7, 1, 3),
    Learner("w1011", ("loan",), 0.85, 2),
    Learner("w1012", ("service",), 0.97, 3),
    Learner("w1013", ("withdraw",), 0.55, 1, 2),
    Learner("w1033", ("service", "channel"), 0.9, 3, 5),
    # Mentors of long standing: nobody saw them practise, all saw them work.
    Learner("w1001", ("withdraw", "deposit"), 1, 3, 0, "manager"),
    Learner("w1010", ("withdraw", "repay"), 1, 3, 0, "manager"),
    Learner("w1028", ("withdraw", "deposit"), 1, 3, 0, "manager"),
)
RETURNED = (("w1006", "withdraw.rent", "P5"), ("w1009", "deposit.base", "P2"))
"""Whose files came back: who, which business, and what it says something of."""


def learn(session: Session, people: Mapping[str, Person], *, at: datetime) -> None:
    """Let the people of the demo be seen; where anybody was seen already, nothing."""
    if evidence.people_with(session):
        return
    chance = Random(SEED)  # noqa: S311  (no secret)
    boss = people["supervisor"].actor()
    for days in ROUNDS:  # day by day: what may be asked is worked out for a day
        for learner in (each for each in LEARNERS if days in each.practised):
            by = people[learner.login].actor()
            _practise(session, learner, chance, by=by, at=at - timedelta(days=days))
    for learner, days in product(LEARNERS, WATCHED):
        key, by = people[learner.login].id, people[learner.boss].actor()
        _watch(session, learner, key, by, at - timedelta(days=days))
    for login, business, code in RETURNED:
        _return(session, people[login].id, (business, code), boss, at)
    for learner in LEARNERS:
        key, by = people[learner.login].id, people[learner.boss].actor()
        _decide(session, key, learner.lines, by, at - timedelta(days=DECIDED))
    competence.rebuild(session, at=at)


def _wanted(session: Session, lines: Sequence[str]) -> list[Competency]:
    """Give what some lines need."""
    framework = topics.competencies(session)
    known = framework.competencies if framework else ()
    return [c for c in known if any(c.is_needed_on(line) for line in lines)]


def _practise(
    session: Session, learner: Learner, chance: Random, *, by: Actor, at: datetime
) -> None:
    """Take a practice of the lines somebody learns."""
    codes = {c.code for c in _wanted(session, learner.lines)}
    pool = queries.drawable(session, day_of(at)).candidates
    places = [c.place for c in pool if c.question.competency in codes]
    chosen = chance.sample(places, min(ASKED, len(places)))
    dice: Callable[[int], int] = chance.randrange
    try:
        row = service.begin_practice(session, DAILY, chosen, by=by, at=at, dice=dice)
    except NothingToAskError:
        return  # so long ago that no bank was in force
    asked = queries.paper(session, row.id, at, reader=by).items
    items = queries.papers(session, [row.id])
    banks = queries.open_banks(session, {item.revision_id for item in items})
    for shown, item in zip(asked, items, strict=True):
        given = queries.solution_of(item, banks[item.revision_id], shown).answer
        if chance.random() > learner.right:
            given = _mistaken(shown, given)
        if any(given):  # an essay waits for a person
            save = Save(position=item.position, given=given, number=1, seconds=40)
            service.save(session, row.id, save, by=by, at=at + timedelta(minutes=1))
    service.submit(session, row.id, by=by, at=at + timedelta(minutes=9))


def _mistaken(asked: AskedItem, right: Answer) -> Answer:
    """Give an answer that is wrong."""
    if asked.face.blanks:
        return ("九",) * asked.face.blanks
    if not asked.face.choices:
        return ("-1",)
    if len(right) > 1:
        return right[::-1]
    return ("B",) if right == ("A",) else ("A",)


def _watch(
    session: Session, learner: Learner, person: int, by: Actor, at: datetime
) -> None:
    """Have somebody watched at his lines: his own competencies, then the general."""
    found = _wanted(session, learner.lines)
    own = [c.code for c in found if set(c.lines) & set(learner.lines)]
    general = [c.code for c in found if c.code not in own]
    parts = {"own": own[:12], "rest": own[12:], "general": general[:12]}
    for name, codes in parts.items():
        if not codes:
            continue
        told = Sighting(
            person=person,
            kind=FactKind.OBSERVATION,
            on=day_of(at),
            outcomes=dict.fromkeys(codes, learner.level / BEST),
            token=f"demo/{person}/{name}/{day_of(at)}",
        )
        competence.enter(session, told, by=by, at=at)


def _return(
    session: Session, person: int, what: tuple[str, str], by: Actor, at: datetime
) -> None:
    business, code = what
    for days in (20, 8):
        told = Sighting(
            person=person,
            kind=FactKind.RETURNED_FILE,
            on=day_of(at) - timedelta(days=days),
            outcomes={code: 0.0},
            business=business,
            cause=ErrorCause.MATERIALS,
            words="要件清单没有核对（演示）",
            token=f"demo/{person}/returned/{days}",
        )
        competence.enter(session, told, by=by, at=at - timedelta(days=days))


def _decide(
    session: Session, person: int, lines: Sequence[str], by: Actor, at: datetime
) -> None:
    """Let somebody work: alone where the rule proposes it, else co-signed."""
    on = day_of(at)
    found = competence_queries.authorisations(
        session, [person], on, reader=by, lines=lines
    )
    for held in found:
        act = Act.GRANTED if held.ready.is_reached else Act.LIMITED
        if held.ready.is_reached or held.ready.limited:
            told = Decision(person=person, line=held.line, act=act, seen=0)
            competence.decide(session, told, by=by, at=at)
