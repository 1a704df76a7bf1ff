"""What a pack may be made of on a day, and what is known of a site."""

from __future__ import annotations

from collections import Counter
from datetime import date
from datetime import timedelta

from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import aliased

from trainer.checklists import queries as checklists
from trainer.core.actor import Actor
from trainer.core.clock import start_of
from trainer.courses.domain.meetings import PackItem
from trainer.courses.domain.suggesting import LATELY
from trainer.courses.domain.suggesting import LATELY_TALKED
from trainer.courses.domain.suggesting import WITHIN
from trainer.courses.domain.suggesting import WRONG
from trainer.courses.domain.suggesting import Facts
from trainer.courses.models import MeetingItemRow
from trainer.courses.models import MeetingRow
from trainer.courses.queries.present import present_at
from trainer.evidence.models import FactRow
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.live import LiveState
from trainer.scenarios.domain.playing import PlayState
from trainer.scenarios.models import LiveRow
from trainer.scenarios.models import PlayRow


def items_on(session: Session, on: date, *, reader: Actor) -> dict[str, PackItem]:
    """Give the checklist items in force on a day by address, ``<slug>#<item>``."""
    holding = checklists.held(session, on, reader=reader)
    return {
        tip.address: PackItem(
            tip.address, holding.lists[tip.slug].header.title, tip.item
        )
        for tip in holding.tips
    }


def items_of(text: Revision) -> list[PackItem]:
    """Give the items of a checklist."""
    return [
        PackItem(f"{text.slug}#{item.id}", text.header.title, item)
        for item in checklists.items_of(text)
    ]


def scenario_titles(session: Session, on: date, *, reader: Actor) -> dict[str, str]:
    """Give the titles of the scenarios in force on a day by slug, in their order."""
    held = publishing.in_force(session, on, reader=reader, kinds=[SCENARIO])
    titles = {text.slug: text.header.title for text in held}
    return dict(sorted(titles.items(), key=lambda pair: pair[1]))


def facts_of(session: Session, site: int, on: date, *, reader: Actor) -> Facts:
    """Give what is known of a site on a day, for suggestions."""
    there = present_at(site, on)
    wrong, wrong_items = _wrong(session, there, on)
    return Facts(
        plays=_plays(session, site, there),
        wrong=wrong,
        wrong_items=wrong_items,
        changed=_changed(session, on, reader),
        talked=_talked(session, site, on),
    )


def _plays(session: Session, site: int, there: Select[int]) -> Counter[str]:
    """Count how often the people of a site have played each scenario."""
    alone = select(PlayRow.slug).where(
        PlayRow.person_id.in_(there),
        PlayRow.state == PlayState.ENDED,
        PlayRow.replays.is_(None),
    )
    by_two = select(LiveRow.slug).where(
        LiveRow.clerk_id.in_(there), LiveRow.state == LiveState.FINISHED
    )
    met = select(MeetingRow.scenario).where(MeetingRow.site_id == site)
    every = alone.union_all(by_two, met).subquery()
    rows = session.execute(select(every.c.slug, func.count()).group_by(every.c.slug))
    return Counter({slug: count for slug, count in rows})  # noqa: C416  (a row is no pair)


def _wrong(
    session: Session, there: Select[int], on: date
) -> tuple[Counter[str], Counter[str]]:
    """Count wrong answers by competency and by item; what was revoked is none."""
    row, later = FactRow, aliased(FactRow)
    revoked = select(later.id).where(
        later.kind == row.kind, later.revokes == row.source
    )
    rows = session.execute(
        select(row.competency, row.item, func.count())
        .where(
            row.person_id.in_(there),
            row.happened_at >= start_of(on - timedelta(days=WITHIN)),
            row.outcome < WRONG,
            row.revokes == "",
            ~revoked.exists(),
        )
        .group_by(row.competency, row.item)
    )
    competencies, items = Counter[str](), Counter[str]()
    for competency, item, count in rows:
        competencies[competency] += count
        items[item] += count
    return competencies, items


def _changed(session: Session, on: date, reader: Actor) -> frozenset[str]:
    """Give the addresses of items that did not read so a while ago."""
    now = items_on(session, on, reader=reader)
    before = items_on(session, on - timedelta(days=LATELY), reader=reader)
    return frozenset(
        address
        for address, each in now.items()
        if address not in before or before[address].item != each.item
    )


def _talked(session: Session, site: int, on: date) -> frozenset[str]:
    """Give the addresses of items that a site has talked about lately."""
    rows = session.execute(
        select(DocumentRow.slug, MeetingItemRow.item)
        .join(RevisionRow, RevisionRow.document_id == DocumentRow.id)
        .join(MeetingItemRow, MeetingItemRow.revision_id == RevisionRow.id)
        .join(MeetingRow, MeetingRow.id == MeetingItemRow.meeting_id)
        .where(
            MeetingRow.site_id == site,
            MeetingRow.on < on,
            MeetingRow.on >= on - timedelta(days=LATELY_TALKED),
        )
    )
    return frozenset(f"{slug}#{item}" for slug, item in rows)
