"""Use cases of read duties: rules, receipts, questions on what changed."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.courses import queries
from trainer.courses.domain.duties import NewsMeanwhileError
from trainer.courses.domain.duties import NoDutyError
from trainer.courses.domain.duties import RuleChangedError
from trainer.courses.domain.duties import RuleText
from trainer.courses.domain.duties import must_make_sense
from trainer.courses.models import DutyRulePartRow
from trainer.courses.models import DutyRuleRow
from trainer.courses.models import ReceiptRow
from trainer.people import service as people
from trainer.quizzes import service as quizzes
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.taking import about_change


def make_rule(
    session: Session, text: RuleText, once: str, *, by: Actor, at: datetime
) -> int:
    """Make a rule; the same form a second time gives the same one.

    Returns:
        Its key.

    Raises:
        DeniedError: the caller writes no policy.
        RuleMistakeError: it says what cannot be.
    """
    by.must(Permission.EDIT)
    must_make_sense(text)
    people.hold_person(session, by.person)
    known = select(DutyRuleRow.id).where(
        DutyRuleRow.made_by == by.person, DutyRuleRow.once == once
    )
    if (key := session.scalar(known)) is not None:
        return key
    row = DutyRuleRow(once=once, edit=0, made_by=by.person, made_at=at)
    _fill(session, row, text)
    _note(session, row.id, "made", by=by, at=at)
    return row.id


def save_rule(
    session: Session,
    key: int,
    text: RuleText,
    *,
    based_on: int,
    by: Actor,
    at: datetime,
) -> None:
    """Change a rule, or end it.

    Raises:
        DeniedError: the caller writes no policy.
        NotFoundError: there is no such rule.
        RuleMistakeError: it says what cannot be.
        RuleChangedError: somebody else saved it since the page was shown.
    """
    by.must(Permission.EDIT)
    must_make_sense(text)
    query = select(DutyRuleRow).where(DutyRuleRow.id == key).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFoundError(N_("没有这条必读规则"))
    if row.edit != based_on:
        raise RuleChangedError
    _fill(session, row, text)
    _note(session, key, "changed", by=by, at=at)


def sign(
    session: Session,
    key: int,
    shown: str,
    kinds: Collection[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Keep that somebody has read a version; the same again changes nothing.

    Args:
        session: A session.
        key: The version.
        shown: Content hash of the text that the page has shown.
        kinds: Kinds of texts that are articles.
        by: Who has read it.
        at: Now.

    Raises:
        NewsMeanwhileError: this version holds no longer, or another text was shown.
        NoDutyError: nobody asks him to read it.
    """
    people.hold_person(session, by.person)
    if session.get(ReceiptRow, (by.person, key)) is not None:
        return
    known = queries.obliged(session, day_of(at), kinds, reader=by)
    news = next((each.news for each in known if each.news.revision == key), None)
    if news is None:
        if queries.is_replaced(session, key, day_of(at), reader=by):
            raise NewsMeanwhileError
        raise NoDutyError
    if news.content_hash != shown:
        raise NewsMeanwhileError
    session.add(
        ReceiptRow(person_id=by.person, revision_id=key, content_hash=shown, read_at=at)
    )
    session.flush()
    entry = Entry(person=by.person, verb="duty.read", object=f"revision/{key}")
    audit.record(session, entry, at=at)


def begin_questions(
    session: Session,
    key: int,
    kinds: Collection[str],
    *,
    by: Actor,
    at: datetime,
    dice: Dice,
) -> int:
    """Begin the questions on what changed, or go on with them.

    Returns:
        Key of the attempt.

    Raises:
        NotFoundError: this version is no duty of the caller's.
        NothingToAskError: there is no question on it now.
    """
    standing = queries.own_duty(session, key, at, kinds, reader=by)
    news = standing.duty.news
    places = queries.questions(session, at, [news], reader=by).get(key, ())
    name = about_change(news.slug)
    return quizzes.begin_practice(session, name, places, by=by, at=at, dice=dice).id


def _fill(session: Session, row: DutyRuleRow, text: RuleText) -> None:
    row.name, row.days = text.name.strip(), text.days
    row.since, row.until = text.since, text.until
    row.edit += 1
    session.add(row)
    session.flush()
    session.execute(delete(DutyRulePartRow).where(DutyRulePartRow.rule_id == row.id))
    session.add_all(
        DutyRulePartRow(rule_id=row.id, part=part, value=value)
        for part, value in _parts(text)
    )
    session.flush()


def _parts(text: RuleText) -> Iterator[tuple[str, str]]:
    wanted = text.audience
    for part, values in (
        ("site", wanted.sites),
        ("organisation", wanted.organisations),
        ("post", wanted.posts),
        ("line", wanted.lines),
        ("topic", text.topics),
    ):
        yield from ((part, str(value)) for value in sorted(values))


def _note(session: Session, key: int, act: str, *, by: Actor, at: datetime) -> None:
    entry = Entry(person=by.person, verb=f"duty_rule.{act}", object=f"duty_rule/{key}")
    audit.record(session, entry, at=at)
