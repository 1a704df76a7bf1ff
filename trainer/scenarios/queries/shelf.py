"""The scenarios there are: what holds on a day, and each text for its authors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.linting import linted
from trainer.scenarios.domain.manuscripts import facets_of
from trainer.scenarios.domain.picture import picture
from trainer.scenarios.domain.playing import Played
from trainer.scenarios.domain.reading import parse
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.domain.shelf import Offered
from trainer.scenarios.domain.shelf import Sheet
from trainer.scenarios.queries.opening import open_scenario
from trainer.scenarios.queries.plays import own_plays

KINDS = (SCENARIO,)


def offered(
    session: Session,
    on: date,
    *,
    reader: Actor,
    slugs: Collection[str] | None = None,
) -> list[Offered]:
    """Give the scenarios in force on a day, with the reader's own plays, by title.

    Args:
        session: A session.
        on: The day.
        reader: Who asks.
        slugs: Only these; None is all.
    """
    held = publishing.in_force(session, on, reader=reader, slugs=slugs, kinds=KINDS)
    own: dict[str, list[Played]] = defaultdict(list)
    for play in own_plays(session, reader=reader, slugs=[r.slug for r in held]):
        own[play.slug].append(play)
    found = [_offered(revision, own[revision.slug]) for revision in held]
    return sorted(found, key=lambda each: each.revision.header.title)


def offer(session: Session, slug: str, on: date, *, reader: Actor) -> Offered:
    """Give one scenario in force on a day.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    revision = publishing.revision_on(session, slug, on, reader=reader, kinds=KINDS)
    return _offered(revision, own_plays(session, reader=reader, slugs=[slug]))


def scenario_on(
    session: Session, slug: str, on: date, *, reader: Actor
) -> tuple[Revision, Scenario]:
    """Give the text of a scenario that holds on a day, opened.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    revision = publishing.revision_on(session, slug, on, reader=reader, kinds=KINDS)
    return revision, open_scenario(session, revision)


def unpublished(session: Session, *, reader: Actor) -> list[Revision]:
    """Give the texts of scenarios that somebody works on; none for readers."""
    return publishing.unpublished(session, reader=reader, kinds=KINDS)


def sheet(
    session: Session, slug: str, key: int | None, on: date, *, reader: Actor
) -> Sheet:
    """Give a scenario to those who write and approve.

    Args:
        session: A session.
        slug: Which scenario.
        key: Key of the text; None is what holds on the day, else the newest.
        on: The day.
        reader: Who asks.

    Raises:
        DeniedError: this reader knows of no drafts.
        NotFoundError: there is none.
        MistakesError: the text is kept in a form that is not read any more.
    """
    if not reader.sees_drafts:
        reader.must(Permission.EDIT)
    found = publishing.chosen(session, slug, key, on, reader=reader, kinds=KINDS)
    if found is None:
        raise NotFoundError(N_("没有这个情景：{slug}", slug=slug))
    shown = found.revision
    scenario = open_scenario(session, shown)
    lint = linted(scenario)
    return Sheet(
        revision=shown,
        scenario=scenario,
        holds=found.holds,
        drafts=found.drafts,
        held=found.held,
        picture=picture(scenario),
        findings=(*lint.mistakes, *lint.warnings),
        stale=_stale(session, shown, on, reader) if found.holds else frozenset(),
    )


def warnings(text: str) -> tuple[Mistake, ...]:
    """Give what the author of a text must know, though it may be saved."""
    return parse(text).warnings


def _offered(revision: Revision, plays: list[Played]) -> Offered:
    return Offered(
        revision=revision,
        facets=facets_of(dict(revision.facets)),
        plays=tuple(plays),
    )


def _stale(
    session: Session, revision: Revision, on: date, reader: Actor
) -> frozenset[str]:
    return frozenset(
        entry.reference.item
        for entry in publishing.stale(session, on, reader=reader)
        if entry.revision.id == revision.id
    )
