"""Reads that editors and approvers rest on."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.databases import statements
from tests.factories import APPROVER
from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_actor
from tests.factories import make_approved
from tests.factories import make_draft
from tests.factories import make_text
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.publishing import queries
from trainer.publishing import service
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.review import Reason

START = date(2026, 9, 20)
LATER = date(2026, 12, 1)
ANSWER = "## 一句话结论 {#answer}\n\n"


def rules(days: int, effective_from: str = "2026-09-20") -> str:
    return make_text(
        title="提取规定",
        kind="policy",
        document_number="示例〔2026〕1号",
        effective_from=effective_from,
        body=f"### 第一条 期限 {{#term}}\n\n{days} 日内。\n\n"
        "#### （一） 100%_ {#sub}\n\n无。",
    )


def cited(session: Session) -> None:
    """A guide in force that cites the rules, which change on ``LATER``."""
    make_approved(session, rules(15), slug="rules")
    body = f"{ANSWER}按[第一条](cite:rules#term)和[规定](cite:rules)办。"
    make_approved(session, make_text(body=body))
    make_approved(session, rules(10, "2026-12-01"), slug="rules")


def found(session: Session, question: str, on: date = START) -> list[str]:
    targets = queries.clauses(session, question, on, reader=CLERK)
    return [t.section.id for t in targets if t.section]


def test_a_clause_is_found_by_title_label_heading_or_words(session: Session) -> None:
    cited(session)
    assert found(session, "规定 第一条") == ["term", "sub", "answer"]
    assert found(session, "提取规定 期限") == ["term"]
    assert found(session, "15 日内") == ["term"]
    assert found(session, "没有这个词") == []


def test_a_clause_is_found_as_it_holds_on_the_day(session: Session) -> None:
    cited(session)
    assert found(session, "10 日内") == []
    assert found(session, "10 日内", LATER) == ["term"]


def test_marks_of_patterns_are_taken_as_they_are(session: Session) -> None:
    cited(session)
    assert found(session, "100%_") == ["sub"]
    assert found(session, "10_%") == []
    assert found(session, " ") == []


def test_a_clause_of_a_draft_is_not_found(session: Session) -> None:
    make_draft(session)
    assert found(session, "租房提取") == []


def test_only_what_changed_is_outdated_until_somebody_looks(session: Session) -> None:
    cited(session)
    [stale] = queries.stale(session, LATER, reader=EDITOR)
    assert (stale.reference.section, stale.since) == ("term", LATER)
    assert queries.stale(session, LATER - timedelta(1), reader=EDITOR) == []
    service.confirm_reference(
        session, stale.reference.id, stale.now_hash or "", "", by=EDITOR, at=NOON
    )
    assert queries.stale(session, LATER, reader=EDITOR) == []


def test_the_versions_of_two_wordings_are_known(session: Session) -> None:
    cited(session)
    [stale] = queries.stale(session, LATER, reader=EDITOR)
    known = queries.wordings(session, [stale.reference], reader=EDITOR)
    assert known["rules", "term", stale.reference.checked_hash] == 1
    assert known["rules", "term", stale.now_hash or ""] == 2


def test_citations_of_one_clause_in_one_text_belong_together(session: Session) -> None:
    make_approved(session, rules(15), slug="rules")
    body = f"{ANSWER}[甲](cite:rules#term)[乙](cite:rules#term)[丙](cite:rules#sub)"
    guide = make_approved(session, make_text(body=body))
    first, second, _ = queries.references_of(session, guide)
    same = queries.same_citations(session, second.id, reader=EDITOR)
    assert same == (first, second)
    with pytest.raises(NotFoundError):
        queries.same_citations(session, 99, reader=EDITOR)
    nobody = make_actor(9)
    assert queries.same_citations(session, first.id, reader=nobody)


def test_a_draft_is_compared_with_what_holds_on_its_first_day(
    session: Session,
) -> None:
    first = make_approved(session, rules(15), slug="rules")
    draft = make_draft(session, rules(10, "2026-12-01"), slug="rules")
    assert queries.held_before(session, draft, reader=EDITOR) == first
    early = make_draft(session, rules(5, "2026-01-01"), slug="rules")
    assert queries.held_before(session, early, reader=EDITOR) is None


def test_the_last_time_a_text_was_sent_back_is_known(session: Session) -> None:
    draft = make_draft(session)
    other = make_draft(session, slug="other")
    for reason in ("缺依据", "还缺依据"):
        service.submit(session, draft.id, by=EDITOR, at=NOON)
        service.send_back(session, draft.id, reason, by=APPROVER, at=NOON)
    events = queries.last_events(session, [draft, other], Act.SENT_BACK)
    assert {key: event.note for key, event in events.items()} == {draft.id: "还缺依据"}


def test_texts_are_listed_by_status_and_kind(session: Session) -> None:
    make_draft(session)
    make_draft(session, rules(15), slug="rules")
    listed = queries.with_status(
        session, {Status.DRAFT}, reader=EDITOR, kinds=["policy"]
    )
    assert [revision.slug for revision in listed] == ["rules"]
    assert queries.with_status(session, {Status.DRAFT}, reader=CLERK) == []


def test_what_must_be_looked_at_again_comes_with_its_day(session: Session) -> None:
    cited(session)
    on = LATER - timedelta(20)
    [item] = queries.due_reviews(session, on, reader=EDITOR)
    assert (item.reason, item.due) == (Reason.CLAUSE_CHANGED, LATER)
    assert not item.is_overdue(LATER)
    assert queries.due_reviews(session, on, reader=EDITOR, within=5) == []


def test_a_look_puts_the_next_one_off(session: Session) -> None:
    guide = make_approved(session, make_text(review_every_days="30"))
    on = day_of(NOON) + timedelta(40)
    [item] = queries.due_reviews(session, on, reader=EDITOR)
    assert (item.reason, item.due) == (Reason.PERIODIC, day_of(NOON) + timedelta(30))
    assert item.is_overdue(on)
    looked = NOON + timedelta(39)
    service.confirm_text(session, guide.id, "看过", by=EDITOR, at=looked)
    [again] = queries.due_reviews(session, on, reader=EDITOR)
    assert again.due == day_of(looked) + timedelta(30)


def test_a_wording_that_will_end_counts_before_its_end(session: Session) -> None:
    ending = rules(15).replace("---\n###", "effective_to: 2026-12-01\n---\n###")
    make_approved(session, ending, slug="rules")
    make_approved(session, make_text(body=f"{ANSWER}按[第一条](cite:rules#term)办。"))
    [item] = queries.due_reviews(session, LATER - timedelta(9), reader=EDITOR)
    assert (item.reason, item.due) == (Reason.CLAUSE_GONE, LATER)


def test_a_citation_is_given_as_of_the_first_day_it_is_stale(session: Session) -> None:
    cited(session)
    make_approved(session, rules(5, "2026-12-10"), slug="rules")
    until = date(2026, 12, 31)
    days = [START + timedelta(n) for n in range((until - START).days + 1)]
    daily = [
        entry for day in days for entry in queries.stale(session, day, reader=EDITOR)
    ]
    [first] = queries.stale(session, START, reader=EDITOR, until=until)
    assert first == daily[0]
    assert {entry.now_hash for entry in daily} > {first.now_hash}


def test_what_is_due_takes_as_many_statements_however_many_days_come(
    engine: Engine, session: Session
) -> None:
    def asked() -> int:
        with statements(engine) as seen:
            queries.due_reviews(session, START, reader=EDITOR)
        return len(seen)

    cited(session)
    few = asked()
    for day in range(21, 31):
        make_approved(session, rules(day, f"2026-09-{day}"), slug="rules")
    assert asked() == few


def test_who_looked_is_known_to_those_who_write(session: Session) -> None:
    cited(session)
    [stale] = queries.stale(session, LATER, reader=EDITOR)
    key, seen = stale.revision.id, stale.now_hash or ""
    service.confirm_text(session, key, "", by=EDITOR, at=NOON)
    service.confirm_reference(
        session, stale.reference.id, seen, "期限不影响", by=EDITOR, at=NOON
    )
    [cited_look, whole] = queries.confirmations(session, [key], reader=APPROVER)[key]
    assert (cited_look.note, cited_look.by) == ("期限不影响", EDITOR.person)
    assert cited_look.is_about(stale.reference)
    assert whole.is_about(None)
    assert not whole.is_about(stale.reference)
    assert queries.confirmations(session, [key], reader=CLERK) == {}
