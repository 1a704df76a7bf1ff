"""Words that mean the same, and how people say it: ``content/glossary.yaml``.

Terms:
    official: the word of the regulations and of our articles.
    synonym: another word for exactly the same; each stands for every other.
    spoken: how citizens say it; leads to the official word, never back.
    normal form: how two words are compared, see :func:`normal`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.topics.domain import outline
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline import Text

SPOKEN_WEIGHT = 0.5
"""Weight of the official word where a spoken phrase was typed; a synonym has 1."""

_GROUP_KEYS = ("id", "official", "synonyms", "spoken", "note", "caused_by")


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one meaning.

    ``caused_by`` is the query that showed the group was needed, or empty.
    """

    id: str
    official: str
    synonyms: tuple[str, ...]
    spoken: tuple[str, ...]
    note: str = ""
    caused_by: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of the group, the official one first."""
        return (self.official, *self.synonyms, *self.spoken)


@dataclass(frozen=True, slots=True, order=True)
class Expansion:
    """A word to look for as well, and how much it counts, 0..1."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Glossary:
    """All groups, in the order of the file.

    Attributes:
        groups: The groups.
        places: Place names that show that a question is about another city.
        single: Words of one character that are allowed.
        shared: Words that may stand in several groups.
    """

    groups: tuple[Group, ...] = ()
    places: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    def group(self, code: str) -> Group | None:
        """Give the group with an id."""
        return next((group for group in self.groups if group.id == code), None)

    def matching(self, words: str) -> tuple[Group, ...]:
        """Give the groups with a word, id, note or cause that holds some words."""
        form = normal(words)
        return tuple(
            group
            for group in self.groups
            if any(
                form in normal(text)
                for text in (*group.words, group.id, group.note, group.caused_by)
            )
        )

    def expansions(self) -> Mapping[str, tuple[Expansion, ...]]:
        """Give for every word, in normal form, what else to look for.

        A word of several groups expands to all of them; of two weights for one
        word the greater counts.
        """
        table: dict[str, dict[str, float]] = {}
        for group in self.groups:
            equals = (group.official, *group.synonyms)
            for word in equals:
                others = table.setdefault(normal(word), {})
                others.update((other, 1.0) for other in equals if other != word)
            for phrase in group.spoken:
                table.setdefault(normal(phrase), {}).setdefault(
                    group.official, SPOKEN_WEIGHT
                )
        return {
            word: tuple(Expansion(*pair) for pair in others.items())
            for word, others in table.items()
            if others
        }


def normal(word: str) -> str:
    """Give the form in which two words are compared: NFKC, lower case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())


def parse_glossary(text: str) -> tuple[Glossary | None, list[Mistake]]:
    """Read the glossary; never raises.

    Mistakes are, besides a wrong shape: an id twice, a word twice in a group, a
    word in two groups that is not in ``shared``, a word of one character that is
    not in ``single``, a declaration that nothing uses, a place that is a word.
    """
    top = outline.read(text, ("groups", "places", "single", "shared"))
    single = top.texts("single", required=False)
    shared = top.texts("shared", required=False)
    places = top.texts("places", required=False)
    seen: dict[str, int] = {}
    usage: dict[str, list[Text]] = {}
    groups = tuple(
        _group(record, seen, usage)
        for record in top.records("groups", _GROUP_KEYS, required=False)
    )
    top.mistakes += _several(usage, shared)
    top.mistakes += _short(usage, single)
    top.mistakes += _places(usage, places)
    if top.mistakes:
        return None, sorted(top.mistakes)
    return Glossary(groups, _words(places), _words(single), _words(shared)), []


def _group(record: Record, seen: dict[str, int], usage: dict[str, list[Text]]) -> Group:
    """Read a group and note under ``usage`` where each of its words stands."""
    code = record.code("id", seen)
    official = record.text("official")
    synonyms = record.texts("synonyms", required=False)
    spoken = record.texts("spoken", required=False)
    if record.readable and not synonyms and not spoken:
        record.wrong(N_("组里只有一个词；请写 synonyms 或 spoken"))
    own: dict[str, Text] = {}
    for text in (Text(record.line, official), *synonyms, *spoken):
        form = normal(text.words)
        if form in own:
            record.mistakes.append(
                Mistake(text.line, N_("“{words}”在本组已有", words=text.words))
            )
        elif form:
            own[form] = text
            usage.setdefault(form, []).append(text)
    note = record.text("note", required=False)
    caused_by = record.text("caused_by", required=False)
    return Group(code, official, _words(synonyms), _words(spoken), note, caused_by)


def _several(
    usage: Mapping[str, list[Text]], shared: tuple[Text, ...]
) -> list[Mistake]:
    """Check the words that stand in several groups."""
    declared = {normal(text.words) for text in shared}
    mistakes = [
        Mistake(
            text.line,
            N_(
                "“{words}”在第 {line} 行的组里已有；确属一词多义的，请列入 shared",
                words=text.words,
                line=places[0].line,
            ),
        )
        for form, places in usage.items()
        for text in places[1:]
        if form not in declared
    ]
    return mistakes + [
        Mistake(
            text.line,
            N_("“{words}”没有用在两个组里；请从 shared 删去", words=text.words),
        )
        for text in shared
        if not usage.get(normal(text.words), [])[1:]
    ]


def _short(usage: Mapping[str, list[Text]], single: tuple[Text, ...]) -> list[Mistake]:
    """Check the words of one character: they fit into too many others."""
    declared = {normal(text.words) for text in single}
    mistakes = [
        Mistake(
            text.line,
            N_(
                "“{words}”只有一个字，容易误伤；确有必要的，请列入 single",
                words=text.words,
            ),
        )
        for form, places in usage.items()
        for text in places
        if len(form) == 1 and form not in declared
    ]
    return mistakes + [
        Mistake(
            text.line,
            N_("“{words}”不是组里的单字词；请从 single 删去", words=text.words),
        )
        for text in single
        if len(normal(text.words)) != 1 or normal(text.words) not in usage
    ]


def _places(usage: Mapping[str, list[Text]], places: tuple[Text, ...]) -> list[Mistake]:
    """Check the place names."""
    mistakes = []
    seen: set[str] = set()
    for text in places:
        form = normal(text.words)
        if len(form) == 1:
            mistakes.append(
                Mistake(text.line, N_("地名“{words}”只有一个字", words=text.words))
            )
        if form in seen or form in usage:
            mistakes.append(
                Mistake(text.line, N_("地名“{words}”在别处已有", words=text.words))
            )
        seen.add(form)
    return mistakes


def _words(texts: tuple[Text, ...]) -> tuple[str, ...]:
    return tuple(text.words for text in texts)
