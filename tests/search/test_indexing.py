from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from tests.factories import make_approved
from tests.factories import make_draft
from tests.factories import make_text
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.kit.index import normalise
from trainer.search import service
from trainer.search.domain.address import Address
from trainer.search.domain.address import is_card
from trainer.search.service.indexing import all_documents

POLICY = make_text(
    title="示例办法",
    kind="policy",
    document_number="示例〔2020〕1号",
    phrases="[房租怎么报]",
    body="### 第二十四条 提取 {#cases}\n\n罚 5—30 万元，半年内。",
)


def test_a_revision_gives_a_card_and_its_sections(session: Session) -> None:
    make_approved(session, POLICY, slug="rules")
    card, section = all_documents(session)
    assert is_card(card.key)
    assert Address.of(section.key).section == "cases"
    assert {"房租怎么报", "qcard", "qno1y2020", "qinrules"} <= set(card.text.split())
    marks = {"qis24", "qseccases", "qno1", "art24", "m6", "yuan50000", "yuan300000"}
    assert marks <= set(section.text.split())
    assert "qcard" not in section.text


def test_drafts_are_not_indexed(session: Session) -> None:
    make_draft(session)
    assert list(all_documents(session)) == []


def test_the_days_of_a_document_are_those_it_holds(session: Session) -> None:
    make_approved(session, make_text(effective_from="2020-01-01"))
    make_approved(session, make_text(effective_from="2026-09-20"))
    days = {(d.valid_from, d.valid_to) for d in all_documents(session)}
    assert days == {(20200101, 20260920), (20260920, 99991231)}


def test_catching_up_makes_the_index_equal_to_the_database(
    session: Session, index: Path
) -> None:
    store, searcher = Store(index), Searcher(index)
    service.rebuild(session, store)
    make_approved(session, make_text(effective_from="2020-01-01"))
    assert service.differences(session, searcher.keys()) != []
    assert service.catch_up(session, store) == 1
    assert service.differences(session, searcher.keys()) == []
    make_approved(session, make_text(effective_from="2026-09-20"))
    service.catch_up(session, store)
    assert service.differences(session, searcher.keys()) == []
    assert service.catch_up(session, store) == 0


def test_marks_survive_the_analysis_of_the_index(session: Session) -> None:
    make_approved(session, POLICY, slug="rules")
    for document in all_documents(session):
        last = document.text.rsplit("\n", 1)[1]
        assert normalise(last) == last
