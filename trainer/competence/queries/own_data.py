"""What competence holds about somebody, for the export of his own data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.competence.domain.authorising import ACT_NAMES
from trainer.competence.queries.authorisations import overview
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.wording import N_
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
    ]
