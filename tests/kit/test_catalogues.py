"""The English of every sentence, by the catalogue that keeps it.

What is missing is listed by file, as it has to be written. ``make strings`` puts new
sentences into the catalogues; see docs/how-to/add-a-string.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message

from tests.strings import ROOT
from tests.strings import collected
from tests.strings import kept
from tests.strings import sentences
from trainer.kit.language import CHINESE

Catalogues = dict[Path, Catalog]
"""Catalogues by their file."""

PLACEHOLDER = re.compile(r"%\((\w+)\)s|(?<!\{)\{(\w+)(?:[:.!][^}]*)?\}(?!\})|%%")


def forms(words: str | Iterable[str] | None) -> tuple[str, ...]:
    """Give a sentence as singular and plural, or as the one it is."""
    return (words,) if isinstance(words, str) else tuple(words or ("",))


def untranslated(said: Catalog, known: Catalog | None) -> list[str]:
    """Give the sentences that a catalogue has no English for."""
    there = sentences(known)
    return sorted(
        forms(message.id)[0]
        for key, message in sentences(said).items()
        if key not in there or not all(forms(there[key].string))
    )


def orphans(said: Catalog | None, known: Catalog) -> list[str]:
    """Give the entries of a catalogue that the program does not say any more."""
    there = sentences(said)
    return [
        forms(message.id)[0]
        for key, message in sentences(known).items()
        if key not in there or message.fuzzy
    ]


def placeholders(words: str) -> list[str]:
    return sorted(match[0] for match in PLACEHOLDER.finditer(words))


def mismatched(message: Message) -> bool:
    """Tell whether Chinese and English leave room for different values."""
    wanted = placeholders(forms(message.id)[0])
    return any(placeholders(words) != wanted for words in forms(message.string))


def listed(found: dict[str, list[str]]) -> str:
    """Write what is wrong, by file."""
    return "\n".join(
        f"\n{name}\n  " + "\n  ".join(words) for name, words in found.items() if words
    )


@pytest.fixture(scope="module")
def said() -> Catalogues:
    return collected()


@pytest.fixture(scope="module")
def known() -> Catalogues:
    return kept()


def test_every_sentence_has_its_english(said: Catalogues, known: Catalogues) -> None:
    missing = {
        str(path.relative_to(ROOT)): untranslated(catalogue, known.get(path))
        for path, catalogue in said.items()
    }
    assert not any(missing.values()), listed(missing)


def test_every_entry_is_still_said(said: Catalogues, known: Catalogues) -> None:
    gone = {
        str(path.relative_to(ROOT)): orphans(said.get(path), catalogue)
        for path, catalogue in known.items()
    }
    assert not any(gone.values()), listed(gone)


def test_both_languages_leave_room_for_the_same_values(
    known: Catalogues,
) -> None:
    wrong = [
        message.id
        for catalogue in known.values()
        for message in sentences(catalogue).values()
        if mismatched(message)
    ]
    assert wrong == []


def test_no_english_has_chinese_in_it(known: Catalogues) -> None:
    mixed = [
        message.string
        for catalogue in known.values()
        for message in sentences(catalogue).values()
        if any(CHINESE.search(words) for words in forms(message.string))
    ]
    assert mixed == []


def test_a_sentence_is_translated_the_same_everywhere(
    known: Catalogues,
) -> None:
    english: dict[object, set[object]] = defaultdict(set)
    for catalogue in known.values():
        for key, message in sentences(catalogue).items():
            english[key].add(message.string)
    assert {key: said for key, said in english.items() if len(said) > 1} == {}


def test_the_rules_bite() -> None:
    said, known = Catalog(locale="en"), Catalog(locale="en")
    said.add("好")
    said.add(("共 {n} 条", "共 {n} 条"))
    known.add("旧", "old")
    known.add(("共 {n} 条", "共 {n} 条"), ("{n} item", ""))
    assert untranslated(said, known) == ["共 {n} 条", "好"]
    assert orphans(said, known) == ["旧"]
    assert mismatched(Message("第 %(n)s 版", "Revision %(number)s"))
    assert mismatched(Message("{size:.1f} MB", "{size} MB"))
    assert not mismatched(Message("写 {{#编号}} 或 {n}", "Write {{#id}} or {n}"))


def test_a_sentence_is_counted_everywhere_or_nowhere(known: Catalogues) -> None:
    """All catalogues become one, where a sentence is either a plural or it is not."""
    counted: dict[object, set[bool]] = defaultdict(set)
    for catalogue in known.values():
        for message in catalogue:
            if message.id:
                one = forms(message.id)[0]
                counted[message.context, one].add(bool(message.pluralizable))
    assert [key for key, found in counted.items() if len(found) > 1] == []
