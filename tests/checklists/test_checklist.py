"""Reading the text of a checklist."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checklists.lists import AGENT
from tests.checklists.lists import HEADER
from tests.checklists.lists import PARENTS
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from trainer.checklists.domain import listing
from trainer.checklists.domain import situation
from trainer.checklists.domain.checklist import Item
from trainer.checklists.domain.checklist import Severity
from trainer.checklists.domain.checklist import parse
from trainer.checklists.domain.manuscripts import manuscript
from trainer.checklists.domain.situation import CODES
from trainer.checklists.domain.situation import Aspect
from trainer.checklists.domain.situation import Condition
from trainer.checklists.domain.situation import Fit
from trainer.checklists.domain.situation import Situation
from trainer.checklists.service import prepare
from trainer.core.errors import MistakesError
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.topics.domain.causes import ErrorCause


def items(text: str) -> tuple[Item, ...]:
    parsed = parse(text)
    assert parsed.checklist is not None, parsed.mistakes
    return parsed.checklist.items


def mistakes(text: str) -> list[str]:
    return [mistake.told for mistake in parse(text).mistakes]


def test_everything_an_item_says_is_read() -> None:
    parents, agent = items(checklist())
    assert parents.businesses == ("withdraw.rent",)
    assert parents.severity is Severity.ERROR
    assert parents.causes == (ErrorCause.PROPERTY, ErrorCause.CONDITIONS)
    assert parents.say == "我们只看您和爱人在本市有没有房。"
    assert parents.line == 11
    assert agent.when.codes[Aspect.CHANNEL] == {"counter", "branch"}
    assert agent.when.start == date(2026, 1, 1)
    assert agent.when.end == date(2027, 1, 1)
    assert [cite.slug for cite in agent.cites] == [
        "withdrawal-by-agent",
        "rent-withdrawal",
    ]
    assert agent.say == ""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (item("a", severity="bad"), "第 14 行：“severity”只能是"),
        (item("a", causes="[weather]"), "第 15 行：“causes”只能是"),
        (
            item("a", causes="[date, region, person, household]"),
            "第 15 行：“causes”最多写 3 个",
        ),
        (item("a", when="{region: [mars]}"), "第 21 行：“region”只能是"),
        (
            item("a", when="{from: 2026-02-01, before: 2026-01-01}"),
            "“from”应早于“before”",
        ),
        (item("a", when="soon"), "应是“键: 值”"),
        (item("a", cites="[rent-withdrawal]"), "应写作 文章标识#小节标识"),
        (item("a", wrong="长" * 121), "超过 120 个字"),
        (item("a", colour="red"), "不认识的键“colour”"),
        (item("a") + item("a"), "“a”在第 11 行已有"),
        ("- just words\n", "应是“键: 值”"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(written: str, told: str) -> None:
    assert any(told in line for line in mistakes(HEADER + written)), mistakes(
        HEADER + written
    )


def test_a_text_of_another_kind_is_none() -> None:
    text = checklist().replace("kind: checklist", "kind: quiz")
    assert mistakes(text) == ["第 3 行：“kind”应是 checklist"]


def test_the_end_of_the_world_is_no_exception() -> None:
    assert parse("").checklist is None
    assert parse("---\n").mistakes


@given(st.text(max_size=300))
def test_no_text_raises(body: str) -> None:
    parsed = parse(HEADER + body)
    assert (parsed.checklist is None) == bool(parsed.mistakes)


def test_codes_that_nobody_registered_are_told() -> None:
    known = Vocabulary(
        lines=frozenset({"withdraw"}),
        businesses=frozenset({"withdraw.rent"}),
        steps=frozenset({"verify"}),
        competencies=frozenset({"P5"}),
        posts=frozenset({"withdrawal-desk"}),
    )
    assert prepare(checklist(PARENTS), known).manuscript.kind == "checklist"
    with pytest.raises(MistakesError) as refused:
        prepare(checklist(AGENT), known)
    told = "\n".join(mistake.message for mistake in refused.value.mistakes)
    for code in ("withdraw.purchase", "receive", "R4", "risk-desk"):
        assert f"“{code}”没有登记" in told


def test_an_item_is_a_section_with_its_citations() -> None:
    text = checklist()
    parsed = parse(text).checklist
    assert parsed is not None
    written = manuscript(parsed, text)
    assert [section.id for section in written.sections] == [
        "parents-home",
        "agent-without-mandate",
    ]
    assert written.sections[0].name == "第1条 把父母名下的住房算成申请人有房"
    assert "来办的人是代办人" in written.sections[1].text
    assert [(c.item, c.address) for c in written.citations] == [
        ("parents-home", "rent-withdrawal#conditions"),
        ("agent-without-mandate", "withdrawal-by-agent#conditions"),
        ("agent-without-mandate", "rent-withdrawal#conditions"),
    ]


def test_what_lists_need_is_kept_and_read_back() -> None:
    for read, listed in zip(
        items(checklist()),
        listing.read_back(listing.kept(items(checklist()))),
        strict=True,
    ):
        assert (listed.id, listed.businesses) == (read.id, read.businesses)
        assert (listed.severity, listed.causes) == (read.severity, read.causes)
        assert (listed.when, listed.owner) == (read.when, read.owner)
        assert listed.cites == tuple((c.slug, c.section) for c in read.cites)


@given(
    st.dictionaries(
        st.sampled_from([*Aspect]),
        st.integers(1, 255),
    ),
    st.none() | st.dates(),
    st.none() | st.dates(),
)
def test_a_condition_is_kept_and_read_back(
    chosen: dict[Aspect, int], start: date | None, end: date | None
) -> None:
    codes = {
        aspect: frozenset(c for n, c in enumerate(CODES[aspect]) if bits >> n & 1)
        for aspect, bits in chosen.items()
    }
    condition = Condition(codes=codes, start=start, end=end)
    assert situation.read_back(situation.kept(condition)) == condition


@pytest.mark.parametrize(
    ("known", "day", "fit"),
    [
        ({}, None, Fit.OPEN),
        ({Aspect.PERSON: "agent"}, None, Fit.OPEN),
        (
            {Aspect.PERSON: "agent", Aspect.CHANNEL: "branch"},
            date(2026, 5, 1),
            Fit.MATCHES,
        ),
        ({Aspect.PERSON: "heir"}, None, Fit.CONTRADICTS),
        ({Aspect.PERSON: "agent"}, date(2025, 12, 31), Fit.CONTRADICTS),
        ({}, date(2027, 1, 1), Fit.CONTRADICTS),
        ({}, date(2026, 12, 31), Fit.OPEN),
    ],
)
def test_a_condition_fits_unless_it_contradicts(
    known: dict[Aspect, str], day: date | None, fit: Fit
) -> None:
    agent = items(checklist(AGENT))[0]
    assert agent.when.fit(Situation(codes=known, day=day)) is fit
