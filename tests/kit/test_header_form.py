"""The form with which a text begins helps to type what publishing will take."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from trainer.kit.forms.headers import HeaderForm
from trainer.publishing.domain.following import LONGEST_SLUG
from trainer.publishing.domain.header import KEYS
from trainer.publishing.domain.header import REVIEW_DAYS

TYPED = {
    "title": "清单",
    "slug": "list",
    "line": "loan",
    "owner": "desk",
    "review_every_days": "180",
    "effective_from": "2026-09-20",
    "evidence": "B",
    "source": "各条",
}


def wrong(**changes: object) -> set[str]:
    typed = {**TYPED, **{key: str(value) for key, value in changes.items()}}
    form = HeaderForm(MultiDict(typed))
    form.validate()
    return {str(name) for name in form.errors}


def test_its_bounds_are_those_of_publishing() -> None:
    assert wrong(slug="x" * LONGEST_SLUG) == set()
    assert wrong(slug="x" * (LONGEST_SLUG + 1)) == {"slug"}
    for days in (REVIEW_DAYS[0], REVIEW_DAYS[-1]):
        assert wrong(review_every_days=days) == set()
    for days in (REVIEW_DAYS[0] - 1, REVIEW_DAYS[-1] + 1):
        assert wrong(review_every_days=days) == {"review_every_days"}


@pytest.mark.parametrize("field", ["title", "source"])
@pytest.mark.parametrize("words", ["", "响铃\x07", "两\n行", "乱码\ufffd", "长" * 201])
def test_what_is_no_line_of_text_is_refused(field: str, words: str) -> None:
    assert wrong(**{field: words}) == {field}


def test_it_says_keys_that_publishing_knows() -> None:
    assert set(HeaderForm(MultiDict(TYPED)).said("checklist")) <= {*KEYS, "kind"}
