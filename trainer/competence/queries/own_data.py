"""What competence holds about somebody, for the export of his own data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.competence.domain.authorising import ACT_NAMES
from trainer.competence.domain.telling import FACT_NAMES
from trainer.competence.queries.authorisations import overview
from trainer.competence.queries.sightings import sightings
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.core.wording import one_by_one
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.topics import queries as topics

BELIEVED = (
    N_("能力项"),
    N_("估计办对率"),
    N_("八成把握的范围"),
    N_("记录数"),
    N_("级别"),
)
SEEN = (
    *(N_("哪一天"), N_("怎样看到的"), N_("结果"), N_("说明"), N_("登记人")),
    *(N_("撤销人"), N_("撤销理由")),
)
STEPS = (N_("业务条线"), N_("时间"), N_("事项"), N_("理由"), N_("有效到（不含当日）"))


def own_data(session: Session, at: datetime, reader: Actor) -> list[Chapter]:
    """Give what is believed of whoever asks, and the steps of his authorisations."""
    on = day_of(at)
    if not reader.person:
        return []
    names = topics.competency_names(session)
    found = overview(session, [reader.person], on, reader=reader)
    known = found.standings.get(reader.person, {})
    believed = tuple(
        cells(
            names[code],
            f"{standing.expected:.0%}",
            "{:.0%}-{:.0%}".format(*standing.band),
            standing.breadth.count,
            standing.level().code,
        )
        for code, standing in known.items()
        if standing.is_seen
    )
    steps = tuple(
        cells(held.line, event.at, ACT_NAMES[event.act], event.reason, event.until)
        for held in found.held
        for event in held.authorisation.events
    )
    return [
        Chapter(N_("能力估计"), BELIEVED, believed),
        Chapter(N_("上岗授权"), STEPS, steps),
        Chapter(N_("观察、办件和退件"), SEEN, tuple(_seen(session, on, reader))),
    ]


def _seen(session: Session, on: date, reader: Actor) -> Iterator[tuple[str, ...]]:
    """Give what others have entered of whoever asks, all of it."""
    for each in sightings(session, reader.person, on, reader=reader, most=None):
        told = each.told
        yield cells(
            told.on,
            FACT_NAMES[told.kind],
            one_by_one(
                [f"{words}：{'、'.join(codes)}" for words, codes in told.by_outcome]
            ),
            told.words,
            each.by_name,
            each.back_by_name,
            each.why,
        )
