"""How a person wants pages to look: theme and size, kept in two plain cookies.

The server writes the choice into the page, so nothing flashes and no script is
needed.
"""

from __future__ import annotations

from flask import Flask
from flask import current_app
from flask import redirect
from flask import request
from flask_babel import get_locale
from werkzeug.wrappers import Response

from trainer.kit.web.addresses import own_path

THEMES = ("light", "dark")
SIZES = ("normal", "large")
YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Offer the choice at ``/display`` and tell templates what was chosen."""
    app.add_url_rule("/display", "display", choose, methods=["POST"])
    app.jinja_env.globals.update(theme=theme, large=large, locale=locale)


def theme() -> str:
    """Give the theme of this browser."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else THEMES[0]


def large() -> bool:
    """Tell whether this browser wants large type."""
    return request.cookies.get("size") == SIZES[1]


def locale() -> str:
    """Give the language of the page as the browser names it."""
    found = get_locale()
    return "zh-CN" if found is None or found.language == "zh" else str(found.language)


def choose() -> Response:
    """Keep a choice, then show the page again."""
    response = redirect(own_path(request.form.get("back", ""), "/"))
    for name, allowed in (("theme", THEMES), ("size", SIZES)):
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
