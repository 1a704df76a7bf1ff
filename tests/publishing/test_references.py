"""Citations: bound to words, stale when the words change, resolved as of a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approved
from tests.factories import make_text
from trainer.publishing import queries
from trainer.publishing import service

LAW = "law"
BEFORE, AFTER = date(2026, 9, 30), date(2026, 10, 1)


def make_law(session: Session, label: str, words: str, since: str, **more: str) -> None:
    body = f"## {label} 时限 {{#deadline}}\n\n{words}"
    text = make_text(
        title="办法",
        kind="policy",
        effective_from=since,
        body=body,
        document_number="示例〔2026〕1号",
        **more,
    )
    make_approved(session, text, slug=LAW)


def make_guide(session: Session) -> None:
    body = "## 一句话结论 {#answer}\n\n见[办法](cite:law#deadline)。"
    make_approved(session, make_text(body=body), slug="guide")


def test_a_citation_goes_stale_on_the_day_the_clause_changes(session: Session) -> None:
    make_law(session, "第三条", "15 日内决定。", "2026-09-20")
    make_guide(session)
    make_law(session, "第三条", "10 日内决定。", "2026-10-01")
    assert queries.stale(session, BEFORE, reader=CLERK) == []
    (stale,) = queries.stale(session, AFTER, reader=CLERK)
    assert (stale.revision.slug, stale.since) == ("guide", AFTER)


def test_a_new_number_alone_makes_nothing_stale(session: Session) -> None:
    make_law(session, "第三条", "15 日内决定。", "2026-09-20")
    make_guide(session)
    make_law(session, "第四条", "15 日内决定。", "2026-10-01")
    assert queries.stale(session, AFTER, reader=CLERK) == []


def test_a_confirmation_counts_for_the_wording_that_was_looked_at(
    session: Session,
) -> None:
    make_law(session, "第三条", "15 日内决定。", "2026-09-20")
    make_guide(session)
    make_law(session, "第三条", "10 日内决定。", "2026-10-01")
    (stale,) = queries.stale(session, AFTER, reader=CLERK)
    seen = stale.now_hash or ""
    service.confirm_reference(
        session, stale.reference.id, seen, "已看", by=EDITOR, at=NOON
    )
    assert queries.stale(session, AFTER, reader=CLERK) == []
    make_law(session, "第三条", "5 日内决定。", "2026-11-01")
    assert len(queries.stale(session, date(2026, 11, 1), reader=CLERK)) == 1


def test_a_document_that_begins_later_resolves_as_of_its_first_day(
    session: Session,
) -> None:
    make_law(session, "第三条", "15 日内决定。", "2026-10-01")
    again = {"supersedes": "2026-10-01"}
    make_law(session, "第三条", "12 日内决定。", "2026-10-01", **again)
    make_law(session, "第三条", "10 日内决定。", "2026-12-01")
    found = queries.targets_on(session, {(LAW, "deadline")}, BEFORE, reader=CLERK)
    assert found[LAW, "deadline"].revision.number == 2


def test_who_cites_a_clause_is_known(session: Session) -> None:
    make_law(session, "第三条", "15 日内决定。", "2026-09-20")
    make_guide(session)
    cited = queries.citing(session, LAW, AFTER, reader=CLERK, sections=["deadline"])
    assert [revision.slug for revision, _ in cited] == ["guide"]
    assert not queries.citing(session, LAW, AFTER, reader=CLERK, sections=["other"])
