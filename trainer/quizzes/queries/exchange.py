"""What came into a bank with a draft, compared with what holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.quizzes.domain.manuscripts import WHY


@dataclass(frozen=True, slots=True)
class Came:
    """Questions of a draft, by what they are to the text that held before."""

    new: tuple[StoredSection, ...]
    changed: tuple[StoredSection, ...]
    total: int


def came_in(session: Session, draft: Revision, *, reader: Actor) -> Came:
    """Compare a draft with the text that it follows, question by question."""
    before = publishing.held_before(session, draft, reader=reader)
    both = [draft, *([before] if before else [])]
    found = publishing.sections_of(session, both)
    old = _hashes(found[before.id]) if before else {}
    new = _hashes(found[draft.id])
    asked = [each for each in found[draft.id] if each.id + WHY in new]
    return Came(
        new=tuple(each for each in asked if each.id not in old),
        changed=tuple(
            each
            for each in asked
            if each.id in old
            and any(old.get(key) != new[key] for key in (each.id, each.id + WHY))
        ),
        total=len(asked),
    )


def _hashes(sections: Sequence[StoredSection]) -> dict[str, str]:
    return {section.id: section.hash for section in sections}
