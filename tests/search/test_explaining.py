from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import make_approved
from tests.factories import make_text
from trainer.core.errors import DeniedError
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.search import queries
from trainer.search import service
from trainer.search.domain.exact import Why
from trainer.search.domain.ranking import SECTION
from trainer.search.domain.results import Asked

ASKED = Asked(words="zftq 房租", on=date(2026, 10, 8))
BODY = (
    "## 一句话结论 {#answer}\n\n无房可提。\n\n## 条件与额度 {#conditions}\n\n房租不限。"
)


@pytest.fixture
def found(session: Session, index: Path) -> Searcher:
    make_approved(session, make_text(body=BODY))
    make_approved(session, make_text(title="离职提取"), slug="departure")
    service.rebuild(session, Store(index))
    return Searcher(index)


def test_an_editor_sees_every_step_and_every_term(
    session: Session, found: Searcher
) -> None:
    told = queries.explain(session, found, ASKED, "rent-withdrawal", reader=EDITOR)
    assert told.understood.text == "租房提取 房租"
    assert told.card is not None
    assert told.section is not None
    assert told.section.address.section == "conditions"
    terms = {part.term: part.score for part in told.card.explanation.parts}
    assert terms["租房"] > 0
    assert terms["房租"] == 0
    [first, *_] = queries.search(session, found, ASKED, reader=EDITOR).found
    score = told.card.explanation.score + SECTION * told.section.explanation.score
    assert first.score == pytest.approx(score, abs=1e-3)


def test_a_name_in_the_question_is_told(session: Session, found: Searcher) -> None:
    asked = Asked(words="离职提取", on=ASKED.on)
    told = queries.explain(session, found, asked, "departure", reader=EDITOR)
    assert [pin.why for pin in told.pins] == [Why.TITLE]


def test_an_article_that_does_not_match_has_no_score(
    session: Session, found: Searcher
) -> None:
    told = queries.explain(session, found, ASKED, "no-such-article", reader=EDITOR)
    assert (told.card, told.section) == (None, None)


def test_only_editors_look_inside(session: Session, found: Searcher) -> None:
    with pytest.raises(DeniedError):
        queries.explain(session, found, ASKED, "departure", reader=CLERK)
