"""How a text begins, and what is refused before it is parsed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.factories import make_text
from trainer.core import document
from trainer.core.document import MOST_BYTES
from trainer.knowledge.domain.article import parse
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.knowledge.domain.starting import citation
from trainer.knowledge.domain.starting import template
from trainer.publishing.domain.following import BadSlugError
from trainer.publishing.domain.following import Following
from trainer.publishing.domain.following import Follows
from trainer.publishing.domain.following import following
from trainer.publishing.domain.following import must_be_slug
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.typed import mistakes_of_typing
from trainer.publishing.domain.typed import tidied
from trainer.publishing.domain.typed import unfinished

DAY = date(2026, 12, 1)
OLD = make_text(
    effective_from="2026-09-20",
    effective_to="2027-01-01",
    issued_on="2026-08-18",
    change_kind="typo",
    change_note="旧的说明",
    transition=">-\n  第一行\n  第二行",
    decided_by="acceptance",
)


def follow(follows: Follows, note: str = "限额提高") -> str:
    return following(
        OLD,
        Following(
            follows=follows,
            first_day=DAY,
            change_kind=ChangeKind.SUBSTANCE,
            change_note=note,
        ),
    )


@pytest.mark.parametrize("kind", ArticleKind)
def test_a_template_parses_and_says_what_is_left_to_write(kind: ArticleKind) -> None:
    text = template(kind, line="withdraw", owner="withdrawal-desk", first_day=DAY)
    parsed = parse(text)
    assert parsed.mistakes == ()
    assert parsed.manuscript is not None
    assert parsed.manuscript.header.effective_from == DAY
    assert unfinished(text)


def test_a_new_rule_drops_what_was_said_of_the_old_wording_alone() -> None:
    read = document.parse(follow(Follows.NEW_RULE))
    assert read.meta["effective_from"] == DAY
    assert (read.meta["change_kind"], read.meta["change_note"]) == (
        "substance",
        "限额提高",
    )
    assert read.meta["decided_by"] == "acceptance"
    assert {"effective_to", "issued_on", "transition", "supersedes"} & set(
        read.meta
    ) == set()


def test_a_correction_keeps_its_day_and_says_what_it_corrects() -> None:
    parsed = parse(follow(Follows.CORRECTION))
    assert parsed.manuscript is not None
    header = parsed.manuscript.header
    assert header.effective_from == header.supersedes == date(2026, 9, 20)
    assert header.issued_on == date(2026, 8, 18)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))))
def test_any_note_survives_and_leaves_the_body_alone(note: str) -> None:
    read = document.parse(follow(Follows.NEW_RULE, note))
    assert read.mistakes == ()
    assert read.meta["change_note"] == note
    assert read.body == document.parse(OLD).body


@pytest.mark.parametrize("slug", ["", "Rent", "a_b", "-a", "租房", "a" * 65, "a--b"])
def test_a_bad_identity_is_refused(slug: str) -> None:
    with pytest.raises(BadSlugError, match="小写字母"):
        must_be_slug(slug)


def test_a_good_identity_is_taken() -> None:
    must_be_slug("rent-withdrawal-2026")


def test_a_citation_cannot_break_its_brackets() -> None:
    assert citation("rules", "term", "《规定》[一]") == "[《规定》 一](cite:rules#term)"
    assert citation("rules", "", "规定") == "[规定](cite:rules)"


def test_line_ends_of_browsers_are_undone() -> None:
    assert tidied("甲\r\n乙\r丙") == "甲\n乙\n丙\n"
    assert tidied("") == ""


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("好\n有\x00零", 2, "控制字符"),
        ("甲\n乙\n丙\ufffd", 3, "乱码"),
        ("长" * (MOST_BYTES // 3 + 1), 0, "512 KB"),
    ],
)
def test_what_nobody_meant_to_type_is_told_with_its_line(
    text: str, line: int, words: str
) -> None:
    [mistake] = mistakes_of_typing(text)
    assert mistake.line == line
    assert words in mistake.message
