"""The language of this request, and what a sentence is called in it.

Chinese is the source language: what has no translation is shown as it is written.
Other languages come from ``translations/<language>.po`` below the packages that own
the sentences, read once in the life of a process; nothing is compiled or kept.

Content stays Chinese in every language. Where the frame of a page is not Chinese,
content in it carries ``lang="zh-CN"``, so that a screen reader says it rightly and a
browser chooses the right glyphs: see :func:`marked`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask_babel import get_locale
from markupsafe import Markup
from markupsafe import escape

from trainer.core.wording import N_
from trainer.core.wording import Wording

SOURCE, CONTENT = "zh", "zh-CN"
"""Chinese, as we name it and as browsers do."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface: how browsers call it, how it calls itself."""

    tag: str
    name: str


LANGUAGES = {SOURCE: Language(CONTENT, "中文"), "en": Language("en", "English")}

ROOT = Path(__file__).parents[1]
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")
COMMA, SEMICOLON = N_("、"), N_("；")
"""What stands between words, and between sentences."""


def current() -> str:
    """Give the language of this request; outside of one it is Chinese."""
    found = get_locale()
    return SOURCE if found is None else str(found.language)


def tag() -> str:
    """Give the language of this request as browsers name it."""
    return LANGUAGES[current()].tag


def is_source() -> bool:
    """Tell whether the frame of the page is Chinese, as its content is."""
    return current() == SOURCE


@cache
def catalogue(language: str) -> Translations:
    """Read what all packages say in a language, and keep it."""
    whole = Catalog(locale=language)
    for path in sorted(ROOT.glob(f"**/translations/{language}.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Translations(compiled)


def looked_up(message: str, *, n: int | None = None, context: str = "") -> str:
    """Give a message in the language of this request, its placeholders unfilled.

    Args:
        message: The Chinese message.
        n: The number that decides its plural form; None if it has one form.
        context: What tells it from the same message with another meaning.
    """
    if is_source():
        return message
    known = catalogue(current())
    if context:
        return str(known.upgettext(context, message))
    if n is None:
        return str(known.ugettext(message))
    return str(known.ungettext(message, message, n))


def said(words: str) -> str:
    """Say words in the language of this request; what is no :class:`Wording` stays."""
    return _filled(words, str, said) if isinstance(words, Wording) else words


def marked(words: object) -> Markup:
    """Say words as HTML, with what is content marked as Chinese.

    Args:
        words: A :class:`Wording`, of which the Chinese values are marked; or
            content, which is marked as a whole; or HTML already made, which stays.
    """
    if isinstance(words, Wording):
        return Markup(_filled(words, escape, marked))  # noqa: S704  (escaped)
    text = escape(words)
    if not is_content(words):
        return text
    return Markup('<span lang="{}">{}</span>').format(CONTENT, text)


def is_content(words: object) -> bool:
    """Tell whether words are Chinese content in a frame that is not Chinese.

    HTML already made has its marks, and a :class:`Wording` is translated.
    """
    return (
        isinstance(words, str)
        and not isinstance(words, Wording | Markup)
        and not is_source()
        and CHINESE.search(words) is not None
    )


def _filled(
    words: Wording, shape: Callable[[str], str], say: Callable[[str], str]
) -> str:
    """Look a wording up and fill in its values."""
    n = words.values["n"] if words.counted else None
    n = n if isinstance(n, int) else None
    found = shape(looked_up(words.message, n=n, context=words.context))
    values = {name: _value(value, shape, say) for name, value in words.values.items()}
    return found.format(**values) if values else found


def _value(
    value: object, shape: Callable[[str], str], say: Callable[[str], str]
) -> object:
    if isinstance(value, list | tuple):
        return shape(said(COMMA)).join(say(str(item)) for item in value)
    return say(value) if isinstance(value, str) else value
