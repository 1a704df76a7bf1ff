"""What scenarios hold about somebody, for the export of his own data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.scenarios.domain.engine import Taken
from trainer.scenarios.domain.engine import chosen
from trainer.scenarios.domain.playing import STATE_NAMES
from trainer.scenarios.domain.playing import Played
from trainer.scenarios.models import PlayRow
from trainer.scenarios.models import StepRow
from trainer.scenarios.queries.opening import pinned_all
from trainer.scenarios.queries.plays import own_plays

PLAYED = (
    *(N_("演练"), N_("情景"), N_("第几次"), N_("状态")),
    *(N_("开始"), N_("结束"), N_("得分比例"), N_("是否通过")),
)
CHOSEN = (N_("演练"), N_("第几步"), N_("节点"), N_("我的选择"), N_("时间"))


def own_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give the plays of whoever asks, and what he has chosen in them."""
    played = own_plays(session, reader=reader)
    choices = _chosen(session, reader) if played else []
    return [
        Chapter(N_("情景演练"), PLAYED, tuple(map(_played, played))),
        Chapter(N_("我在演练里的选择"), CHOSEN, tuple(choices)),
    ]


def _played(play: Played) -> tuple[str, ...]:
    passed = {None: None, True: N_("通过"), False: N_("没通过")}[play.passed]
    return cells(
        play.id,
        play.title,
        play.number,
        STATE_NAMES[play.state],
        play.began_at,
        play.ended_at,
        play.score,
        passed,
    )


def _chosen(session: Session, reader: Actor) -> list[tuple[str, ...]]:
    query = (
        select(StepRow, PlayRow.revision_id)
        .join(PlayRow, PlayRow.id == StepRow.play_id)
        .where(PlayRow.person_id == reader.person)
        .order_by(StepRow.play_id, StepRow.number)
    )
    rows = session.execute(query).all()
    texts = pinned_all(session, {key for _, key in rows})
    found = []
    for row, key in rows:
        _, choice = chosen(texts[key], Taken(row.node, row.choice))
        found.append(cells(row.play_id, row.number, row.node, choice.text, row.at))
    return found
