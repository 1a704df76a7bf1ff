"""Use cases of topics: save one of the texts; every earlier save is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain import digest
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.kit.index import outbox
from trainer.topics import queries
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import Competency
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.editing import Editing
from trainer.topics.domain.editing import FieldMistake
from trainer.topics.domain.editing import FieldMistakesError
from trainer.topics.domain.editing import PutGroup
from trainer.topics.domain.editing import put_group
from trainer.topics.domain.editing import with_places
from trainer.topics.domain.editing import without_group
from trainer.topics.domain.editing import write_glossary
from trainer.topics.domain.framing import Part
from trainer.topics.domain.framing import PutCompetency
from trainer.topics.domain.framing import head_of
from trainer.topics.domain.framing import put_competency
from trainer.topics.domain.framing import with_part
from trainer.topics.domain.framing import without_competency
from trainer.topics.domain.framing import write_competencies
from trainer.topics.domain.glossary import Glossary
from trainer.topics.domain.glossary import Group
from trainer.topics.domain.glossary import parse_glossary
from trainer.topics.domain.lines import Topics
from trainer.topics.domain.lines import parse_topics
from trainer.topics.domain.saves import BringBack
from trainer.topics.domain.saves import CodesDroppedError
from trainer.topics.domain.saves import SavedMeanwhileError
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName
from trainer.topics.models import TopicTextRow

PLACE = 4702
"""Number of the advisory lock that keeps save numbers in order."""

GLOSSARY_GROUP = "@glossary"
"""Announced to the index when the words of a question may mean something new."""


def mistakes_in(name: TextName, text: str) -> list[Mistake]:
    """Check one of the texts; never raises."""
    if name is TextName.TOPICS:
        return parse_topics(text)[1]
    if name is TextName.COMPETENCIES:
        return parse_competencies(text)[1]
    return parse_glossary(text)[1]


def save_text(session: Session, command: SaveText, *, by: Actor, at: datetime) -> int:
    """Save a text; the same text again changes nothing.

    Returns:
        The number of the save that holds now.

    Raises:
        MistakesError: the text has mistakes.
        SavedMeanwhileError: somebody else saved in between.
        CodesDroppedError: codes would vanish, and the command does not allow it.
    """
    by.must(Permission.EDIT)
    if mistakes := mistakes_in(command.name, command.text):
        raise MistakesError(mistakes)
    last = _in_turn(session, command.name, command.based_on)
    before = queries.text(session, command.name)
    if last and before == command.text:
        return last
    dropped = codes_dropped(session, command.name, command.text)
    if dropped and not command.may_drop:
        raise CodesDroppedError(dropped)
    _keep(session, command, last + 1, by=by, at=at)
    entry = Entry(
        person=by.person,
        verb="topics.saved",
        object=f"topics/{command.name}",
        before=digest(before) if last else "",
        after=digest(command.text),
    )
    audit.record(session, entry, at=at)
    outbox.announce(session, GLOSSARY_GROUP, at=at)
    return last + 1


def codes_dropped(session: Session, name: TextName, text: str) -> list[str]:
    """Give the codes that a new text no longer has, in order; empty for a glossary."""
    if name is TextName.GLOSSARY:
        return []
    if name is TextName.TOPICS:
        had = _codes_of_topics(queries.topics(session))
        has = _codes_of_topics(parse_topics(text)[0])
    else:
        had = _codes_of_competencies(queries.competencies(session))
        has = _codes_of_competencies(parse_competencies(text)[0])
    return [code for code in had if code not in set(has)]


def bring_back(session: Session, command: BringBack, *, by: Actor, at: datetime) -> int:
    """Make an earlier save the text again; this is a save like any other.

    Raises:
        NotFoundError: there is no such save.
        MistakesError: the earlier text breaks the rules of today.
        SavedMeanwhileError: somebody else saved in between.
    """
    by.must(Permission.EDIT)
    text = queries.saved_text(session, command.name, command.number)
    if text is None:
        raise NotFoundError(N_("没有这一次保存；请回到保存记录里选"))
    why = f"恢复到第 {command.number} 次保存" + (command.note and f"：{command.note}")
    save = SaveText(name=command.name, text=text, note=why, based_on=command.based_on)
    return save_text(session, save, by=by, at=at)


def save_group(
    session: Session, command: PutGroup, editing: Editing, *, by: Actor, at: datetime
) -> int:
    """Add a group to the glossary or replace one.

    Raises:
        FieldMistakesError: the group has mistakes, by key.
        NotFoundError: the group to replace does not exist.
        SavedMeanwhileError: somebody else saved in between.
    """
    glossary = _for_editing(session, editing, by)
    if command.instead_of:
        _must_have(glossary, command.instead_of)
    changed, mistakes = put_group(glossary, command)
    if mistakes:
        raise FieldMistakesError(mistakes)
    did = f"{'修改' if command.instead_of else '新增'}“{command.group.official}”"
    return _save_glossary(session, changed, did, editing, by=by, at=at)


def remove_group(
    session: Session, code: str, editing: Editing, *, by: Actor, at: datetime
) -> int:
    """Take a group out of the glossary.

    Raises:
        NotFoundError: there is no such group.
        SavedMeanwhileError: somebody else saved in between.
    """
    glossary = _for_editing(session, editing, by)
    group = _must_have(glossary, code)
    changed = without_group(glossary, code)
    did = f"删除“{group.official}”"
    return _save_glossary(session, changed, did, editing, by=by, at=at)


def save_places(
    session: Session,
    places: Sequence[str],
    editing: Editing,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Replace the place names of the glossary.

    Raises:
        FieldMistakesError: names that cannot be, under the key ``places``.
        SavedMeanwhileError: somebody else saved in between.
    """
    glossary = _for_editing(session, editing, by)
    changed, mistakes = with_places(glossary, places)
    if mistakes:
        raise FieldMistakesError([FieldMistake("places", words) for words in mistakes])
    return _save_glossary(session, changed, "修改地名", editing, by=by, at=at)


