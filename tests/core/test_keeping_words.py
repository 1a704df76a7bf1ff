"""Sentences that were kept are said again, in any language."""

from __future__ import annotations

import json
from datetime import date

import pytest

from trainer.core.keeping_words import kept_words
from trainer.core.keeping_words import read_words
from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.core.wording import Nn_
from trainer.core.wording import Wording


@pytest.mark.parametrize(
    "words",
    [
        "办提取的都要读",
        N_("保存"),
        N_("{day} 起", day=date(2026, 11, 22)),
        N_("{rules}", rules=["甲", N_("乙{n}", n=1)]),
        Nn_("{n} 件", n=3),
        Nc_("button", "批准"),
        N_("{before}；{then}", before=N_("甲"), then="乙"),
    ],
)
def test_what_was_kept_is_what_was_said(words: str) -> None:
    kept = json.loads(json.dumps(kept_words(words)))
    found = read_words(kept)
    assert str.__eq__(found, words)
    assert isinstance(found, Wording) == isinstance(words, Wording)
    assert kept_words(found) == kept


def test_what_is_counted_stays_counted() -> None:
    found = read_words(kept_words(Nn_("{n} 件", n=3)))
    assert isinstance(found, Wording)
    assert (found.counted, found.values["n"]) == (True, 3)
