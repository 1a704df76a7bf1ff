"""The front matter as a form shows it, and changes made there put into the text.

The text is the truth. A form shows each entry as one string, its **state**: a list
has a line for each piece, a flag is ``true`` or empty, what is not there is empty.
Only entries whose state was changed are rewritten; every other line of the text
stays, byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from trainer.core import document
from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.wording import N_
from trainer.knowledge.domain.article import OWN_KEYS
from trainer.knowledge.domain.article import SCOPES
from trainer.knowledge.domain.entries import ENTRIES
from trainer.knowledge.domain.entries import ORDER
from trainer.knowledge.domain.entries import Shape
from trainer.knowledge.domain.entries import number_of
from trainer.publishing.domain import header
from trainer.publishing.domain.rewriting import comments_lost
from trainer.publishing.domain.rewriting import has_alias
from trainer.publishing.domain.rewriting import rewritten
from trainer.publishing.domain.written import Value
from trainer.publishing.domain.written import written

APPLIES = "applies"


@dataclass(frozen=True, slots=True)
class Heading:
    """The front matter of a text: states by key, and what is wrong with it.

    An entry whose value the form cannot show is left out, and none is there when
    the front matter cannot be read.
    """

    states: Mapping[str, str]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class EditHeading:
    """Command: states as they were shown, and as somebody left them, by key."""

    was: Mapping[str, str]
    now: Mapping[str, str]

    @property
    def changes(self) -> dict[str, str]:
        """The states that are another now."""
        return {
            key: self.now.get(key, "")
            for key, was in self.was.items()
            if key in ENTRIES and not _same(key, was, self.now.get(key, ""))
        }


def heading(text: str) -> Heading:
    """Read what a form can show of a text; never raises."""
    read = document.parse(text)
    if read.mistakes or not read.meta:
        return Heading({}, read.mistakes or (Mistake(1, N_("说明部分是空的")),))
    _, mistakes = header.read(read, others=OWN_KEYS)
    states = {key: _state(key, read) for key in ENTRIES}
    return Heading(
        {key: state for key, state in states.items() if state is not None},
        tuple(sorted(set(mistakes))),
    )


def edited(text: str, edit: EditHeading) -> str:
    """Put what was changed in a form into a text; without a change it is the same.

    Raises:
        MistakesError: an entry was changed in the text as well, a comment would be
            lost, or the front matter is written in a way that cannot be changed.
    """
    changes = edit.changes
    if not changes:
        return text
    read, now = document.parse(text), heading(text)
    if not now.states:
        raise MistakesError(now.mistakes)
    if clashes := _clashes(edit, now, read):
        raise MistakesError(clashes)
    new = {k: s for k, s in changes.items() if not _same(k, s, now.states[k])}
    return _rewritten(text, read, _values(new, read)) if new else text


def _rewritten(text: str, read: Document, wanted: Mapping[str, Value | None]) -> str:
    """Write values into a text, and see that it says them and all else as before."""
    put = {key: written(key, value) for key, value in wanted.items()}
    if lost := comments_lost(text, put):
        words = N_("这里有注释，用表单改会丢；请直接改全文")
        raise MistakesError([Mistake(line, words) for line in lost])
    made = "" if has_alias(text) else rewritten(text, put, ORDER)
    again = document.parse(made)
    expected = {**read.meta, **wanted}
    for key in [key for key, value in wanted.items() if value is None]:
        del expected[key]
    if again.mistakes or (again.meta, again.body) != (expected, read.body):
        line = min(read.lines.get(key, 1) for key in wanted)
        words = N_("说明部分的这种写法，表单改不了；请直接改全文")
        raise MistakesError([Mistake(line, words)])
    return made


def _clashes(edit: EditHeading, now: Heading, read: Document) -> list[Mistake]:
    """Find entries that were changed by hand as well, to another end."""
    return [
        Mistake(
            read.lines.get(_key(key), 1),
            N_(
                "“{label}”在表单和全文里都改过，而且不一样；请把两处改成一样再保存",
                label=ENTRIES[key].label,
            ),
        )
        for key, state in edit.changes.items()
        if key not in now.states
        or not (
            _same(key, now.states[key], edit.was[key])
            or _same(key, now.states[key], state)
        )
    ]


def _values(changes: Mapping[str, str], read: Document) -> dict[str, Value | None]:
    """Give the new values by key of the front matter; None takes the key away."""
    values: dict[str, Value | None] = {}
    for key, state in changes.items():
        if key not in SCOPES:
            values[key] = _value(key, state, read.meta.get(key))
            continue
        before = values.get(APPLIES, read.meta.get(APPLIES))
        scopes = {**before} if isinstance(before, dict) else {}
        scopes[key] = _pieces(state)
        values[APPLIES] = {k: words for k, words in scopes.items() if words} or None
    return values


def _value(key: str, state: str, before: object) -> Value | None:
    """Read a state; what cannot be read is written as it is, and then a mistake."""
    shape, words = ENTRIES[key].shape, _tidy(state)
    if shape is Shape.CODES and isinstance(before, list):
        chosen = _pieces(state)
        kept = [code for code in before if code in chosen]
        return [*kept, *(code for code in chosen if code not in kept)] or None
    if shape.is_list:
        return _pieces(state) or None
    if shape is Shape.FLAG:
        return True if words else None
    if shape is Shape.NUMBER and (number := number_of(words)) is not None:
        return number
    if shape is Shape.DAY:
        with suppress(ValueError):
            return date.fromisoformat(words)
    return words or None


def _state(key: str, read: Document) -> str | None:
    """Give the state of an entry; None for a value that a form cannot show."""
    value = read.meta.get(_key(key))
    if key in SCOPES and isinstance(value, dict):
        value = value.get(key)
    elif key in SCOPES and value is not None:
        return None
    if value is None:
        return ""
    shape = ENTRIES[key].shape
    if shape.is_list:
        return _state_of_list(value)
    try:
        found = header.KEYS[key].read(value) if key in header.KEYS else value
    except ValueError:
        return None
    if shape is Shape.FLAG:
        return "true" if found else ""
    # A box of one line drops a line end that hides in quotes.
    shown = isinstance(found, str | int | date) and "\r" not in str(found)
    return str(found) if shown else None


def _key(key: str) -> str:
    """Give the key of the front matter under which an entry stands."""
    return APPLIES if key in SCOPES else key


def _state_of_list(value: object) -> str | None:
    if not isinstance(value, list):
        return None
    if not all(isinstance(word, str) and "\n" not in word.strip() for word in value):
        return None
    return "\n".join(_pieces("\n".join(value)))


def _same(key: str, one: str, other: str) -> bool:
    """Tell whether two states say the same; browsers change line ends and blanks."""
    if ENTRIES[key].shape is Shape.CODES:
        return set(_pieces(one)) == set(_pieces(other))
    if ENTRIES[key].shape is Shape.WORDS:
        return _pieces(one) == _pieces(other)
    return _tidy(one) == _tidy(other)


def _tidy(state: str) -> str:
    return state.replace("\r\n", "\n").replace("\r", "\n").strip()


def _pieces(state: str) -> list[str]:
    return [word for line in _tidy(state).split("\n") if (word := line.strip())]
