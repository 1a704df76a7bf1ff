"""The front matter as a form shows it, and changes put back into the text."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.factories import make_text
from trainer.core import document
from trainer.core.errors import MistakesError
from trainer.knowledge.domain.article import OWN_KEYS
from trainer.knowledge.domain.article import SCOPES
from trainer.knowledge.domain.article import parse
from trainer.knowledge.domain.entries import ENTRIES
from trainer.knowledge.domain.entries import ORDER
from trainer.knowledge.domain.entries import Shape
from trainer.knowledge.domain.heading import EditHeading
from trainer.knowledge.domain.heading import edited
from trainer.knowledge.domain.heading import heading
from trainer.publishing.domain.header import KEYS
from trainer.publishing.domain.header import Audience
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.header import DecidingDate
from trainer.publishing.domain.header import Evidence

CONTENT = Path(__file__).parents[2] / "content" / "policies"
BODY = "## 一句话结论 {#answer}\n\n能提。\n"
LAID_OUT = f"""\
---
# 谁写的都行
title: "租房提取：怎么办"   # 别改
kind: guide
line: withdraw

owner: withdrawal-desk
review_every_days: 180
effective_from: 2026-09-20
evidence: B
source: 建金〔2015〕19号
transition: |
  第一行
  # 这是正文，不是注释

  第二行
# 问法从录音里来
phrases:
  - 提房租
  - "123"   # 真有人这么问
