from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import SUPERVISOR
from tests.factories import make_approved
from tests.factories import make_text
from trainer.core.actor import Actor
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.publishing.domain.timeline import InForce
from trainer.search import queries
from trainer.search import service
from trainer.search.domain.exact import Why
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Results
from trainer.search.domain.snippets import plain
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

DAY = date(2026, 10, 8)
GLOSSARY = """\
groups:
  - id: rent
    official: 租房
    synonyms: [租赁住房]
    spoken: [住外面]
  - id: departure
    official: 离职
    spoken: [不干了]
places: [厦门, 青岛]
"""
TOPICS = """\
lines:
  - code: withdraw
    name: 提取
    owner: withdrawal-desk
    businesses:
      - {code: withdraw.rent, name: 租房提取}
      - {code: withdraw.departure, name: 离职提取}
steps:
  - {code: verify, name: 核验, about: 比对}
"""
REGULATIONS = make_text(
    title="住房公积金管理条例",
    kind="policy",
    line="service",
    document_number="国务院令第844号",
    body="### 第二十四条 提取 {#cases}\n\n租房的可以提取。\n\n"
    "### 第二十五条 时限 {#limit}\n\n三日内决定。",
)
DEPARTURE = make_text(
    title="离职提取",
    phrases="[辞工了怎么拿钱]",
    body="## 一句话结论 {#answer}\n\n封存满半年可提。\n\n"
    "## 要件清单 {#materials}\n\n- 身份证原件\n- 离职证明",
)
ONLINE = make_text(
    title="线上提示",
    kind="online",
    line="channel",
    body="## 一句话结论 {#answer}\n\n先看原文。\n\n"
    "## 系统提示 {#messages}\n\n- **缴存时间不满足要求**：月数不够。",
)
Ask = Callable[..., Results]


@pytest.fixture
def ask(session: Session, index: Path) -> Ask:
    """Ask in a database with five articles; the index is made at the first time."""
    for name, text in ((TextName.GLOSSARY, GLOSSARY), (TextName.TOPICS, TOPICS)):
        command = SaveText(name=name, text=text, note="测试")
        topics.save_text(session, command, by=EDITOR, at=NOON)
    make_approved(session, make_text(business="[withdraw.rent]"))
    make_approved(session, DEPARTURE, slug="departure")
    make_approved(session, REGULATIONS, slug="regulations")
    make_approved(session, ONLINE, slug="online-messages")
    secret = make_text(title="疑点核查口径", audience="supervisors", kind="risk")
    make_approved(session, secret, slug="suspicion")
    service.rebuild(session, Store(index))
    searcher = Searcher(index)

    def ask(
        words: str, reader: Actor = CLERK, on: date = DAY, **more: object
    ) -> Results:
        asked = Asked(words=words, on=on, **more)  # type: ignore[arg-type]  # by name
        return queries.search(
            session, searcher, asked, reader=reader, home_city="示例市"
        )

    return ask


def slugs(results: Results) -> list[str]:
    return [found.slug for found in results.found]


def test_a_title_half_typed_or_in_pinyin_finds_its_article_exactly(ask: Ask) -> None:
    for words in ("租房提取", "租房提", "租房t", "zftq", "zufangtiqu"):
        first = ask(words).found[0]
        assert (first.slug, first.exact) == ("rent-withdrawal", Why.TITLE), words
    assert ask("zftq").meanings[0].text == "租房提取"


def test_spoken_words_and_asked_phrases_lead_to_the_article(ask: Ask) -> None:
    results = ask("我不干了钱怎么拿")
    assert slugs(results)[0] == "departure"
    assert [(e.typed, e.word) for e in results.expanded] == [("不干了", "离职")]
    assert slugs(ask("辞工拿钱"))[0] == "departure"


def test_a_slip_is_corrected_and_can_be_insisted_on(ask: Ask) -> None:
    corrected = ask("离只提取")
    assert slugs(corrected)[0] == "departure"
    assert corrected.suggestion == "离职提取"
    insisted = ask("离只提取", as_typed=True)
    assert insisted.suggestion == ""


def test_a_clause_is_shown_in_its_section(ask: Ask) -> None:
    first = ask("条例第24条").found[0]
    assert (first.slug, first.section, first.exact) == (
        "regulations",
        "cases",
        Why.CLAUSE,
    )
    assert plain(first.passage) == "租房的可以提取。"
    assert ask("844号令").found[0].exact is Why.NUMBER


def test_a_pasted_message_finds_its_article(ask: Ask) -> None:
    first = ask("提示：缴存时间不满足要求！").found[0]
    assert (first.slug, first.exact) == ("online-messages", Why.MESSAGE)


def test_what_was_asked_for_is_marked(ask: Ask) -> None:
    first = ask("离职证明原件").found[0]
    marked = [piece.text for piece in first.passage if piece.marked]
    assert marked == ["原件", "离职证明"]
    assert [p.text for p in first.title_pieces if p.marked] == ["离职"]


