"""Plays as their player sees them."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing.domain.revision import Revision
from trainer.publishing.models import RevisionRow
from trainer.publishing.queries.citable import clause_names
from trainer.scenarios.domain.engine import Result
from trainer.scenarios.domain.engine import State
from trainer.scenarios.domain.engine import begin
from trainer.scenarios.domain.engine import replayed
from trainer.scenarios.domain.engine import result
from trainer.scenarios.domain.playing import Played
from trainer.scenarios.domain.playing import PlayState
from trainer.scenarios.domain.playing import Settings
from trainer.scenarios.domain.playing import Turn
from trainer.scenarios.domain.playing import turns
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.models import PlayRow
from trainer.scenarios.models import StepRow
from trainer.scenarios.queries.opening import pinned


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A play with everything that its page shows.

    Attributes:
        played: The play as it stands in lists.
        revision: The text that is played.
        scenario: The same, opened.
        settings: How it is played.
        state: Where the walk is.
        copied: How many steps were taken over from another play.
        turns: The steps so far.
        result: What they are worth.
    """

    played: Played
    revision: Revision
    scenario: Scenario
    settings: Settings
    state: State
    copied: int
    turns: tuple[Turn, ...]
    result: Result


def own_play(session: Session, key: int, *, reader: Actor) -> Play:
    """Give a play to its player, whatever its state.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    row = own_row(session, key, reader=reader)
    revision, scenario = pinned(session, row.revision_id)
    state = walked(session, row, scenario)
    return Play(
        played=_played(row, revision.header.title),
        revision=revision,
        scenario=scenario,
        settings=Settings(shows=row.shows, timed=row.timed),
        state=state,
        copied=row.copied,
        turns=turns(scenario, state),
        result=result(scenario, state),
    )


def own_row(session: Session, key: int, *, reader: Actor) -> PlayRow:
    """Give the row of a play to its player.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    row = session.get(PlayRow, key)
    if row is None or row.person_id != reader.person:
        raise NotFoundError(N_("没有这次演练，或者它不是您的"))
    return row


def walked(session: Session, row: PlayRow, scenario: Scenario) -> State:
    """Give where a play has come, from the steps that are kept."""
    choices = [kept.choice for kept in steps(session, row.id)]
    return replayed(scenario, begin(scenario, row.situation), choices)


def steps(session: Session, play: int) -> list[StepRow]:
    """Give the steps of a play, in their order."""
    query = select(StepRow).where(StepRow.play_id == play)
    return [*session.scalars(query.order_by(StepRow.number))]


def own_plays(
    session: Session, *, reader: Actor, slugs: Collection[str] | None = None
) -> list[Played]:
    """Give the plays of whoever asks, the latest first."""
    query = (
        select(PlayRow, RevisionRow.title)
        .join(RevisionRow, RevisionRow.id == PlayRow.revision_id)
        .where(PlayRow.person_id == reader.person)
    )
    if slugs is not None:
        query = query.where(PlayRow.slug.in_(slugs))
    rows = session.execute(query.order_by(PlayRow.id.desc()))
    return [_played(row, title) for row, title in rows]


def cited(
    session: Session, turns: Iterable[Turn], on: date, *, reader: Actor
) -> Mapping[str, str]:
    """Name the clauses that the steps of a play rest on, as of its business day."""
    choices = [c for turn in turns for c in (turn.choice, *turn.better)]
    addresses = {cite.address for choice in choices for cite in choice.cites}
    return clause_names(session, addresses, on, reader=reader)


def _played(row: PlayRow, title: str) -> Played:
    return Played(
        id=row.id,
        slug=row.slug,
        title=title,
        number=row.number,
        state=PlayState(row.state),
        is_replay=row.replays is not None,
        began_at=row.began_at,
        ended_at=row.ended_at,
        score=None if row.score is None else Fraction(row.score),
        passed=row.passed,
    )
