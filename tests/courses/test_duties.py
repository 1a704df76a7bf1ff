"""Read duties on real databases: whom a change reaches, receipts, questions."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.courses.duties import KINDS
from tests.courses.duties import TODAY
from tests.courses.duties import answer_all
from tests.courses.duties import change
from tests.courses.duties import put_questions
from tests.courses.duties import put_rule
from tests.databases import statements
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import SETUP
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import the_cast
from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.duties import NewsMeanwhileError
from trainer.courses.domain.duties import NoDutyError
from trainer.courses.domain.duties import RuleChangedError
from trainer.courses.domain.duties import RuleMistakeError
from trainer.courses.domain.duties import RuleText
from trainer.courses.domain.duties import Stage
from trainer.courses.domain.duties import Standing
from trainer.courses.models import DutyRuleRow
from trainer.courses.models import ReceiptRow
from trainer.people import queries as people_queries
from trainer.people import service as people
from trainer.publishing import service as publishing
from trainer.publishing.domain.header import ChangeKind
from trainer.quizzes.domain.taking import NothingToAskError

MOST_OF_OWN = 13
MOST_OF_READINESS = 8


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def own(session: Session, reader: Actor, at: datetime = NOW) -> list[Standing]:
    return queries.own_duties(session, at, KINDS, reader=reader)


def only(session: Session, reader: Actor, at: datetime = NOW) -> Standing:
    (found,) = own(session, reader, at)
    return found


def sign(session: Session, key: int, shown: str, by: Actor) -> None:
    service.sign(session, key, shown, KINDS, by=by, at=NOW)


def receipts(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ReceiptRow)) or 0


# Whom it reaches


def test_without_a_rule_nobody_must_read_anything(session: Session, cast: Cast) -> None:
    change(session)
    assert own(session, cast.clerk.actor()) == []


def test_a_rule_reaches_its_audience_and_nobody_else(
    session: Session, cast: Cast
) -> None:
    put_rule(session, Audience(sites=frozenset({cast.site})))
    made = change(session)
    found = only(session, cast.clerk.actor())
    assert (found.duty.news.revision, found.stage) == (made.id, Stage.READ)
    assert [reason.name for reason in found.duty.reasons] == ["提取必读"]
    assert own(session, cast.far.actor()) == []
    assert own(session, cast.boss.actor()) == [], "who works nowhere reads nothing"


def test_who_moves_has_the_duties_of_his_new_place(
    session: Session, cast: Cast
) -> None:
    put_rule(session, Audience(sites=frozenset({cast.site})))
    change(session)
    work = work_of(session, cast.clerk.id)
    people.end_secondment(session, work, TODAY, "期满", by=SETUP, at=NOW)
    assert own(session, cast.clerk.actor()) == []


def work_of(session: Session, person: int) -> int:
    (held,) = people_queries.history(session, person, TODAY, reader=SETUP)
    return held.secondment.id


@pytest.mark.parametrize("kind", [ChangeKind.TYPO, ChangeKind.CLARIFY])
def test_a_misprint_obliges_nobody(
    session: Session, cast: Cast, kind: ChangeKind
) -> None:
    put_rule(session)
    change(session, kind=kind)
    assert own(session, cast.clerk.actor()) == []


def test_a_misprint_corrected_later_does_not_end_a_duty(
    session: Session, cast: Cast
) -> None:
    put_rule(session)
    made = change(session, "无房可题，每年两次。")
    change(session, kind=ChangeKind.TYPO, supersedes="2026-11-22")
    assert only(session, cast.clerk.actor()).duty.news.revision == made.id


def test_a_first_version_is_news_only_when_it_is_a_new_rule(
    session: Session, cast: Cast
) -> None:
    put_rule(session)
    change(session, slug="long-known", day="2026-01-01")
    made = change(session, slug="brand-new", day="2026-12-01")
    assert only(session, cast.clerk.actor()).duty.news.revision == made.id


def test_what_was_approved_before_a_rule_begins_is_left_alone(
    session: Session, cast: Cast
) -> None:
    put_rule(session, since=date(2026, 11, 23))
    change(session)
    assert own(session, cast.clerk.actor()) == []


def test_a_rule_that_has_ended_asks_for_nothing(session: Session, cast: Cast) -> None:
    put_rule(session, until=TODAY)
    change(session)
    assert own(session, cast.clerk.actor()) == []


def test_two_rules_are_two_reasons_and_the_earlier_day_holds(
    session: Session, cast: Cast
) -> None:
    put_rule(session, days=9)
    put_rule(session, once="b", name="全员必读", days=3)
    change(session)
    found = only(session, cast.clerk.actor())
    assert [reason.name for reason in found.duty.reasons] == ["全员必读", "提取必读"]
    assert found.due == TODAY + timedelta(days=3)


def test_what_is_withdrawn_is_no_duty(session: Session, cast: Cast) -> None:
    put_rule(session)
    made = change(session)
    publishing.withdraw(session, made.id, "写错了", by=APPROVER, at=NOW)
    assert own(session, cast.clerk.actor()) == []


# Receipts


def test_a_receipt_is_of_the_text_that_was_shown(session: Session, cast: Cast) -> None:
    put_rule(session)
    made = change(session)
    by = cast.clerk.actor()
    for _ in range(2):
        sign(session, made.id, made.content_hash, by)
    assert receipts(session) == 1
    found = only(session, by)
    assert found.stage is Stage.DONE
    assert found.receipt
    assert found.receipt.read_on == TODAY
    assert only(session, cast.friend.actor()).receipt is None


def test_another_text_than_the_shown_one_is_not_signed(
    session: Session, cast: Cast
) -> None:
    put_rule(session)
    made = change(session)
    with pytest.raises(NewsMeanwhileError):
        sign(session, made.id, "0" * 64, cast.clerk.actor())
    assert receipts(session) == 0


def test_a_version_that_was_replaced_meanwhile_is_not_signed(
    session: Session, cast: Cast
) -> None:
    put_rule(session)
    old = change(session)
    change(session, "无房可提，每年一次。", supersedes="2026-11-22")
    with pytest.raises(NewsMeanwhileError):
        sign(session, old.id, old.content_hash, cast.clerk.actor())
    assert receipts(session) == 0


def test_what_nobody_asks_for_is_not_signed(session: Session, cast: Cast) -> None:
    put_rule(session, Audience(sites=frozenset({cast.site})))
    made = change(session)
    with pytest.raises(NoDutyError):
        sign(session, made.id, made.content_hash, cast.far.actor())


def test_the_next_change_is_compared_with_what_was_read(
    session: Session, cast: Cast
) -> None:
    put_rule(session)
    first = change(session)
    by = cast.clerk.actor()
    sign(session, first.id, first.content_hash, by)
    change(session, "每年一次。", day="2026-11-23")
    change(session, "每年三次。", day="2026-11-24")
    found = {each.duty.news.number: each for each in own(session, by)}
    assert {n: each.before for n, each in found.items()} == {
        first.number: None,
        (first.number or 0) + 1: first.number,
        (first.number or 0) + 2: first.number,
    }


# Questions


def test_who_has_read_answers_what_changed(session: Session, cast: Cast) -> None:
    put_rule(session)
    made = change(session)
    put_questions(session)
    by = cast.clerk.actor()
    assert only(session, by).asked == 2, "not the one on another clause"
    sign(session, made.id, made.content_hash, by)
    assert only(session, by).stage is Stage.ANSWER
    for given, stage in (("B", Stage.ANSWER), ("A", Stage.DONE)):
        key = begin(session, made.id, by)
        assert begin(session, made.id, by) == key, "an open one goes on"
        answer_all(session, key, given, by=by, at=NOW)
        assert only(session, by).stage is stage


def begin(session: Session, key: int, by: Actor) -> int:
    return service.begin_questions(session, key, KINDS, by=by, at=NOW, dice=lambda _: 0)


def test_what_is_to_come_is_read_now_and_asked_later(
    session: Session, cast: Cast
) -> None:
    put_rule(session)
    change(session)
    made = change(session, "每年一次。", day="2026-12-01")
    put_questions(session)
    by = cast.clerk.actor()
    sign(session, made.id, made.content_hash, by)
    coming = next(s for s in own(session, by) if s.duty.news.revision == made.id)
    assert (coming.stage, coming.asked) == (Stage.WAIT, 0)
    with pytest.raises(NothingToAskError):
        begin(session, made.id, by)


# Rules


def test_only_who_writes_policy_makes_rules(session: Session, cast: Cast) -> None:
    for by in (cast.clerk.actor(), cast.boss.actor()):
        with pytest.raises(DeniedError):
            service.make_rule(session, rule_text(), "x", by=by, at=NOW)


def rule_text(**more: object) -> RuleText:
    given = {"name": "新规则", "since": TODAY, **more}
    return RuleText(**given)  # type: ignore[arg-type]  # by name


def test_the_same_form_twice_is_one_rule(session: Session) -> None:
    assert put_rule(session) == put_rule(session)
    assert session.query(DutyRuleRow).count() == 1


def test_a_rule_is_changed_by_who_has_seen_it(session: Session, cast: Cast) -> None:
    key = put_rule(session, Audience(sites=frozenset({cast.site})))
    wide = rule_text(audience=Audience(lines=frozenset({"withdraw"})), days=3)
    service.save_rule(session, key, wide, based_on=1, by=EDITOR, at=NOW)
    held = queries.rule(session, key)
    assert (held.text, held.edit) == (wide, 2)
    with pytest.raises(RuleChangedError):
        service.save_rule(session, key, wide, based_on=1, by=EDITOR, at=NOW)
    wrong = rule_text(days=0)
    with pytest.raises(RuleMistakeError):
        service.save_rule(session, key, wrong, based_on=2, by=EDITOR, at=NOW)
    with pytest.raises(NotFoundError):
        service.save_rule(session, 99, wide, based_on=1, by=EDITOR, at=NOW)


# Readiness


def test_who_runs_a_site_sees_who_is_missing(session: Session, cast: Cast) -> None:
    put_rule(session)
    made = change(session)
    sign(session, made.id, made.content_hash, cast.clerk.actor())
    (found,) = queries.readiness(session, TODAY, KINDS, reader=cast.boss.actor())
    assert found.site == cast.site
    assert found.obliged == {cast.clerk.id, cast.friend.id, cast.mentor.id}
    assert found.missing == {cast.friend.id, cast.mentor.id}
    assert found.percent == 33
    (other,) = queries.readiness(session, TODAY, KINDS, reader=cast.rival.actor())
    assert other.obliged == {cast.far.id}
    with pytest.raises(DeniedError):
        queries.readiness(session, TODAY, KINDS, reader=cast.clerk.actor())


def test_a_rule_tells_beforehand_whom_it_concerns(session: Session, cast: Cast) -> None:
    change(session)
    key = put_rule(session)
    held = queries.rule(session, key)
    told = queries.effect(session, held, TODAY, KINDS)
    assert (told.people, told.sites) == (4, {cast.site: 3, cast.other_site: 1})
    assert [news.slug for news in told.news] == ["rent-withdrawal"]


def test_questions_to_the_database_do_not_grow(session: Session, cast: Cast) -> None:
    put_rule(session)
    put_questions_and_changes(session, 1)
    by, boss = cast.clerk.actor(), cast.boss.actor()
    own(session, by)  # what may be practised is worked out once
    engine = session.get_bind()
    with statements(engine) as few:  # type: ignore[arg-type]  # an engine
        own(session, by)
    put_questions_and_changes(session, 5)
    own(session, by)
    with statements(engine) as many:  # type: ignore[arg-type]  # an engine
        assert len(own(session, by)) == 6
    assert len(many) == len(few) <= MOST_OF_OWN
    with statements(engine) as told:  # type: ignore[arg-type]  # an engine
        queries.readiness(session, TODAY, KINDS, reader=boss)
    assert len(told) <= MOST_OF_READINESS


def put_questions_and_changes(session: Session, count: int) -> None:
    if count == 1:
        change(session)
        put_questions(session)
        return
    for n in range(count):
        change(session, slug=f"text-{n}")
