"""The codes an author chooses from, with their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from trainer.people import queries as people
from trainer.topics import queries as topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Names by code."""

    lines: Mapping[str, str]
    businesses: Mapping[str, str]
    steps: Mapping[str, str]
    competencies: Mapping[str, str]
    posts: Mapping[str, str]


def codes(session: Session) -> Codes:
    """Give the codes as they are registered now."""
    spine, framework = topics.topics(session), topics.competencies(session)
    known = framework.competencies if framework else ()
    return Codes(
        lines={line.code: line.name for line in spine.lines},
        businesses={business.code: business.name for business in spine.businesses},
        steps={step.code: step.name for step in spine.steps},
        competencies={c.code: f"{c.code} {c.name}" for c in known},
        posts={post.code: post.name for post in people.posts(session)},
    )
