"""A small framework, a clerk, and what was seen of him; all fictitious."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy.orm import Session

from tests.factories import NOON
from tests.factories import SETUP
from trainer.competence.domain.witnessing import Sighting
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.evidence import service as evidence
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

TOPICS = """\
lines:
  - code: withdraw
    name: 提取
    owner: withdrawal-desk
    businesses:
      - {code: withdraw.rent, name: 租房提取}
  - code: service
    name: 服务
    owner: service-desk
    risk: low
    businesses:
      - {code: service.complaint, name: 投诉}
steps:
  - {code: verify, name: 核验, about: 比对}
"""

FRAMEWORK = """\
levels:
  - {code: L0, name: 未接触, counter: 不上窗口, anchors: [无]}
  - {code: L1, name: 知道, counter: 引导, anchors: [无]}
  - {code: L2, name: 带教下, counter: 共同签字, anchors: [无]}
  - {code: L3, name: 独立, counter: 独立, anchors: [无]}
  - {code: L4, name: 能带教, counter: 复核, anchors: [无]}
tiers:
  - {code: onboarding, name: 上岗前, level: L3, about: 上岗前}
dimensions:
  - {code: P, name: 政策}
  - {code: C, name: 沟通}
competencies:
  - {code: P5, name: 消费类提取, about: 租房, lines: [withdraw], tiers: [onboarding]}
  - {code: P1, name: 版本意识, about: 哪一天, lines: [all], tiers: [onboarding]}
  - {code: C5, name: 投诉处理, about: 投诉, lines: [service], tiers: [onboarding]}
"""

MANAGER = Actor(
    99,
    "主任（虚构）",
    frozenset({Permission.READ, Permission.SUPERVISE, Permission.MANAGE}),
    scope=Scope(everybody=True),
)


def put_framework(session: Session) -> None:
    """Put lines, steps and competencies in force."""
    for name, text in (
        (TextName.TOPICS, TOPICS),
        (TextName.COMPETENCIES, FRAMEWORK),
    ):
        save = SaveText(name=name, text=text, note="测试")
        topics.save_text(session, save, by=SETUP, at=NOON)


def moment(day: str, hour: int = 2) -> datetime:
    """Give a moment of a day, in the morning of the centre."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def make_fact(person: int, day: str, item: str = "rent#days", **more: object) -> Fact:
    """Give a right answer to a question."""
    fact = Fact(
        person=person,
        competency="P5",
        item=item,
        happened_at=moment(day),
        outcome=1.0,
        kind=FactKind.QUIZ_ANSWER,
        source=f"{person}/{day}/{item}",
    )
    return replace(fact, **more)  # type: ignore[arg-type]  # by name


def see(session: Session, *facts: Fact) -> None:
    """Record facts at the moment they happened."""
    for fact in facts:
        evidence.record(session, fact, at=fact.happened_at)


def learned(person: int, revision: int | None = None) -> list[Fact]:
    """Give a month of work that lets somebody work alone: 40 facts of October."""
    first = moment("2026-10-01")
    found = []
    for n in range(30):
        at = first + timedelta(days=n % 10, minutes=n)
        item = ("rent#days", "rent#papers", f"other#q{n}")[n % 3]
        found.append(
            make_fact(
                person,
                "2026-10-01",
                item,
                happened_at=at,
                revision=revision if item.startswith("rent") else None,
                source=f"{person}/learned/{n}",
            )
        )
    for n in range(4):
        found += [
            make_fact(
                person,
                "2026-10-12",
                "",
                kind=FactKind.OBSERVATION,
                happened_at=moment("2026-10-12") + timedelta(days=n),
                source=f"{person}/watched/{n}",
            ),
            make_fact(
                person,
                "2026-10-13",
                f"general#q{n}",
                competency="P1",
                happened_at=moment("2026-10-13") + timedelta(days=n),
                source=f"{person}/general/{n}",
            ),
        ]
    return found


def make_sighting(person: int, **more: object) -> Sighting:
    """Give an observation of somebody who did it right alone."""
    given = {
        "person": person,
        "kind": FactKind.OBSERVATION,
        "on": date(2026, 11, 20),
        "outcomes": {"P5": 1.0},
        "token": f"sighting/{person}",
        **more,
    }
    return Sighting(**given)  # type: ignore[arg-type]  # by name
