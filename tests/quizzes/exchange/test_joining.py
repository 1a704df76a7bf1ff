"""Questions put into a bank, and held by a page until they are confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.quizzes.banks import every_question
from tests.quizzes.banks import unplaced
from trainer.quizzes.domain.bank import read_entries
from trainer.quizzes.domain.bank import read_written
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.joining import Standing
from trainer.quizzes.domain.exchange.joining import free_prefix
from trainer.quizzes.domain.exchange.joining import joined
from trainer.quizzes.domain.exchange.joining import placed
from trainer.quizzes.domain.exchange.joining import standing_of
from trainer.quizzes.domain.exchange.packing import packed
from trainer.quizzes.domain.exchange.packing import unpacked
from trainer.quizzes.domain.question import Case
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.written import entries_of
from trainer.quizzes.domain.written import entry_of
from trainer.quizzes.domain.written import text_of


def some(count: int = 3) -> list[Question]:
    """Give questions with ids of their own: a, b, c..."""
    found = [each for each in every_question() if each.case is None][:count]
    return placed([replace(q, id="abcdefgh"[n]) for n, q in enumerate(found)], "")


def test_questions_read_without_text_are_those_read_from_it() -> None:
    alone = [each for each in every_question() if each.case is None]
    entries = entries_of({each.id: each for each in alone}.values())
    from_text, mistakes = read_entries(text_of(entries))
    assert mistakes == ()
    direct, mistakes = read_written(entries)
    assert mistakes == ()
    assert unplaced(direct) == unplaced(from_text)
    broken = [{**entries[0], "type": "nonsense", "marks": "-1"}]
    assert {m.message for m in read_written(broken)[1]} == {
        m.message for m in read_entries(text_of(broken))[1]
    }


def test_a_question_is_known_by_its_id() -> None:
    first, second, _ = some()
    assert standing_of(first, None) is Standing.NEW
    assert standing_of(first, first) is Standing.SAME
    assert standing_of(replace(second, id="a"), first) is Standing.CHANGED


def test_what_is_there_keeps_its_place() -> None:
    first, second, third = some()
    changed = replace(first, stem="另一种问法。")
    assert joined([first, second], [third, changed]) == [changed, second, third]
    assert joined([], [second, first]) == [second, first]


def test_a_case_has_one_stem() -> None:
    old, new = Case(id="visit", stem="旧"), Case(id="visit", stem="新")
    first, second, third = some()
    there = [replace(first, case=old), replace(second, case=old)]
    (kept, changed, other) = joined(there, [replace(second, case=new), third])
    assert kept == replace(first, case=new)
    assert changed == replace(second, case=new)
    assert other == third


def test_ids_that_are_given_are_never_taken() -> None:
    (question,) = some(1)
    assert free_prefix([]) == "q"
    assert free_prefix([question]) == "q"
    assert free_prefix([replace(question, id="q-7")]) == "q2"
    case = Case(id="q2-case-1", stem="案例")
    both = [replace(question, id="q-7"), replace(question, case=case)]
    assert free_prefix(both) == "q3"


def test_what_a_page_holds_comes_back_the_same() -> None:
    questions = {each.id: each for each in every_question()}.values()
    cases = {each.case.id for each in questions if each.case}
    told = [each for each in questions if each.id not in cases][:200]
    drafts = [
        Draft(line=n, entry=entry_of(q), case=q.case, question=q)
        for n, q in enumerate(told, 2)
    ]
    read = unpacked(packed(drafts), out=[told[0].id])
    assert unplaced(read.questions) == unplaced(told[1:])
    assert [draft.line for draft in read.drafts] == [*range(3, len(told) + 2)]


@pytest.mark.parametrize(
    "line", ["", "{}", "[1]", "[[1]]", '[["1", {}]]', '[[1, {"id": 1}]]', "[[1, {}]]"]
)
def test_what_was_changed_on_the_way_is_refused(line: str) -> None:
    with pytest.raises(UnreadableError):
        unpacked(line)