def save_competency(
    session: Session,
    command: PutCompetency,
    editing: Editing,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Add a competency to the framework or change one.

    Raises:
        FieldMistakesError: it has mistakes, by field.
        NotFoundError: the one to change does not exist.
        SavedMeanwhileError: somebody else saved in between.
    """
    framework = _framework(session, editing, by)
    if command.code:
        _must_be_in(framework, command.code)
    changed, mistakes = put_competency(
        framework,
        command,
        lines=[line.code for line in queries.topics(session).lines],
        used=queries.competency_codes_ever(session),
    )
    if mistakes:
        raise FieldMistakesError(mistakes)
    did = f"{'修改' if command.code else '新增'}“{command.name}”"
    return _save_framework(session, changed, did, editing, by=by, at=at)


def retire_competency(
    session: Session, code: str, editing: Editing, *, by: Actor, at: datetime
) -> int:
    """Make a competency one no more; its code stays taken for ever.

    Raises:
        FieldMistakesError: it is the only one.
        NotFoundError: there is no such competency.
        SavedMeanwhileError: somebody else saved in between.
    """
    framework = _framework(session, editing, by)
    gone = _must_be_in(framework, code)
    changed, mistakes = without_competency(framework, code)
    if mistakes:
        raise FieldMistakesError(mistakes)
    did = f"停用“{gone.code} {gone.name}”"
    return _save_framework(session, changed, did, editing, by=by, at=at)


def save_part(
    session: Session, part: Part, editing: Editing, *, by: Actor, at: datetime
) -> int:
    """Change a dimension, a level or a tier that is there.

    Raises:
        FieldMistakesError: it has mistakes, by field.
        SavedMeanwhileError: somebody else saved in between.
    """
    framework = _framework(session, editing, by)
    changed, mistakes = with_part(framework, part)
    if mistakes:
        raise FieldMistakesError(mistakes)
    did = f"修改“{part.code} {part.name}”"
    return _save_framework(session, changed, did, editing, by=by, at=at)


def _in_turn(session: Session, name: TextName, based_on: int | None) -> int:
    """Wait for other writers of a text; give the number of the save that holds."""
    queue_up(session, PLACE)
    last = queries.last_save(session, name)
    if based_on not in {None, last}:
        raise SavedMeanwhileError
    return last


def _keep(
    session: Session, command: SaveText, number: int, *, by: Actor, at: datetime
) -> None:
    session.add(
        TopicTextRow(
            name=command.name,
            number=number,
            text=command.text,
            note=command.note,
            by=by.person,
            at=at,
        )
    )
    session.flush()


def _for_editing(session: Session, editing: Editing, by: Actor) -> Glossary:
    """Give the glossary as it holds, nobody else writing it."""
    by.must(Permission.EDIT)
    _in_turn(session, TextName.GLOSSARY, editing.based_on)
    glossary = queries.glossary(session)
    if glossary is None and editing.based_on:  # rather than writing over it
        text = queries.text(session, TextName.GLOSSARY)
        raise MistakesError(mistakes_in(TextName.GLOSSARY, text))
    return glossary or Glossary()


def _must_have(glossary: Glossary, code: str) -> Group:
    group = glossary.group(code)
    if group is None:
        raise NotFoundError(N_("没有这个词组，可能已被删除；请回词库查看"))
    return group


def _save_glossary(
    session: Session,
    glossary: Glossary,
    did: str,
    editing: Editing,
    *,
    by: Actor,
    at: datetime,
) -> int:
    save = SaveText(
        name=TextName.GLOSSARY,
        text=write_glossary(glossary),
        note=did + (editing.why and f"：{editing.why}"),
        based_on=editing.based_on,
    )
    return save_text(session, save, by=by, at=at)


def _framework(session: Session, editing: Editing, by: Actor) -> Competencies:
    """Give the framework as it holds, nobody else writing it."""
    by.must(Permission.EDIT)
    _in_turn(session, TextName.COMPETENCIES, editing.based_on)
    framework = queries.competencies(session)
    if framework is None:
        raise NotFoundError(N_("还没有登记能力项；请管理员先导入内容"))
    return framework


def _must_be_in(framework: Competencies, code: str) -> Competency:
    found = framework.competency(code)
    if found is None:
        raise NotFoundError(N_("没有代码是“{code}”的能力项，可能已停用", code=code))
    return found


def _save_framework(
    session: Session,
    framework: Competencies,
    did: str,
    editing: Editing,
    *,
    by: Actor,
    at: datetime,
) -> int:
    head = head_of(queries.text(session, TextName.COMPETENCIES))
    save = SaveText(
        name=TextName.COMPETENCIES,
        text=write_competencies(framework, head),
        note=did + (editing.why and f"：{editing.why}"),
        based_on=editing.based_on,
    )
    return save_text(session, save, by=by, at=at)


def _codes_of_topics(known: Topics | None) -> list[str]:
    if known is None:
        return []
    lines = [line.code for line in known.lines]
    businesses = [business.code for business in known.businesses]
    return [*lines, *businesses, *(step.code for step in known.steps)]


def _codes_of_competencies(known: Competencies | None) -> list[str]:
    if known is None:
        return []
    tiers = [tier.code for tier in known.tiers]
    dimensions = [dimension.code for dimension in known.dimensions]
    retired = [one.code for one in known.retired]
    return [*tiers, *dimensions, *(c.code for c in known.competencies), *retired]
