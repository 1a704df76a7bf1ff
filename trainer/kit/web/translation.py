"""Templates and flashes in the language of the request: what pages may use.

``_("...")`` says a sentence of a template, with ``%(name)s`` for its values,
``_n("...", n=3)`` one that other languages say differently of one and of many, and
``_c("button", "...")`` one that means something else elsewhere. A
:class:`~trainer.core.wording.Wording` that a page shows is translated wherever it
stands. The filter ``zh`` also marks what of it is content.
"""

from __future__ import annotations

from collections.abc import Iterable

import flask
from flask import Flask
from flask_babel import Babel
from markupsafe import Markup
from markupsafe import escape

from trainer.core.wording import Wording
from trainer.kit import language
from trainer.kit.web import display


def install(app: Flask) -> None:
    """Teach the templates of a site to speak."""
    Babel(app, configure_jinja=False, locale_selector=display.spoken)
    for code in language.LANGUAGES:
        language.catalogue(code)
    app.jinja_env.finalize = _translated
    app.jinja_env.globals.update(
        {
            "_": say,
            "_n": say_of,
            "_c": say_as,
            "language": language.current,
            "languages": language.LANGUAGES,
            "locale": language.tag,
            "in_zh": in_zh,
        }
    )
    app.jinja_env.filters.update(
        {"zh": language.marked, "listed": listed, "sentences": sentences}
    )


def say(words: str, /, **values: object) -> Markup:
    """Say a sentence of a template, or a :class:`Wording`, as HTML."""
    if isinstance(words, Wording):
        return language.marked(words)
    return _filled(language.looked_up(words), values)


def say_of(words: str, /, *, n: int, **values: object) -> Markup:
    """Say a sentence of a template about ``n`` things."""
    return _filled(language.looked_up(words, n=n), {"n": n, **values})


def say_as(context: str, words: str, /, **values: object) -> Markup:
    """Say a sentence of a template that means something else elsewhere."""
    return _filled(language.looked_up(words, context=context), values)


def in_zh() -> Markup:
    """Write the attribute of an element that holds content, where it needs one."""
    mark = "" if language.is_source() else f' lang="{language.CONTENT}"'
    return Markup(mark)  # noqa: S704  (our own constant)


def listed(items: Iterable[object]) -> Markup:
    """List words."""
    return language.marked(language.COMMA).join(map(language.marked, items))


def sentences(items: Iterable[object]) -> Markup:
    """Put sentences behind each other."""
    return language.marked(language.SEMICOLON).join(map(language.marked, items))


def flash(words: str) -> None:
    """Say on the next page what was done."""
    flask.flash(language.marked(words))  # noqa: TID251  (this is it)


def _filled(found: str, values: dict[str, object]) -> Markup:
    """Fill in the values; all is escaped but what is HTML already."""
    return escape(found) % {k: _translated(value) for k, value in values.items()}


def _translated(value: object) -> object:
    return language.said(value) if isinstance(value, Wording) else value
