"""The six questions whose answer changed on 2026-09-20, asked on both days."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.commands import Terminal
from trainer.core.actor import READER
from trainer.kit import db
from trainer.kit.index import Searcher
from trainer.publishing.domain.timeline import InForce
from trainer.search import cli
from trainer.search import queries
from trainer.search.domain.results import Asked

OLD, NEW = date(2026, 9, 19), date(2026, 9, 20)
CHANGED = (
    ("贷款审批要几天", "loan-decision-time", "15 日", "10 日"),
    ("装修能提公积金吗", "decoration-withdrawal", "不能提", "列为提取情形"),
    ("提房租要看占收入的比例吗", "rent-withdrawal", "房租要超过", "不再看房租"),
    ("提取要单位开证明吗", "withdrawal-procedure", "要有单位", "不再要单位"),
    ("单位不登记罚多少", "unit-not-registered-fine", "1万—5万", "5万—30万"),
    ("用假租赁合同提取怎么处理", "fraud-withdrawal-penalty", "以当地", "3年"),
)


@pytest.mark.parametrize(("words", "slug", "before", "after"), CHANGED)
def test_the_right_wording_answers_on_each_day(
    starter: Terminal,
    searcher: Searcher,
    words: str,
    slug: str,
    before: str,
    after: str,
) -> None:
    with db.reading(starter.engine) as session:
        old, new = (
            queries.search(
                session, searcher, Asked(words=words, on=on), reader=READER
            ).found[0]
            for on in (OLD, NEW)
        )
    assert (old.slug, new.slug) == (slug, slug)
    assert (old.status, new.status) == (InForce.NOW, InForce.NOW)
    assert old.number < new.number
    assert old.effective_from <= OLD
    assert old.effective_to == new.effective_from == NEW
    assert before in old.answer
    assert after in new.answer
    assert after not in old.answer


def test_the_command_line_answers_the_same(
    starter: Terminal, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One searcher for the twelve runs: each would learn the words of the pack anew.
    monkeypatch.setattr(cli, "Searcher", lambda _: searcher)
    for words, slug, before, after in CHANGED:
        for on, told in ((OLD, before), (NEW, after)):
            ran = starter.run("search", words, "--on", str(on), "--json")
            first = json.loads(ran.stdout)[0]
            assert first["document"] == slug
            assert first["status"] == "in_force"
            assert told in first["answer"]
