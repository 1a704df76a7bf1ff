"""Sentences for people: Chinese here, said in another language at the edge.

The source language is Chinese. ``N_("端口 {port} 用不了", port=port)`` is that
sentence, a string like any other; it also remembers its message and its values, so
that :mod:`trainer.kit.language` finds the translation of the message and fills in
the values again. A value may be a :class:`Wording` itself (then it is said in the
same language) or a list or tuple (then its items are listed as the language lists
things).

What joins strings (``+``, ``join``, an f-string) forgets all this and gives plain
Chinese: put the parts into a message as values instead. A message is written out
where it is marked, never computed: the names ``N_``, ``Nn_`` and ``Nc_`` are what the
catalogues are collected by (docs/how-to/add-a-string.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import reduce
from types import MappingProxyType
from typing import Self

SEPARATORS = str.maketrans("，、,；;", "     ")
NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Wording(str):
    """Chinese words that can be said in another language.

    Attributes:
        message: What is looked up in a catalogue, with ``{name}`` for each value.
        values: The values by name; without any, braces in the message are braces.
        context: What tells it from the same message with another meaning.
        counted: Whether the number ``n`` among the values decides the plural form.
    """

    __slots__ = ("context", "counted", "message", "values")
    message: str
    context: str
    values: Mapping[str, object]
    counted: bool

    def __new__(
        cls,
        message: str,
        values: Mapping[str, object] = NO_VALUES,
        *,
        context: str = "",
        counted: bool = False,
    ) -> Self:
        """Fill the values into the message, in Chinese."""
        shown = {name: _in_chinese(value) for name, value in values.items()}
        self = super().__new__(cls, message.format(**shown) if shown else message)
        self.message, self.values = message, values
        self.context, self.counted = context, counted
        return self

    def __str__(self) -> str:
        """Stay what it is: what only wanted a string keeps the translation."""
        return self

    def __mod__(self, _values: object) -> Self:
        """Stay what it is: WTForms formats every message of a validator."""
        return self


def N_(message: str, /, **values: object) -> Wording:  # noqa: N802  (gettext's name)
    """Mark a message for translation, and fill in its values."""
    return Wording(message, values)


def Nn_(message: str, /, *, n: int, **values: object) -> Wording:  # noqa: N802  (likewise)
    """Mark a message that other languages say differently of one and of many.

    Args:
        message: The message; it may show the number as ``{n}``.
        n: How many there are.
        values: The other values.
    """
    return Wording(message, {"n": n, **values}, counted=True)


def Nc_(context: str, message: str, /, **values: object) -> Wording:  # noqa: N802  (likewise)
    """Mark a message that means something else elsewhere: 批准, a button and a deed.

    Args:
        context: A word of English that says where this one stands.
        message: The message.
        values: Its values.
    """
    return Wording(message, values, context=context)


def one_by_one(sentences: Sequence[str]) -> str:
    """Put sentences behind each other, as parts of one; none give nothing."""
    return reduce(_and_then, sentences) if sentences else ""


def one_list(words: Iterable[str]) -> str:
    """Put words behind each other as a language lists them; none give nothing."""
    items = [*words]
    return N_("{items}", items=items) if items else ""


def listed_words(written: str) -> list[str]:
    """Give the words of a list that somebody wrote on one line, in either language."""
    return written.translate(SEPARATORS).split()


def _and_then(before: str, then: str) -> Wording:
    return N_("{before}；{then}", before=before, then=then)


def _in_chinese(value: object) -> object:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return value
