"""What plays by two hold about somebody, for the export of his own data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.core.wording import one_list
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.publishing.models import RevisionRow
from trainer.scenarios.domain.live import LIVE_STATE_NAMES
from trainer.scenarios.domain.live import PART_NAMES
from trainer.scenarios.domain.live import LiveState
from trainer.scenarios.domain.live import Part
from trainer.scenarios.models import LiveMarkRow
from trainer.scenarios.models import LiveRow
from trainer.scenarios.models import SaidRow
from trainer.scenarios.queries.live import people_in
from trainer.scenarios.queries.opening import pinned

PLAYED = (
    *(N_("演练"), N_("情景"), N_("我做什么"), N_("状态"), N_("安排时间")),
    *(N_("结束"), N_("得分比例"), N_("评语"), N_("作废理由")),
)
MARKED = (N_("演练"), N_("打分项"), N_("第几档"), N_("时间"))
SAID = (
    N_("演练"),
    N_("第几步"),
    N_("节点"),
    N_("最像的选项"),
    N_("别的说法"),
    N_("时间"),
)


def own_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give the plays by two of whoever asks; marks and words where he was the clerk."""
    row = LiveRow
    query = (
        select(LiveRow, RevisionRow.title)
        .join(RevisionRow, RevisionRow.id == row.revision_id)
        .where(
            (row.clerk_id == reader.person)
            | (row.citizen_id == reader.person)
            | (row.observer_id == reader.person)
        )
        .order_by(row.id)
    )
    found = session.execute(query).all()
    held = [live for live, _ in found]
    over = [live for live in held if _is_told(live, reader)]
    return [
        Chapter(
            N_("两人演练"),
            PLAYED,
            tuple(_played(live, title, reader) for live, title in found),
        ),
        Chapter(N_("两人演练的打分"), MARKED, tuple(_marks(session, over))),
        Chapter(N_("我在两人演练里的话"), SAID, tuple(_said(session, over))),
    ]


def _is_told(live: LiveRow, reader: Actor) -> bool:
    """Tell whether it is over and he was the clerk."""
    return live.score is not None and live.clerk_id == reader.person


def _played(live: LiveRow, title: str, reader: Actor) -> tuple[str, ...]:
    parts = [part for part, key in people_in(live).items() if key == reader.person]
    told = live.score is not None and parts != [Part.CITIZEN]
    return cells(
        live.id,
        title,
        one_list([PART_NAMES[part] for part in parts]),
        LIVE_STATE_NAMES[LiveState(live.state)],
        live.made_at,
        live.ended_at,
        live.score if told else None,
        live.comment if told else None,
        live.void_reason if told else None,
    )


def _marks(session: Session, lives: Iterable[LiveRow]) -> list[tuple[str, ...]]:
    texts = {live.id: pinned(session, live.revision_id)[1] for live in lives}
    names = {
        (key, mark.id): mark.name
        for key, scenario in texts.items()
        for mark in scenario.rubric
    }
    query = select(LiveMarkRow).where(LiveMarkRow.live_id.in_(texts))
    rows = session.scalars(query.order_by(LiveMarkRow.live_id, LiveMarkRow.line))
    return [
        cells(row.live_id, names[row.live_id, row.line], row.level, row.at)
        for row in rows
    ]


def _said(session: Session, lives: Iterable[LiveRow]) -> list[tuple[str, ...]]:
    keys = [live.id for live in lives]
    query = select(SaidRow).where(SaidRow.live_id.in_(keys), ~SaidRow.taken_back)
    rows = session.scalars(query.order_by(SaidRow.live_id, SaidRow.number))
    return [
        cells(row.live_id, row.number, row.node, row.choice, row.note, row.at)
        for row in rows
    ]
