from __future__ import annotations

from datetime import date

from tests.commands import Terminal
from trainer.core.actor import READER
from trainer.kit import db
from trainer.kit.index import Searcher
from trainer.search import queries
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Results


def test_what_the_first_article_rests_on_is_offered_once(
    starter: Terminal, searcher: Searcher
) -> None:
    asked = Asked(words="租房提取", on=date(2026, 10, 8), limit=1)
    with db.reading(starter.engine) as session:
        results = queries.search(session, searcher, asked, reader=READER)
        offered = [r.slug for r in queries.related(session, results, reader=READER)]
    assert "housing-fund-regulations" in offered
    assert "rent-withdrawal" not in offered
    assert len(offered) == len(set(offered)) <= 5


def test_nothing_found_has_nothing_related(starter: Terminal) -> None:
    nothing = Results(asked=Asked(words="", on=date(2026, 10, 8)))
    with db.reading(starter.engine) as session:
        assert queries.related(session, nothing, reader=READER) == []
