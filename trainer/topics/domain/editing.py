"""Changing one part of the glossary, and writing a glossary as text; pure.

What a form may do is narrower than the whole text, and its mistakes name the key
they belong to, not a line. Whatever is accepted here parses: ``write_glossary``
of it has no mistakes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

import yaml

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import one_by_one
from trainer.topics.domain.glossary import Glossary
from trainer.topics.domain.glossary import Group
from trainer.topics.domain.glossary import normal
from trainer.topics.domain.outline import CODE
from trainer.topics.domain.outline import MOST_CHARACTERS
from trainer.topics.domain.outline import is_one_line

_ENDLESS = 1 << 30
"""Line width that folds nothing: each key of a group stands on one line."""


@dataclass(frozen=True, slots=True)
class FieldMistake:
    """What is wrong with one field of a form (``official``, ``spoken``, ...)."""

    key: str
    message: str


class FieldMistakesError(TrainerError):
    """A change by form has mistakes; each names its field."""

    def __init__(self, mistakes: Sequence[FieldMistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(one_by_one([mistake.message for mistake in self.mistakes[:3]]))


@dataclass(frozen=True, slots=True)
class Editing:
    """What every change by form says.

    ``based_on`` is the number of the save the editor saw, ``why`` may be empty.
    """

    based_on: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutGroup:
    """Put a group into the glossary, at the end or in the place of another.

    Attributes:
        group: The group as it should be.
        instead_of: Id of the group it replaces; empty adds one.
        may_share: Its words may stand in other groups as well.
        may_be_single: Its words may have one character.
    """

    group: Group
    instead_of: str = ""
    may_share: bool = False
    may_be_single: bool = False


def write_glossary(glossary: Glossary) -> str:
    """Give the text of a glossary; parsing it gives the glossary back.

    One line for each key of a group. Comments are no part of a glossary.
    """
    written: dict[str, object] = {"groups": [_written(g) for g in glossary.groups]}
    for name in ("places", "single", "shared"):
        if words := getattr(glossary, name):
            written[name] = list(words)
    return yaml.safe_dump(
        written,
        allow_unicode=True,
        default_flow_style=None,  # lists of words on one line, the rest in blocks
        sort_keys=False,
        width=_ENDLESS,
    )


def has_comments(text: str) -> bool:
    """Tell whether writing the glossary anew would lose comments of a text."""
    return any(line.lstrip().startswith("#") for line in text.splitlines())


def put_group(
    glossary: Glossary, command: PutGroup
) -> tuple[Glossary, list[FieldMistake]]:
    """Add or replace a group; with mistakes the glossary is as before.

    What ``shared`` and ``single`` declare follows: what the command allows is
    added, what nothing needs any more is dropped.
    """
    group = command.group
    others = [g for g in glossary.groups if g.id != command.instead_of]
    mistakes = [*_misshapen(group, others), *_clashing(glossary, command, others)]
    if mistakes:
        return glossary, mistakes
    groups = [group if g.id == command.instead_of else g for g in glossary.groups]
    if not command.instead_of:
        groups.append(group)
    allowed = replace(
        glossary,
        groups=tuple(groups),
        shared=(*glossary.shared, *group.words),
        single=(*glossary.single, *group.words),
    )
    return _declared(allowed), []


def without_group(glossary: Glossary, code: str) -> Glossary:
    """Take a group out, with the declarations that only it needed."""
    left = tuple(group for group in glossary.groups if group.id != code)
    return _declared(replace(glossary, groups=left))


def with_places(
    glossary: Glossary, places: Sequence[str]
) -> tuple[Glossary, list[str]]:
    """Replace the place names; with mistakes the glossary is as before."""
    forms = Counter(normal(place) for place in places)
    used = {normal(word): g for g in glossary.groups for word in g.words}
    mistakes: list[str] = [
        N_("“{place}”只有一个字，容易误伤", place=place)
        for place in places
        if len(normal(place)) == 1
    ]
    mistakes += [wrong for place in places for wrong in _too_much(place)]
    mistakes += [
        N_(
            "“{place}”已是“{official}”组里的词；请二选一",
            place=place,
            official=used[normal(place)].official,
        )
        for place in places
        if normal(place) in used
    ]
    mistakes += [
        N_("“{word}”写了 {n} 次", word=form, n=n) for form, n in forms.items() if n > 1
    ]
    if mistakes:
        return glossary, mistakes
    return replace(glossary, places=tuple(places)), []


def _written(group: Group) -> dict[str, object]:
    keys: dict[str, object] = {
        "id": group.id,
        "official": group.official,
        "synonyms": list(group.synonyms),
        "spoken": list(group.spoken),
        "note": group.note,
        "caused_by": group.caused_by,
    }
    return {key: value for key, value in keys.items() if value}


def _keyed(group: Group) -> Iterator[tuple[str, str]]:
    """Give every word of a group with the key it stands under."""
    yield "official", group.official
    yield from (("synonyms", word) for word in group.synonyms)
    yield from (("spoken", word) for word in group.spoken)


def _misshapen(group: Group, others: Iterable[Group]) -> Iterator[FieldMistake]:
    """Find what is wrong with a group by itself, and a doubled id."""
    if not CODE.fullmatch(group.id):
        yield FieldMistake("id", N_("只能用小写字母、数字和连字符，例如 rent-money"))
    elif any(other.id == group.id for other in others):
        yield FieldMistake("id", N_("“{id}”已被别的组使用；请另起一个", id=group.id))
    if not group.official:
        yield FieldMistake("official", N_("请填写正式词"))
    if not group.synonyms and not group.spoken:
        yield FieldMistake("synonyms", N_("同义词和群众说法至少填一个"))
    seen: set[str] = set()
    for key, word in _keyed(group):
        if normal(word) in seen:
            yield FieldMistake(key, N_("“{word}”在本组里写了两次", word=word))
        seen.add(normal(word))
    texts = (("note", group.note), ("caused_by", group.caused_by), ("id", group.id))
    for key, text in (*_keyed(group), *texts):
        yield from (FieldMistake(key, words) for words in _too_much(text))


def _too_much(text: str) -> Iterator[str]:
    """Find what the text of one key may not have."""
    if not is_one_line(text):
        yield N_("应写成一行")
    if len(text) > MOST_CHARACTERS:
        yield N_(
            "有一条超过 {most} 个字；请写短些",
            most=MOST_CHARACTERS,
        )


def _clashing(
    glossary: Glossary, command: PutGroup, others: Iterable[Group]
) -> Iterator[FieldMistake]:
    """Find words that the rest of the glossary does not bear."""
    used = {normal(word): other for other in others for word in other.words}
    places = {normal(place) for place in glossary.places}
    shared = {normal(word) for word in glossary.shared}
    single = {normal(word) for word in glossary.single}
    for key, word in _keyed(command.group):
        form = normal(word)
        if form in places:
            yield FieldMistake(key, N_("“{word}”是地名表里的地名；请二选一", word=word))
        if form in used and not command.may_share and form not in shared:
            official = used[form].official
            yield FieldMistake(
                key,
                N_(
                    "“{word}”已在“{official}”组里；确属一词多义的，请勾选下面的允许",
                    word=word,
                    official=official,
                ),
            )
        if len(form) == 1 and not command.may_be_single and form not in single:
            yield FieldMistake(
                key,
                N_(
                    "“{word}”只有一个字，容易误伤；确有必要的，请勾选下面的允许",
                    word=word,
                ),
            )


def _declared(glossary: Glossary) -> Glossary:
    """Keep of ``shared`` and ``single`` what is needed, each word once."""
    usage = Counter(normal(word) for group in glossary.groups for word in group.words)
    shared = {normal(w): w for w in glossary.shared if usage[normal(w)] > 1}
    single = {
        normal(w): w
        for w in glossary.single
        if len(normal(w)) == 1 and usage[normal(w)]
    }
    return replace(
        glossary, shared=tuple(shared.values()), single=tuple(single.values())
    )