applies: {{region: [全国], person: [在职职工]}}
# 完
---
{BODY}"""


def change(text: str, **now: str) -> str:
    """Change entries as a form does that showed the text."""
    was = heading(text).states
    return edited(text, EditHeading(was, {**was, **now}))


def said(text: str, **now: str) -> str:
    """Give the sentence with which a change is refused."""
    with pytest.raises(MistakesError) as refused:
        change(text, **now)
    return refused.value.message


def test_the_form_has_an_entry_for_every_key_of_the_format() -> None:
    assert set(ORDER) == {*KEYS, *OWN_KEYS}
    assert set(ENTRIES) == {*KEYS, *OWN_KEYS, *SCOPES} - {"applies"}


def test_every_text_of_the_starter_pack_is_shown_whole_and_stays_as_it_is() -> None:
    for file in sorted(CONTENT.rglob("*.md")):
        text = file.read_text("utf-8")
        shown = heading(text)
        assert shown.mistakes == ()
        assert set(shown.states) == set(ENTRIES), file
        typed = {k: v.replace("\n", "\r\n") + " " for k, v in shown.states.items()}
        assert edited(text, EditHeading(shown.states, typed)) == text


def test_what_is_written_is_shown() -> None:
    states = heading(LAID_OUT).states
    assert states["title"] == "租房提取：怎么办"
    assert states["review_every_days"] == "180"
    assert states["effective_from"] == "2026-09-20"
    assert states["transition"] == "第一行\n# 这是正文，不是注释\n\n第二行"
    assert states["phrases"] == "提房租\n123"
    assert (states["region"], states["channel"]) == ("全国", "")
    assert (states["sample"], states["deputy"]) == ("", "")


def test_only_the_lines_of_what_changed_are_another() -> None:
    made = change(LAID_OUT, title="提取: 房租", owner="loan-desk", evidence="A")
    expected = (
        LAID_OUT.replace('"租房提取：怎么办"', '"提取: 房租"')
        .replace("withdrawal-desk", "loan-desk")
        .replace("evidence: B", "evidence: A")
    )
    assert made == expected


def test_a_new_key_finds_its_usual_place() -> None:
    made = change(LAID_OUT, deputy="risk-desk", sample="true", business="withdraw.rent")
    head = made.split("---")[1]
    assert "line: withdraw\nbusiness: [withdraw.rent]\n\nowner" in head
    assert "owner: withdrawal-desk\ndeputy: risk-desk\n" in head
    assert "source: 建金〔2015〕19号\nsample: true\ntransition" in head


def test_a_key_that_was_emptied_goes_with_its_lines_alone() -> None:
    made = change(LAID_OUT, transition="")
    gone = LAID_OUT.index("transition"), LAID_OUT.index("# 问法")
    assert made == LAID_OUT[: gone[0]] + LAID_OUT[gone[1] :]


def test_text_of_several_lines_is_written_as_a_block() -> None:
    made = change(LAID_OUT, transition="甲：新\r\n乙")
    assert "transition: |-\n  甲：新\n  乙\n# 问法从录音里来\n" in made
    fenced = change(LAID_OUT, transition="甲\n---\n乙")
    assert heading(fenced).states["transition"] == "甲\n---\n乙"


def test_lists_are_written_as_our_texts_write_them() -> None:
    made = change(make_text(), phrases="提房租\n# 1\n\n", region="全国\n厦门, 漳州")
    assert 'phrases:\n  - 提房租\n  - "# 1"\n' in made
    assert 'applies:\n  region: [全国, "厦门, 漳州"]\n' in made
    assert parse(made).manuscript is not None


def test_codes_keep_their_order_and_new_ones_come_behind() -> None:
    text = make_text(business="[b.two, b.one]")
    assert change(text, business="b.one\nb.two") == text
    made = change(text, business="b.one\nb.three\nb.two")
    assert "business: [b.two, b.one, b.three]\n" in made


def test_a_comment_that_would_be_lost_is_told_with_its_line() -> None:
    assert "第 20 行：这里有注释" in said(LAID_OUT, phrases="提房租")
    assert "第 3 行：这里有注释" in said(LAID_OUT, title="")


@pytest.mark.parametrize(
    ("lines", "entry"),
    [
        ("owner: &post withdrawal-desk\ndeputy: *post", "owner"),
        ("applies: {region: [全国], planet: 地球}", "region"),
    ],
)
def test_what_cannot_be_changed_is_left_to_the_text(lines: str, entry: str) -> None:
    text = make_text().replace("owner: withdrawal-desk", lines)
    assert "请直接改全文" in said(text, **{entry: "别的"})


def test_what_stands_below_applies_and_has_no_entry_stays() -> None:
    text = make_text(applies="{region: [全国], planet: [地球]}")
    made = change(text, region="厦门", person="职工")
    says = {"region": ["厦门"], "planet": ["地球"], "person": ["职工"]}
    assert document.parse(made).meta["applies"] == says


def test_a_value_that_stands_for_itself_a_billion_times_ends_at_once() -> None:
    bomb = "x0: &x0 [ha]\n" + "".join(
        f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 40)
    )
    text = make_text().replace("line: withdraw\n", f"line: withdraw\n{bomb}")
    assert "请直接改全文" in said(text, title="新的")


def test_both_ways_meet_in_one_text() -> None:
    was = heading(LAID_OUT).states
    by_hand = LAID_OUT.replace("evidence: B", "evidence: A")
    made = edited(by_hand, EditHeading(was, {**was, "line": "loan", "evidence": "B"}))
    assert "evidence: A" in made
    assert "line: loan" in made
    same = edited(by_hand, EditHeading(was, {**was, "evidence": "A"}))
    assert same == by_hand


def test_two_different_changes_of_one_entry_are_told() -> None:
    was = heading(LAID_OUT).states
    by_hand = LAID_OUT.replace("evidence: B", "evidence: A")
    with pytest.raises(MistakesError, match="第 10 行：“核实程度”在表单和全文里都改过"):
        edited(by_hand, EditHeading(was, {**was, "evidence": "C"}))


def test_a_front_matter_that_cannot_be_read_is_told_and_not_touched() -> None:
    broken = LAID_OUT.replace("kind: guide", "kind: [guide")
    shown = heading(broken)
    assert shown.states == {}
    assert shown.mistakes[0].line > 1
    edit = EditHeading({"title": "甲"}, {"title": "乙"})
    with pytest.raises(MistakesError, match="YAML"):
        edited(broken, edit)
    assert edited(broken, EditHeading({"title": "甲"}, {"title": "甲"})) == broken


def test_an_empty_front_matter_is_told() -> None:
    edit = EditHeading({"title": "甲"}, {"title": "乙"})
    with pytest.raises(MistakesError, match="说明部分是空的"):
        edited(f"---\n{{}}\n---\n{BODY}", edit)


def test_the_form_shows_what_it_can_and_says_what_is_wrong() -> None:
    text = make_text(effective_to="明年", business="withdraw.rent", sample="maybe")
    shown = heading(text)
    assert set(ENTRIES) - set(shown.states) == {"effective_to", "business", "sample"}
    assert any(m.line == 10 and "effective_to" in m.message for m in shown.mistakes)
    assert "title: 新的" in change(text, title="新的")


def test_keys_nobody_knows_stay() -> None:
    text = make_text(colour="blue")
    made = change(text, title="新的")
    assert made == text.replace("title: 租房提取", "title: 新的")


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")),
    max_size=12,
).map(str.strip)
LISTED = st.lists(WORDS.filter(bool), max_size=4, unique=True).map("\n".join)
STATES = {
    Shape.LINE: WORDS,
    Shape.CHOICE: WORDS,
    Shape.PARAGRAPH: st.lists(WORDS, max_size=4).map("\n".join).map(str.strip),
    Shape.DAY: st.dates().map(str) | st.just(""),
    Shape.NUMBER: st.integers(30, 730).map(str) | st.just(""),
    Shape.FLAG: st.sampled_from(["true", ""]),
    Shape.CODES: LISTED,
    Shape.WORDS: LISTED,
}


ONE_OF: dict[str, type[StrEnum]] = {
    "audience": Audience,
    "evidence": Evidence,
    "change_kind": ChangeKind,
    "decided_by": DecidingDate,
}


def state(key: str) -> st.SearchStrategy[str]:
    """Any state of an entry that the format allows."""
    if key in ONE_OF:
        return st.sampled_from(["", *ONE_OF[key]])
    return STATES[ENTRIES[key].shape]


@st.composite
def states(draw: st.DrawFn) -> dict[str, str]:
    """Some entries with any states a form could send."""
    keys = draw(st.sets(st.sampled_from(sorted(ENTRIES)), max_size=5))
    return {key: draw(state(key)) for key in sorted(keys)}


@settings(max_examples=100, deadline=None)
@given(states(), st.sampled_from(["", "\r\n"]))
def test_what_is_typed_is_what_the_text_says_then(
    now: dict[str, str], ends: str
) -> None:
    text = LAID_OUT.replace("   # 别改", "").replace("   # 真有人这么问", "")
    text = text.replace("\n", ends or "\n")
    before = document.parse(text)
    made = change(text, **now)
    after = document.parse(made)
    assert after.mistakes == ()
    assert after.body == before.body
    for key in before.meta.keys() - now.keys() - {"applies"}:
        assert after.meta[key] == before.meta[key]
    raw = {k: v for k, v in after.meta.items() if k in now}
    wanted = {k for k in now if k not in SCOPES and now[k]}
    assert wanted == set(raw)
    shown = heading(made).states
    assert {key: shown[key] for key in now} == now


@settings(max_examples=60, deadline=None)
@given(states())
def test_changing_back_says_what_was_said_before(now: dict[str, str]) -> None:
    text = LAID_OUT.replace("   # 别改", "").replace("   # 真有人这么问", "")
    shown = heading(text).states
    there = edited(text, EditHeading(shown, {**shown, **now}))
    back = edited(there, EditHeading({**shown, **now}, shown))
    assert heading(back) == heading(text)
    assert all(line in back.split("\n") for line in text.split("\n") if "#" in line)
