"""How ready sites are for changes: for who supervises them, and for previews."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.courses.domain.duties import Duty
from trainer.courses.domain.duties import News
from trainer.courses.domain.duties import Receipt
from trainer.courses.domain.duties import Rule
from trainer.courses.domain.duties import duties
from trainer.courses.domain.readiness import Readiness
from trainer.courses.queries.duties import news
from trainer.courses.queries.duties import receipts
from trainer.courses.queries.duties import rules
from trainer.courses.queries.works import Works
from trainer.courses.queries.works import every_work
from trainer.courses.queries.works import works_seen

ANYBODY = Actor(0, "", frozenset({Permission.READ}))
"""Reads what everybody reads: a duty of others is never what they may not see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a rule would do today.

    Attributes:
        people: How many it concerns.
        sites: How many of them at each site, by key.
        news: What they would have to read.
    """

    people: int
    sites: dict[int, int]
    news: tuple[News, ...]


def readiness(
    session: Session, on: date, kinds: Collection[str], *, reader: Actor
) -> list[Readiness]:
    """Give how ready the people of a reader are, by site: what is due first, first.

    Raises:
        DeniedError: the reader supervises nobody.
    """
    reader.must(Permission.SUPERVISE)
    known = rules(session)
    works = works_seen(session, on, reader=reader)
    fresh = news(session, known, kinds, reader=ANYBODY)
    found = [*_gathered(works, known, fresh, on)]
    people = {person for each in found for person in each.obliged}
    read = receipts(session, people, {each.revision for each in fresh})
    told = [_with_receipts(each, read) for each in found]
    return sorted(told, key=lambda each: (each.due, each.news.slug, each.site))


def effect(session: Session, rule: Rule, on: date, kinds: Collection[str]) -> Effect:
    """Give what a rule would do today, by itself; it names nobody."""
    works = every_work(session, on)
    fresh = news(session, [rule], kinds, reader=ANYBODY)
    sites: dict[int, int] = {}
    wanted: dict[int, News] = {}
    count = 0
    for person in works.values():
        meant = [work for work in person if rule.text.audience.covers(work, on)]
        count += bool(meant)
        for site in {work.site for work in meant}:
            sites[site] = sites.get(site, 0) + 1
        for duty in duties(meant, [rule], fresh, on):
            wanted[duty.news.revision] = duty.news
    return Effect(people=count, sites=sites, news=tuple(wanted.values()))


def _gathered(
    works: Works, known: Collection[Rule], fresh: Collection[News], on: date
) -> Iterator[Readiness]:
    """Put together who must read the same at the same site."""
    held: dict[tuple[int, int], dict[int, Duty]] = {}
    for person, places in works.items():
        for site in {work.site for work in places}:
            there = [work for work in places if work.site == site]
            for duty in duties(there, known, fresh, on):
                held.setdefault((duty.news.revision, site), {})[person] = duty
    for (_, site), people in held.items():
        yield Readiness(
            news=next(iter(people.values())).news,
            site=site,
            obliged=frozenset(people),
            read={},
            due=max(duty.due for duty in people.values()),
        )


def _with_receipts(
    each: Readiness, read: Mapping[int, Mapping[int, Receipt]]
) -> Readiness:
    key = each.news.revision
    days = {p: read[p][key].read_on for p in each.obliged if key in read.get(p, {})}
    return replace(each, read=days)
