"""When a reading counts no more: rules alone, whoever said what a change means."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest

from trainer.courses.domain.lapsing import Head
from trainer.courses.domain.lapsing import Version
from trainer.courses.domain.lapsing import lapses_on
from trainer.publishing.domain.header import ChangeKind

DAY = date(2026, 11, 1)
HEADS = (Head("answer", 2, "a"), Head("conditions", 2, "b"), Head("home", 3, "c"))
OLD = Version(revision=1, order=(DAY, 1), known_on=DAY, heads=HEADS)
CHANGED = (HEADS[0], Head("conditions", 2, "new"), HEADS[2])


def newer(days: int = 5, revision: int = 2, **more: object) -> Version:
    """Give a version that holds so many days later; its conditions are others."""
    begin = DAY + timedelta(days=days)
    given = {"order": (begin, revision), "known_on": DAY, "heads": CHANGED, **more}
    return Version(revision=revision, **given)  # type: ignore[arg-type]  # by name


def lapsed(section: str, *later: Version, days: int = 9, read: int = 1) -> date | None:
    return lapses_on(section, read, [OLD, *later], DAY + timedelta(days=days))


@pytest.mark.parametrize("section", ["conditions", ""])
def test_what_the_author_calls_substance_lapses_where_words_are_others(
    section: str,
) -> None:
    said = newer(change=ChangeKind.SUBSTANCE)
    assert lapsed(section, said) == said.since
    assert lapsed("answer", said) is None
    assert lapsed(section, said, days=4) is None, "before it holds"


@pytest.mark.parametrize("change", [None, ChangeKind.CLARIFY])
def test_other_changes_and_unsaid_ones_lapse_nothing(change: ChangeKind | None) -> None:
    assert lapsed("conditions", newer(change=change)) is None


def test_what_the_approver_says_of_a_section_outdoes_the_author() -> None:
    said = newer(change=ChangeKind.CLARIFY, meant={"conditions": ChangeKind.SUBSTANCE})
    assert lapsed("conditions", said) == said.since
    assert lapsed("answer", said) is None
    mild = newer(change=ChangeKind.SUBSTANCE, meant={"conditions": ChangeKind.CLARIFY})
    assert lapsed("conditions", mild) is None


def test_the_first_of_several_changes_counts() -> None:
    first = newer(change=ChangeKind.SUBSTANCE)
    second = newer(7, 3, change=ChangeKind.SUBSTANCE, heads=HEADS)
    assert lapsed("conditions", first, second) == first.since
    assert lapsed("conditions", first, second, read=2) == second.since


def test_a_version_that_was_withdrawn_never_held() -> None:
    assert lapsed("conditions", read=99) == DAY + timedelta(days=9)
