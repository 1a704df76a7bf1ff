"""Saving the texts: who may, who came first, what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from trainer.core.errors import DeniedError
from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.topics import queries
from trainer.topics import service
from trainer.topics.domain.editing import Editing
from trainer.topics.domain.editing import FieldMistakesError
from trainer.topics.domain.editing import PutGroup
from trainer.topics.domain.glossary import Group
from trainer.topics.domain.saves import BringBack
from trainer.topics.domain.saves import CodesDroppedError
from trainer.topics.domain.saves import SavedMeanwhileError
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

RENT = Group("rent", "租房", (), ("租屋",))
TOPICS = """\
lines:
  - {code: loan, name: 贷款, owner: desk, businesses: [{code: loan.quota, name: 额度}]}
steps:
  - {code: verify, name: 核验, about: 比对原件}
"""


def save(session: Session, name: TextName, text: str, **more: object) -> int:
    command = SaveText(name=name, text=text, note="测试", **more)  # type: ignore[arg-type]  # by name
    return service.save_text(session, command, by=EDITOR, at=NOON)


def put(session: Session, group: Group, based_on: int, instead_of: str = "") -> int:
    command = PutGroup(group=group, instead_of=instead_of)
    return service.save_group(
        session, command, Editing(based_on, "试试"), by=EDITOR, at=NOON
    )


def test_a_group_is_added_changed_and_removed_and_every_save_is_kept(
    session: Session,
) -> None:
    assert put(session, RENT, 0) == 1
    assert put(session, replace(RENT, synonyms=("租赁",)), 1, "rent") == 2
    glossary = queries.glossary(session)
    assert glossary is not None
    assert glossary.groups == (replace(RENT, synonyms=("租赁",)),)
    last = service.remove_group(session, "rent", Editing(2), by=EDITOR, at=NOON)
    assert last == 3
    notes = [save.note for save in queries.saves(session, TextName.GLOSSARY)]
    assert notes == ["删除“租房”", "修改“租房”：试试", "新增“租房”：试试"]


def test_who_may_not_edit_changes_nothing(session: Session) -> None:
    editing = Editing(0)
    with pytest.raises(DeniedError):
        service.save_group(session, PutGroup(group=RENT), editing, by=CLERK, at=NOON)
    with pytest.raises(DeniedError):
        service.remove_group(session, "rent", editing, by=CLERK, at=NOON)
    with pytest.raises(DeniedError):
        service.save_places(session, ["某地"], editing, by=CLERK, at=NOON)
    back = BringBack(name=TextName.GLOSSARY, number=1, note="", based_on=0)
    with pytest.raises(DeniedError):
        service.bring_back(session, back, by=CLERK, at=NOON)
    assert queries.saves(session, TextName.GLOSSARY) == []


def test_whoever_comes_second_is_told_and_overwrites_nothing(session: Session) -> None:
    put(session, RENT, 0)
    with pytest.raises(SavedMeanwhileError):
        put(session, Group("buy", "购房", (), ("买房",)), 0)
    with pytest.raises(SavedMeanwhileError):
        service.remove_group(session, "rent", Editing(0), by=EDITOR, at=NOON)
    with pytest.raises(SavedMeanwhileError):
        save(session, TextName.GLOSSARY, "groups: []\n", based_on=0)
    assert queries.last_save(session, TextName.GLOSSARY) == 1


def test_a_wrong_group_or_place_names_its_key(session: Session) -> None:
    put(session, RENT, 0)
    with pytest.raises(FieldMistakesError) as wrong:
        put(session, Group("buy", "购房", (), ("租屋",)), 1)
    assert [m.key for m in wrong.value.mistakes] == ["spoken"]
    with pytest.raises(FieldMistakesError) as place:
        service.save_places(session, ["租屋"], Editing(1), by=EDITOR, at=NOON)
    assert [m.key for m in place.value.mistakes] == ["places"]


def test_a_group_that_is_gone_cannot_be_changed(session: Session) -> None:
    put(session, RENT, 0)
    with pytest.raises(NotFoundError):
        put(session, RENT, 1, "other")
    with pytest.raises(NotFoundError):
        service.remove_group(session, "other", Editing(1), by=EDITOR, at=NOON)


def test_places_are_saved_with_the_groups(session: Session) -> None:
    put(session, RENT, 0)
    service.save_places(session, ["某地", "某县"], Editing(1), by=EDITOR, at=NOON)
    glossary = queries.glossary(session)
    assert glossary is not None
    assert glossary.places == ("某地", "某县")
    assert glossary.groups == (RENT,)


def test_an_earlier_save_comes_back_as_a_new_one(session: Session) -> None:
    put(session, RENT, 0)
    put(session, replace(RENT, official="租房子"), 1, "rent")
    back = BringBack(name=TextName.GLOSSARY, number=1, note="改错了", based_on=2)
    assert service.bring_back(session, back, by=EDITOR, at=NOON) == 3
    first = queries.saved_text(session, TextName.GLOSSARY, 1)
    assert queries.text(session, TextName.GLOSSARY) == first
    assert (
        queries.saves(session, TextName.GLOSSARY)[0].note == "恢复到第 1 次保存：改错了"
    )
    with pytest.raises(NotFoundError):
        service.bring_back(session, replace(back, number=9), by=EDITOR, at=NOON)


def test_codes_do_not_vanish_unasked(session: Session) -> None:
    save(session, TextName.TOPICS, TOPICS)
    without = TOPICS.replace("loan.quota", "loan.rate").replace("verify", "check")
    with pytest.raises(CodesDroppedError) as dropped:
        save(session, TextName.TOPICS, without, may_drop=False)
    assert dropped.value.codes == ["loan.quota", "verify"]
    assert "loan.quota" in dropped.value.message
    assert save(session, TextName.TOPICS, without, may_drop=True) == 2
    renamed = without.replace("额度", "可贷额度")
    assert save(session, TextName.TOPICS, renamed, may_drop=False) == 3


def test_a_text_with_mistakes_is_not_saved(session: Session) -> None:
    with pytest.raises(MistakesError):
        save(session, TextName.TOPICS, "lines: [")
    assert queries.last_save(session, TextName.TOPICS) == 0


def test_two_glossaries_differ_by_what_they_say_not_by_layout() -> None:
    compact = "groups:\n- {id: a, official: 甲词, spoken: [甲甲]}\n"
    spacious = (
        "# 注释\ngroups:\n  - id: a\n    official: 甲词\n    spoken:\n      - 甲甲\n"
    )
    assert queries.difference(TextName.GLOSSARY, compact, spacious) == ()
    assert queries.difference(TextName.TOPICS, compact, spacious)
    (hunk,) = queries.difference(
        TextName.GLOSSARY, compact, spacious.replace("- 甲甲", "- 乙乙")
    )
    assert [row.new.text for row in hunk if row.is_change and row.new] == [
        "  spoken: [乙乙]"
    ]
