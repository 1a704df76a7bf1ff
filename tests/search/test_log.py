from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import SUPERVISOR
from tests.factories import make_actor
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.search import queries
from trainer.search import service
from trainer.search.domain.log import Followed
from trainer.search.domain.log import Outcome
from trainer.search.domain.log import Searched
from trainer.search.models import SearchRow


def searched(words: str = "租房 提取", **more: object) -> Searched:
    given: dict[str, object] = {
        "on": date(2026, 10, 8),
        "hits": 3,
        "hits_unfiltered": 3,
        "generation": 7,
        "milliseconds": 1.5,
        **more,
    }
    return Searched(words=words, **given)  # type: ignore[arg-type]  # by name


def keep(session: Session, words: str = "租房 提取", **more: object) -> int:
    return service.keep_search(session, searched(words, **more), by=CLERK, at=NOON)


def test_a_search_is_kept_with_its_circumstances(session: Session) -> None:
    key = keep(session, "　租房，提取？", line="withdraw", kind="guide")
    row = session.get_one(SearchRow, key)
    assert (row.raw, row.normalised) == ("租房，提取？", "租房提取")
    assert (row.filters, row.outcome) == ("withdraw guide", Outcome.SHOWN)
    assert (row.person_id, row.at, row.generation) == (CLERK.person, NOON, 7)


def test_no_number_of_a_citizen_is_kept(session: Session) -> None:
    row = session.get_one(
        SearchRow, keep(session, "身份证350203 19900101 123X 电话13800138000能提吗")
    )
    kept = row.raw + row.normalised
    assert not any(character.isdigit() for character in kept)
    assert "能提吗" in kept


def test_a_number_at_the_cut_is_masked_before_cutting(session: Session) -> None:
    row = session.get_one(SearchRow, keep(session, "问" * 58 + "350203199001011234"))
    assert not any(character.isdigit() for character in row.raw)
    assert len(row.raw) <= 64


def test_what_no_database_takes_is_left_out(session: Session) -> None:
    row = session.get_one(SearchRow, keep(session, "租房\x00提取\ud800\n材料"))
    assert (row.raw, row.normalised) == ("租房 提取  材料", "租房提取材料")


def test_what_came_of_it_is_added(session: Session) -> None:
    key = keep(session)
    clicked = Followed(Outcome.CLICKED, 2, "rent-withdrawal")
    service.follow_up(session, key, clicked, by=CLERK)
    row = session.get_one(SearchRow, key)
    assert (row.outcome, row.clicked_rank, row.clicked_slug) == (
        "clicked",
        2,
        "rent-withdrawal",
    )


def test_nobody_follows_up_the_search_of_another(session: Session) -> None:
    key = keep(session)
    with pytest.raises(NotFoundError):
        service.follow_up(session, key, Followed(Outcome.CLICKED), by=make_actor(99))
    with pytest.raises(NotFoundError):
        service.follow_up(session, key + 1, Followed(Outcome.CLICKED), by=CLERK)


def test_what_a_person_does_next_belongs_to_the_question_asked_last(
    session: Session,
) -> None:
    kept = keep(session)
    later = NOON + timedelta(minutes=1)
    clicked = Followed(Outcome.CLICKED, 1, "rent-withdrawal")
    service.conclude(session, searched("租房提取"), clicked, by=CLERK, at=later)
    assert session.get_one(SearchRow, kept).outcome == Outcome.CLICKED
    service.conclude(session, searched("别的"), clicked, by=CLERK, at=later)
    assert len(session.scalars(select(SearchRow)).all()) == 2


def test_questions_without_hits_or_clicks_are_grouped_and_counted(
    session: Session,
) -> None:
    for words in ("租房，提取", "租房 提取", "租房提取？"):
        keep(session, words)
    service.follow_up(session, keep(session), Followed(Outcome.CLICKED, 1), by=CLERK)
    reported = keep(session, "月球基地", hits=0, hits_unfiltered=0)
    service.follow_up(session, reported, Followed(Outcome.NOT_FOUND), by=CLERK)
    keep(session, "月球基地", hits=0, hits_unfiltered=4, line="loan")
    rent, moon = queries.unanswered(session, reader=SUPERVISOR, since=NOON)
    assert (rent.normalised, rent.asked, rent.without_hits) == ("租房提取", 3, 0)
    assert (moon.asked, moon.without_hits, moon.filtered_out) == (2, 2, 1)
    assert (moon.not_found, moon.last_at, moon.example) == (1, NOON, "月球基地")


def test_only_the_time_asked_for_counts(session: Session) -> None:
    keep(session)
    since = NOON + timedelta(seconds=1)
    assert queries.unanswered(session, reader=EDITOR, since=since) == []


def test_clerks_do_not_read_what_others_asked(session: Session) -> None:
    with pytest.raises(DeniedError):
        queries.unanswered(session, reader=CLERK, since=NOON)


def test_old_questions_are_forgotten(session: Session) -> None:
    keep(session)
    later = NOON + timedelta(days=31)
    assert service.forget_searches(session, at=later, days=31) == 0
    assert service.forget_searches(session, at=later, days=30) == 1
    assert session.scalars(select(SearchRow)).all() == []
