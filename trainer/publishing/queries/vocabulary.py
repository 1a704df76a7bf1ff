"""The codes that are registered now."""

from __future__ import annotations

from sqlalchemy.orm import Session

from trainer.people import queries as people
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.topics import queries as topics

NONE: frozenset[str] = frozenset()


def vocabulary(session: Session) -> Vocabulary:
    """Give the codes that texts may use, as they are registered now."""
    known, framework = topics.topics(session), topics.competencies(session)
    return Vocabulary(
        lines=frozenset(line.code for line in known.lines),
        businesses=frozenset(business.code for business in known.businesses),
        steps=frozenset(step.code for step in known.steps),
        competencies=frozenset(c.code for c in framework.competencies)
        if framework
        else NONE,
        formulas=topics.formula_codes(),
        posts=frozenset(post.code for post in people.posts(session)),
        tiers=frozenset(tier.code for tier in framework.tiers) if framework else NONE,
    )
