"""What quizzes hold about somebody, for the export of his own data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.quizzes.domain.attempts import STATE_NAMES
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.showing import Tried
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.attempts import papers
from trainer.quizzes.queries.showing import own_tries

TRIED = (
    *(N_("答卷"), N_("测验"), N_("考第几次"), N_("状态")),
    *(N_("开始"), N_("交卷"), N_("得分"), N_("满分")),
)
ANSWERED = (
    *(N_("答卷"), N_("题号"), N_("题目")),
    *(N_("作答"), N_("保存时间"), N_("得分比例")),
)


def own_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give the attempts of whoever asks, and what he has answered in them.

    What is right is not among it, and of an attempt that is open no share either.
    """
    tries = own_tries(session, reader=reader)
    ended = {tried.id for tried in tries if tried.state is not State.IN_PROGRESS}
    answers = papers(session, [tried.id for tried in tries])
    return [
        Chapter(N_("测验和练习"), TRIED, tuple(map(_tried, tries))),
        Chapter(
            N_("我的作答"),
            ANSWERED,
            tuple(_answered(item, shows=item.attempt_id in ended) for item in answers),
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


def _answered(item: PaperRow, *, shows: bool) -> tuple[str, ...]:
    return cells(
        item.attempt_id,
        item.position,
        f"{item.bank}#{item.item}",
        " | ".join(item.answer),
        item.saved_at,
        item.share if shows else "",
    )
