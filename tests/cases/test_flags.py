"""Flags: raised on a card, answered by who keeps the text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.databases import statements
from tests.factories import APPROVER
from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_actor
from tests.factories import make_approved
from tests.factories import make_draft
from tests.factories import make_text
from trainer.audit import queries as audit
from trainer.cases import queries
from trainer.cases import service
from trainer.cases.domain import NEXT
from trainer.cases.domain import AnsweredMeanwhileError
from trainer.cases.domain import AnswerFlag
from trainer.cases.domain import Flag
from trainer.cases.domain import NothingSaidError
from trainer.cases.domain import RaiseFlag
from trainer.cases.domain import State
from trainer.cases.domain import Wanted
from trainer.core.actor import READER
from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.kit import db

ON = date(2026, 9, 20)
KEEPER = make_actor(5, *EDITOR.permissions, posts=frozenset({"withdrawal-desk"}))


def raised(
    session: Session,
    words: str = "额度写错了",
    *,
    by: Actor = CLERK,
    query: str = "租房",
    slug: str = "rent-withdrawal",
    **header: str,
) -> Flag:
    text = make_text(title=slug, **header)
    revision = make_approved(session, text, slug=slug)
    command = RaiseFlag(revision=revision.id, query=query, on=ON, words=words)
    return service.raise_flag(session, command, by=by, at=NOON)


def answered(
    session: Session,
    flag: Flag,
    state: State = State.ACCEPTED,
    words: str = "核实后改",
    *,
    by: Actor = EDITOR,
) -> Flag:
    command = AnswerFlag(flag=flag.id, seen=flag.state, state=state, words=words)
    return service.answer(session, command, by=by, at=NOON)


def test_a_flag_keeps_the_card_the_day_and_the_question(session: Session) -> None:
    flag = raised(session)
    assert (flag.slug, flag.number, flag.on) == ("rent-withdrawal", 1, ON)
    assert (flag.query, flag.words, flag.owner) == (
        "租房",
        "额度写错了",
        "withdrawal-desk",
    )
    assert flag.state is State.OPEN
    assert queries.own(session, reader=CLERK).items == (flag,)


def test_numbers_of_citizens_are_not_kept(session: Session) -> None:
    flag = raised(
        session, "张某 110101199003074514 打 13812345678", query="13812345678"
    )
    answer = answered(session, flag, words="请打 13812345678")
    kept = f"{answer.words}{answer.query}{answer.answer}"
    assert "11010119900307" not in kept
    assert "13812345678" not in kept
    assert "张某" in kept


def test_a_form_sent_twice_is_one_flag(session: Session) -> None:
    first = raised(session)
    command = RaiseFlag(revision=1, query="", on=ON, words=" 额度写错了 ")
    assert service.raise_flag(session, command, by=CLERK, at=NOON).id == first.id
    assert service.raise_flag(session, command, by=EDITOR, at=NOON).id != first.id


def test_who_is_nobody_in_particular_cannot_flag(session: Session) -> None:
    with pytest.raises(DeniedError, match="登录后"):
        raised(session, by=READER)


def test_a_flag_says_something(session: Session) -> None:
    with pytest.raises(NothingSaidError):
        raised(session, " \n ")


def test_what_one_may_not_read_one_may_not_flag(session: Session) -> None:
    draft = make_draft(session)
    command = RaiseFlag(revision=draft.id, query="", on=ON, words="不对")
    for by in (CLERK, EDITOR):
        with pytest.raises(NotFoundError):
            service.raise_flag(session, command, by=by, at=NOON)
    with pytest.raises(NotFoundError):
        raised(session, audience="supervisors")


def test_an_answer_is_new_until_it_was_seen(session: Session) -> None:
    flag = raised(session)
    assert not flag.is_new
    answered(session, flag)
    seen = queries.flag(session, flag.id, reader=CLERK)
    assert (seen.answer, seen.is_new) == ("核实后改", True)
    service.mark_seen(session, by=EDITOR, at=NOON)
    assert queries.flag(session, flag.id, reader=CLERK).is_new
    service.mark_seen(session, by=CLERK, at=NOON)
    assert not queries.flag(session, flag.id, reader=CLERK).is_new


def test_an_accepted_flag_is_fixed_later_and_then_done_with(session: Session) -> None:
    accepted = answered(session, raised(session))
    service.mark_seen(session, by=CLERK, at=NOON)
    fixed = answered(session, accepted, State.FIXED, "第 2 版已改", by=APPROVER)
    assert (fixed.state, fixed.is_new) == (State.FIXED, True)
    with pytest.raises(AnsweredMeanwhileError):
        answered(session, fixed, State.DECLINED)


def test_of_two_answers_at_once_the_second_is_refused(session: Session) -> None:
    flag = raised(session)
    answered(session, flag, State.DECLINED, "没有错")
    with pytest.raises(AnsweredMeanwhileError):
        answered(session, flag, State.FIXED, by=APPROVER)
    assert queries.flag(session, flag.id, reader=CLERK).answer == "没有错"


def test_an_answer_needs_words_and_somebody_who_keeps_texts(session: Session) -> None:
    flag = raised(session)
    with pytest.raises(NothingSaidError):
        answered(session, flag, words="  ")
    with pytest.raises(DeniedError):
        answered(session, flag, by=CLERK)
    with pytest.raises(DeniedError):
        queries.flags(session, Wanted(), reader=CLERK)


def test_another_persons_flag_does_not_exist(session: Session) -> None:
    flag = raised(session)
    with pytest.raises(NotFoundError):
        queries.flag(session, flag.id, reader=make_actor(9))
    assert queries.own(session, reader=make_actor(9)).items == ()
    assert queries.flag(session, flag.id, reader=EDITOR) == flag


def test_the_list_is_narrowed_to_posts_state_and_line(session: Session) -> None:
    mine = raised(session)
    deputy = raised(session, slug="b", owner="loan-desk", deputy="withdrawal-desk")
    other = raised(session, slug="c", owner="loan-desk", line="loan")
    answered(session, other, State.DECLINED)

    def shown(**wanted: object) -> set[int]:
        part = queries.flags(session, Wanted(**wanted), reader=KEEPER)  # type: ignore[arg-type]  # by name
        assert part.total == len(part.items)
        return {flag.id for flag in part.items}

    assert shown() == {mine.id, deputy.id, other.id}
    assert shown(posts=KEEPER.posts) == {mine.id, deputy.id}
    assert shown(posts=frozenset()) == set()
    assert shown(state=State.OPEN) == {mine.id, deputy.id}
    assert shown(line="loan") == {other.id}


def test_open_flags_come_first_and_by_one_question(engine: Engine) -> None:
    with db.writing(engine) as session:
        flags = [raised(session, slug=f"a{n}") for n in range(4)]
        answered(session, flags[0])
    with db.reading(engine) as other, statements(engine) as asked:
        part = queries.flags(other, Wanted(), reader=EDITOR)
    assert [flag.id for flag in part.items] == [f.id for f in (*flags[1:], flags[0])]
    assert len(asked) == 1


def test_the_audit_keeps_who_but_not_what_was_said(session: Session) -> None:
    answered(session, raised(session))
    entries = [e for e in audit.entries(session) if e.object.startswith("flag/")]
    assert [(e.verb, e.person) for e in entries] == [
        ("flag.raised", CLERK.person),
        ("flag.accepted", EDITOR.person),
    ]
    assert "额度" not in str(entries)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(State)))
def test_no_way_leads_back_to_open(steps: list[State]) -> None:
    state = State.OPEN
    for step in steps:
        if step in NEXT[state]:
            state = step
            assert state is not State.OPEN
