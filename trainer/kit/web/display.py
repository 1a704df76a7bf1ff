"""How a person wants pages: theme, size and language, kept in three plain cookies.

The server writes the choice into the page, so nothing flashes and no script is
needed. Who has chosen no language gets that of the browser, else Chinese.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from flask import current_app
from flask import has_request_context
from flask import redirect
from flask import request
from werkzeug.wrappers import Response

from trainer.core import clock
from trainer.kit import language
from trainer.kit.web.addresses import own_path

THEMES = ("light", "dark")
SIZES = ("normal", "large")
CHOICES = {"theme": THEMES, "size": SIZES, "language": tuple(language.LANGUAGES)}
YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Offer the choice at ``/display`` and tell templates what was chosen."""
    app.add_url_rule("/display", "display", choose, methods=["POST"])
    app.jinja_env.globals.update(theme=theme, large=large)
    app.jinja_env.filters.update(moment=moment, second=second)


def theme() -> str:
    """Give the theme of this browser."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else THEMES[0]


def large() -> bool:
    """Tell whether this browser wants large type."""
    return request.cookies.get("size") == SIZES[1]


def moment(at: datetime) -> str:
    """Write a moment as the centre's clock shows it."""
    return f"{at.astimezone(clock.CENTRE):%Y-%m-%d %H:%M}"


def second(at: datetime) -> str:
    """Write a moment to the second, for who compares it with another record."""
    return f"{at.astimezone(clock.CENTRE):%Y-%m-%d %H:%M:%S}"


def spoken() -> str:
    """Give the language of this browser: the one chosen, else the one it asks for."""
    if not has_request_context():
        return language.SOURCE
    chosen = request.cookies.get("language", "")
    if chosen in language.LANGUAGES:
        return chosen
    return request.accept_languages.best_match(language.LANGUAGES) or language.SOURCE


def choose() -> Response:
    """Keep a choice, then show the page again."""
    response = redirect(own_path(request.form.get("back", ""), "/"))
    for name, allowed in CHOICES.items():
        value = request.form.get(name, "")
        if value in allowed:
            response.set_cookie(
                name,
                value,
                max_age=YEAR,
                secure=current_app.config["SESSION_COOKIE_SECURE"],
                httponly=True,
                samesite="Lax",
            )
    return response
