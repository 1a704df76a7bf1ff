"""What the pages of certificates share: who may, the font, the address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from http import HTTPStatus
from typing import cast

from flask import current_app
from flask import url_for
from werkzeug.wrappers import Response

from trainer.certificates.queries import DeedSource
from trainer.core.wording import N_
from trainer.kit.files import Font
from trainer.kit.files import chinese_font
from trainer.kit.web import current

Answer = Response | str | tuple[str, HTTPStatus]


def must_be_somebody() -> None:
    """Stop here unless somebody is logged in.

    Raises:
        DeniedError: nobody is, or he may not read.
    """
    current.actor().must_be_somebody(N_("登录后才能看证书和成长档案"))


def font() -> Font:
    """Give the font of PDF files.

    Raises:
        NoFontError: this machine has none.
    """
    return chinese_font(cast("str", current_app.extensions["font"]))


def deed_sources() -> Collection[DeedSource]:
    """Give where the deeds come from that honours count."""
    return cast("Collection[DeedSource]", current_app.extensions["deeds"])


def verify_address(code: str) -> str:
    """Give the absolute address that verifies a certificate, as paper has it."""
    site = cast("str", current_app.extensions["site_url"])
    if site:
        return site + url_for("verify.verified", code=code)
    return url_for("verify.verified", code=code, _external=True)


def day_begun(at: datetime) -> datetime:
    """Give the moment without its time of day: one day, one file."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
