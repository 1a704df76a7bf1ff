"""What quizzes hold about somebody, for the export of his own data."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.quizzes.domain.attempts import STATE_NAMES
from trainer.quizzes.domain.placing import ADVICE_NAMES
from trainer.quizzes.domain.placing import read_back
from trainer.quizzes.domain.showing import Tried
from trainer.quizzes.models import PaperRow
from trainer.quizzes.models import PlacementRow
from trainer.quizzes.queries.attempts import face_of
from trainer.quizzes.queries.attempts import given_of
from trainer.quizzes.queries.attempts import papers
from trainer.quizzes.queries.opening import OpenBank
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.showing import may_review_row
from trainer.quizzes.queries.showing import own_rows
from trainer.quizzes.queries.showing import tried_of

TRIED = (
    *(N_("答卷"), N_("测验"), N_("考第几次"), N_("状态")),
    *(N_("开始"), N_("交卷"), N_("得分"), N_("满分")),
)
PLACED = (
    *(N_("答卷"), N_("能力项"), N_("估计办对率（%）")),
    *(N_("八成把握的范围"), N_("建议"), N_("问了几题")),
)
ANSWERED = (
    *(N_("答卷"), N_("题号"), N_("题目")),
    *(N_("作答"), N_("保存时间"), N_("得分比例")),
)


def own_data(session: Session, at: datetime, reader: Actor) -> list[Chapter]:
    """Give the attempts of whoever asks, and what he has answered in them.

    Answers are told in the letters he saw: the keys of a question follow the order in
    which it was written. Shares are told when he may see what is right.
    """
    rows = own_rows(session, reader=reader)
    seen = {row.id for row in rows if may_review_row(row, at)}
    items = papers(session, [row.id for row in rows])
    banks = open_banks(session, {item.revision_id for item in items})
    return [
        Chapter(N_("测验和练习"), TRIED, tuple(map(_tried, tried_of(session, rows)))),
        Chapter(N_("摸底结果"), PLACED, tuple(_placed(session, [r.id for r in rows]))),
        Chapter(
            N_("我的作答"),
            ANSWERED,
            tuple(
                _answered(item, banks[item.revision_id], shows=item.attempt_id in seen)
                for item in items
            ),
        ),
    ]


def _tried(tried: Tried) -> tuple[str, ...]:
    return cells(
        tried.id,
        tried.title,
        tried.number,
        STATE_NAMES[tried.state],
        tried.began_at,
        tried.ended_at,
        tried.earned,
        tried.full,
    )


def _placed(session: Session, keys: Collection[int]) -> Iterator[tuple[str, ...]]:
    query = select(PlacementRow).where(PlacementRow.attempt_id.in_(keys))
    for row in session.scalars(query.order_by(PlacementRow.attempt_id)):
        for each in read_back(row.figures):
            yield cells(
                row.attempt_id,
                each.code,
                each.percent,
                f"{each.low}–{each.high}",
                ADVICE_NAMES[each.advice],
                each.asked,
            )


def _answered(item: PaperRow, bank: OpenBank, *, shows: bool) -> tuple[str, ...]:
    return cells(
        item.attempt_id,
        item.position,
        f"{item.bank}#{item.item}",
        " | ".join(given_of(item, face_of(item, bank))),
        item.saved_at,
        item.share if shows else "",
    )