def test_quoted_words_must_be_there(ask: Ask) -> None:
    assert set(slugs(ask('提取 "离职证明"'))) == {"departure"}
    assert slugs(ask('提取 "没有这回事"')) == []


def test_filters_narrow_and_what_they_hide_is_counted(ask: Ask) -> None:
    results = ask("租房提取", line="channel")
    assert slugs(results) == []
    assert results.total == 0
    assert results.unfiltered > 0
    assert {f.kind for f in ask("提取", kind="policy").found} == {"policy"}


def test_what_is_not_for_the_reader_is_neither_found_nor_counted(ask: Ask) -> None:
    for words in ("疑点核查口径", "疑点", "ydhckj"):
        results = ask(words)
        assert "suspicion" not in slugs(results)
        assert results.total == 0
    assert ask("ydhckj").text == "ydhckj"
    assert slugs(ask("疑点核查口径", SUPERVISOR))[0] == "suspicion"


def test_nobody_reads_without_permission(ask: Ask) -> None:
    assert slugs(ask("租房提取", Actor(9, "无权", frozenset()))) == []


def test_before_its_first_day_an_article_is_shown_as_coming(ask: Ask) -> None:
    results = ask("租房提取", on=date(2026, 9, 19))
    assert [(f.slug, f.status) for f in results.found][:1] == [
        ("rent-withdrawal", InForce.FUTURE)
    ]
    assert results.total == 0


def test_what_has_ended_is_shown_once_and_as_gone(
    session: Session, index: Path
) -> None:
    for first, end in (("2018-01-01", "2019-01-01"), ("2019-01-01", "2020-01-01")):
        text = make_text(effective_from=first, effective_to=end)
        make_approved(session, text)
    service.rebuild(session, Store(index))
    found = queries.search(
        session, Searcher(index), Asked(words="租房提取", on=DAY), reader=CLERK
    ).found
    assert [(f.slug, f.status) for f in found] == [("rent-withdrawal", InForce.EXPIRED)]


def test_what_holds_comes_before_what_is_coming(ask: Ask, session: Session) -> None:
    later = make_text(title="租房提取新办法", effective_from="2027-01-01")
    make_approved(session, later, slug="rent-rules")
    results = ask("租房提取")
    assert results.found[0].status is InForce.NOW


def test_an_earlier_wording_is_never_shown_beside_the_one_in_force(
    session: Session, index: Path
) -> None:
    make_approved(session, make_text(effective_from="2020-01-01"))
    make_approved(session, make_text(title="提取租金", effective_from="2026-09-20"))
    service.rebuild(session, Store(index))
    for words in ("租房提取", "提取租金", "每月1500元"):
        found = queries.search(
            session, Searcher(index), Asked(words=words, on=DAY), reader=CLERK
        ).found
        assert [(f.slug, f.number) for f in found] == [("rent-withdrawal", 2)]


def test_a_question_without_a_business_word_is_asked_back(ask: Ask) -> None:
    results = ask("我要办一下要什么材料")
    assert [option.label for option in results.clarify[0].options] == ["提取"]
    assert ask("租房要什么材料").clarify == ()


def test_another_city_is_remarked(ask: Ask) -> None:
    assert ask("厦门租房提取").other_places == ("厦门",)
    assert ask("示例市租房提取").other_places == ()


def test_nothing_typed_finds_nothing(ask: Ask) -> None:
    for words in ("", "  ", "？", "z"):
        assert ask(words).found == ()


def test_nonsense_finds_nothing(ask: Ask) -> None:
    results = ask("天气预报晴转多云")
    assert (results.found, results.total) == ((), 0)


def test_hostile_input_is_only_text(ask: Ask) -> None:
    for words in (
        "*" * 200,
        "a OR b*",
        "'; DROP TABLE",
        "\x00\ud7ff",
        "[[[(((",
        '"' * 9,
    ):
        ask(words)


def test_as_many_as_wanted_are_given(ask: Ask) -> None:
    results = ask("提取", SUPERVISOR, limit=2)
    assert len(results.found) == 2
    assert [found.rank for found in results.found] == [1, 2]
    assert results.total > 2


@pytest.mark.parametrize("damage", ["missing", "garbage"])
def test_without_an_index_the_database_answers(
    session: Session, index: Path, ask: Ask, damage: str
) -> None:
    current = index / "current"
    if damage == "missing":
        current.unlink()
    else:
        current.write_bytes(b"not an index")

    def search(words: str, reader: Actor = CLERK) -> Results:
        asked = Asked(words=words, on=DAY)
        return queries.search(session, Searcher(index), asked, reader=reader)

    results = search("租房提取")
    assert results.degraded
    assert slugs(results)[0] == "rent-withdrawal"
    assert slugs(search("不干了"))[0] == "departure"
    assert slugs(search("疑点核查")) == []
    assert slugs(search("疑点核查", SUPERVISOR))[0] == "suspicion"
    assert not ask("").degraded
