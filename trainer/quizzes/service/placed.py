"""Where a placement test stands, and what comes of it when it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.competence import queries as competence
from trainer.competence.domain import placement
from trainer.competence.domain.reliability import RELIABILITY
from trainer.competence.domain.sitting import Advice
from trainer.competence.domain.sitting import Sitting
from trainer.competence.domain.sitting import advice
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.placing import Ending
from trainer.quizzes.domain.placing import Figure
from trainer.quizzes.domain.placing import fresh
from trainer.quizzes.domain.placing import kept
from trainer.quizzes.domain.placing import reached
from trainer.quizzes.domain.taking import line_of
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.models import PlacementRow
from trainer.quizzes.queries import drawable
from trainer.quizzes.queries.opening import open_bank
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.placing import askable
from trainer.quizzes.queries.placing import met_lately
from trainer.quizzes.queries.rulings import rulings_on
from trainer.quizzes.service.scoring import fact_of
from trainer.quizzes.service.scoring import judged

RIGHT = 0.5
"""Share of a question's mark from which on an answer is no miss."""

SLIP = RELIABILITY[FactKind.QUIZ_ANSWER].slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where a test stands.

    Attributes:
        sitting: What is known of the taker by now.
        codes: What is placed: competencies of the line that have questions.
        free: What may be asked next.
        asked: Questions answered.
        right: Competencies of which a question was answered rightly, half of it at
            least.
    """

    sitting: Sitting
    codes: frozenset[str]
    free: tuple[Candidate, ...]
    asked: int
    right: frozenset[str]

    @property
    def ending(self) -> Ending | None:
        """Why it ends here; None while it goes on."""
        error = self.sitting.error(self.codes)
        return reached(error, self.asked, is_left=bool(self.free))


def stand(
    session: Session, row: AttemptRow, items: Sequence[PaperRow], at: datetime
) -> Point:
    """Give where a test stands after the answers to some questions."""
    taker = Actor(row.person_id, "", frozenset({Permission.READ}))
    pool = askable(session, line_of(row.quiz), at, reader=taker)
    met = met_lately(session, taker.person, at)
    told = _facts(session, row, items, at)
    codes = {each.question.competency for each in pool}
    return Point(
        sitting=competence.sitting(session, told, at, reader=taker),
        codes=frozenset(codes | {item.competency for item in items}),
        free=tuple(fresh(pool, met)),
        asked=len(items),
        right=frozenset(fact.competency for fact in told if fact.outcome >= RIGHT),
    )


def chosen(
    session: Session, point: Point, row: AttemptRow, at: datetime
) -> Candidate | None:
    """Give the question to ask next, the same however often it is asked for."""
    known = {f"{each.bank}#{each.question.id}": each for each in point.free}
    banks = drawable(session, day_of(at)).revisions
    candidates = []
    for item, each in known.items():
        revision = banks[each.bank]
        body = open_bank(session, revision).questions[each.question.id].body
        asked = placement.Candidate(
            item=item, competency=each.question.competency, guess=body.guess, slip=SLIP
        )
        candidates.append(point.sitting.placed(asked, revision.id))
    seed = f"{row.person_id}/{row.quiz}/{row.number}/{point.asked}"
    found = point.sitting.next_question(candidates, seed)
    return known[found.item] if found else None


def close_placement(
    session: Session, row: AttemptRow, items: Sequence[PaperRow]
) -> list[PaperRow]:
    """Keep what came of a test that has ended; give the questions that count.

    One that was shown and not answered is taken away: leaving is no wrong answer. To
    be asked before the facts are told, which are part of what is known from then on.
    """
    ended = row.ended_at or row.began_at
    counted = [item for item in items if item.position < row.place or any(item.answer)]
    for item in items:
        if item not in counted:
            session.delete(item)
    point = stand(session, row, counted, ended)
    late = row.due_at is not None and ended >= row.due_at
    ending = point.ending or (Ending.TIME if late else Ending.LEFT)
    figures = _figures(
        point, Counter(item.competency for item in counted), session, row
    )
    session.add(
        PlacementRow(attempt_id=row.id, ending=ending.value, figures=kept(figures))
    )
    return counted


def _figures(
    point: Point, asked: Counter[str], session: Session, row: AttemptRow
) -> list[Figure]:
    """Give what is believed of all that the line needs, the weakest first.

    What nobody was asked about, and of which nothing is known, comes last.
    """
    needs = competence.line_needs(session, line_of(row.quiz))
    codes = dict.fromkeys((*(need.code for need in needs), *asked))
    found = [_figure(point, code, asked[code]) for code in codes]
    return sorted(found, key=lambda f: (f.advice is Advice.UNASKED, f.percent))


def _figure(point: Point, code: str, asked: int) -> Figure:
    """Give what is believed of a competency.

    Whoever got nothing of it right is not told to skip it, whatever was known before:
    one answer moves an old estimate little, and he would not believe it.
    """
    standing = point.sitting.standing(code)
    low, high = standing.percents
    told = advice(standing)
    if told is Advice.SKIP and asked and code not in point.right:
        told = Advice.UNSURE
    return Figure(
        code=standing.code,
        percent=standing.percent,
        low=low,
        high=high,
        advice=told,
        asked=asked,
    )


def _facts(
    session: Session, row: AttemptRow, items: Sequence[PaperRow], at: datetime
) -> list[Fact]:
    """Give the answers as the facts they will be; a void question says nothing."""
    banks = open_banks(session, {item.revision_id for item in items})
    rulings = rulings_on(session, items)
    found = []
    for item in items:
        ruling = rulings.get((item.bank, item.item, item.wording))
        told = judged(item, banks, ruling)
        if told.share is not None and not told.is_void:
            source = f"placing/{row.id}/{item.position}"
            found.append(
                fact_of(row, item, told.share, source, guess=told.guess, at=at)
            )
    return found
