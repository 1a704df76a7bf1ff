"""Read duties: the rules, what obliges, and how far somebody is with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.clock import start_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.duties import MOST_ASKED
from trainer.courses.domain.duties import OBLIGING
from trainer.courses.domain.duties import Duty
from trainer.courses.domain.duties import News
from trainer.courses.domain.duties import Receipt
from trainer.courses.domain.duties import Rule
from trainer.courses.domain.duties import RuleText
from trainer.courses.domain.duties import Standing
from trainer.courses.domain.duties import duties
from trainer.courses.domain.duties import news_of
from trainer.courses.models import DutyRulePartRow
from trainer.courses.models import DutyRuleRow
from trainer.courses.models import ReceiptRow
from trainer.courses.queries.works import own_works
from trainer.publishing import queries as publishing
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.revision import Revision
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import ReferenceRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.queries.revisions import chosen_on
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain.choosing import Seen
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.queries.practising import own_last
from trainer.quizzes.queries.withheld import practisable

Asked = Mapping[int, tuple[Place, ...]]
"""The questions on what changed, by key of the version."""

Last = Mapping[Place, Seen]
"""How each question went the last time."""


def rules(session: Session) -> list[Rule]:
    """Give all rules, by name."""
    parts: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for part in session.scalars(select(DutyRulePartRow)):
        parts[part.rule_id][part.part].add(part.value)
    query = select(DutyRuleRow).order_by(DutyRuleRow.name, DutyRuleRow.id)
    rows = session.scalars(query)
    return [_rule(row, parts[row.id]) for row in rows]


def rule(session: Session, key: int) -> Rule:
    """Give a rule.

    Raises:
        NotFoundError: there is none.
    """
    found = next((each for each in rules(session) if each.id == key), None)
    if found is None:
        raise NotFoundError(N_("没有这条必读规则"))
    return found


def news(
    session: Session, known: Iterable[Rule], kinds: Collection[str], *, reader: Actor
) -> list[News]:
    """Give the versions that oblige anybody, with when a later one replaces them.

    Args:
        session: A session.
        known: The rules; what was approved before all of them is left out.
        kinds: Kinds of texts that are articles.
        reader: Who asks; what is not for him does not exist.
    """
    since = min((each.text.since for each in known), default=None)
    if since is None:
        return []
    moment = start_of(since)
    slugs = publishing.approved_since(session, moment, reader=reader, kinds=kinds)
    every = publishing.all_approved(session, reader=reader, slugs=slugs)
    meant = publishing.meanings_of(session, every)
    obliging = [
        _news(each, meant[each.id]) for each in every if _obliges(each, meant[each.id])
    ]
    return [each for each in news_of(obliging) if each.known_on >= since]


def obliged(
    session: Session, on: date, kinds: Collection[str], *, reader: Actor
) -> list[Duty]:
    """Give what whoever asks must read on a day, read or not."""
    known = rules(session)
    works = own_works(session, on, reader=reader)
    if not works:
        return []
    return duties(works, known, news(session, known, kinds, reader=reader), on)


def own_duties(
    session: Session, at: datetime, kinds: Collection[str], *, reader: Actor
) -> list[Standing]:
    """Give what whoever asks must read, and how far he is: what is urgent first."""
    on = day_of(at)
    found = obliged(session, on, kinds, reader=reader)
    if not found:
        return []
    asked = questions(session, at, [each.news for each in found], reader=reader)
    last = own_last(session, on, reader=reader)
    read = receipts(session, [reader.person]).get(reader.person, {})
    before = _before(session, [duty.news for duty in found], read)
    standings = [
        replace(
            standing_of(duty, read, asked, last, on=on),
            before=before.get(duty.news.revision),
        )
        for duty in found
    ]
    return sorted(standings, key=_urgency)


def standing_of(
    duty: Duty, read: Mapping[int, Receipt], asked: Asked, last: Last, *, on: date
) -> Standing:
    """Say how far somebody is with a duty, what he had read before aside.

    Args:
        duty: The duty.
        read: His receipts, by version.
        asked: The questions there are.
        last: How each of them went the last time.
        on: The day.
    """
    begin = start_of(max(duty.news.effective_from, duty.news.known_on))
    places = asked.get(duty.news.revision, ())
    seen = [last[place] for place in places if place in last]
    return Standing(
        duty=duty,
        receipt=read.get(duty.news.revision),
        asked=len(places),
        right=sum(each.at >= begin and each.share == 1 for each in seen),
        on=on,
    )


def own_duty(
    session: Session, key: int, at: datetime, kinds: Collection[str], *, reader: Actor
) -> Standing:
    """Give one of them.

    Raises:
        NotFoundError: this version is no duty of whoever asks.
    """
    known = own_duties(session, at, kinds, reader=reader)
    found = next((each for each in known if each.duty.news.revision == key), None)
    if found is None:
        raise NotFoundError(N_("这一版不在您的必读里；可能已有新的一版"))
    return found


def is_replaced(session: Session, key: int, on: date, *, reader: Actor) -> bool:
    """Tell whether a version was one, and another one has come in its place."""
    try:
        held = publishing.revision(session, key, reader=reader)
    except NotFoundError:
        return True  # withdrawn, or never there: what he has seen is no more
    later = publishing.approved(session, reader=reader, slug=held.slug)
    own = (held.effective_from, held.number or 0)
    return any(
        (each.effective_from, each.number or 0) > own and each.effective_from <= on
        for each in later
    )


def questions(
    session: Session, at: datetime, wanted: Collection[News], *, reader: Actor
) -> Asked:
    """Give what can be asked now about what changed, at most three of each version.

    What is still to come is not asked: questions are of the law of the day.
    """
    on = day_of(at)
    held = {each.slug: each for each in wanted if each.effective_from <= on}
    row = ReferenceRow
    rows = session.execute(
        select(
            ReferenceRow.target,
            ReferenceRow.section,
            DocumentRow.slug,
            ReferenceRow.item,
        )
        .join(RevisionRow, RevisionRow.id == row.revision_id)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(
            row.target.in_(held),
            DocumentRow.kind == QUESTIONS,
            RevisionRow.id.in_(chosen_on(on)),
        )
    ).all()
    if not rows:
        return {}
    free = {each.place for each in practisable(session, at, reader=reader)}
    found: dict[int, set[Place]] = defaultdict(set)
    for target, section, bank, item in rows:
        about = held[target]
        if about.sections and section not in about.sections:
            continue
        if (place := Place(bank, item)) in free:
            found[about.revision].add(place)
    return {key: tuple(sorted(places)[:MOST_ASKED]) for key, places in found.items()}


def receipts(
    session: Session, people: Collection[int], revisions: Collection[int] | None = None
) -> dict[int, dict[int, Receipt]]:
    """Give what some people have read, by person and version."""
    query = select(ReceiptRow).where(ReceiptRow.person_id.in_(people))
    if revisions is not None:
        query = query.where(ReceiptRow.revision_id.in_(revisions))
    found: dict[int, dict[int, Receipt]] = defaultdict(dict)
    for row in session.scalars(query):
        found[row.person_id][row.revision_id] = Receipt(
            revision=row.revision_id,
            content_hash=row.content_hash,
            read_on=day_of(row.read_at),
        )
    return found


def _before(
    session: Session, wanted: Collection[News], read: Mapping[int, Receipt]
) -> dict[int, int]:
    """Give the number of the version of the same article that was read last."""
    rows = session.execute(
        select(DocumentRow.slug, func.coalesce(RevisionRow.number, 0))
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(RevisionRow.id.in_(read), DocumentRow.slug.in_(n.slug for n in wanted))
    ).all()
    found = {}
    for each in wanted:
        numbers = [n for slug, n in rows if slug == each.slug and n < each.number]
        if numbers:
            found[each.revision] = max(numbers)
    return found


def _obliges(text: Revision, meant: Mapping[str, ChangeKind]) -> bool:
    """Tell whether a version changed in substance.

    A first one is new as a whole, unless it writes down what held already.
    """
    if meant:
        return bool(OBLIGING & {*meant.values()})
    if text.number == 1 and text.approved_at:
        return text.effective_from >= day_of(text.approved_at)
    return text.header.change_kind in OBLIGING


def _news(text: Revision, meant: Mapping[str, ChangeKind]) -> News:
    assert text.approved_at is not None  # noqa: S101  (only approved ones come here)
    return News(
        revision=text.id,
        slug=text.slug,
        number=text.number or 0,
        title=text.header.title,
        line=text.header.line,
        note=text.header.change_note or "",
        content_hash=text.content_hash,
        known_on=day_of(text.approved_at),
        effective_from=text.effective_from,
        replaced_on=text.effective_to,
        sections=frozenset(key for key, kind in meant.items() if kind in OBLIGING),
    )


def _rule(row: DutyRuleRow, parts: Mapping[str, Collection[str]]) -> Rule:
    def keys(part: str) -> frozenset[int]:
        return frozenset(map(int, parts.get(part, ())))

    audience = Audience(
        sites=keys("site"),
        organisations=keys("organisation"),
        posts=frozenset(parts.get("post", ())),
        lines=frozenset(parts.get("line", ())),
    )
    text = RuleText(
        name=row.name,
        audience=audience,
        topics=frozenset(parts.get("topic", ())),
        days=row.days,
        since=row.since,
        until=row.until,
    )
    return Rule(id=row.id, text=text, edit=row.edit)


def _urgency(each: Standing) -> tuple[int, date, str]:
    return [*type(each.stage)].index(each.stage), each.due, each.duty.news.slug
