"""The site as tests build it: a new one for each test, at a fraction of the cost.

What follows from the source alone is worked out once in the life of the process:
templates made into code, routes made into functions that write addresses. Nothing
that a test does reaches it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from types import CodeType
from typing import ClassVar
from unittest import mock

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from werkzeug.routing import Rule

from trainer.app import create_app
from trainer.settings import Settings

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""The clock of every test site: 10:00 in the centre, 22 November 2026."""

Builder = Callable[..., tuple[str, str]]


class Templates(BytecodeCache):
    """The code of templates, by place and text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


class Route(Rule):
    """A route; one of the same words shares what was compiled for the first."""

    _kept: ClassVar[dict[object, Builder]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002  (Werkzeug's signature)
        key = (*self._trace, repr(self.defaults), append_unknown)
        if key not in self._kept:
            self._kept[key] = super()._compile_builder(append_unknown)
        return self._kept[key]


TEMPLATES = Templates()


def make_app(
    settings: Settings, engine: Engine, *, now: Callable[[], datetime] = lambda: NOW
) -> Flask:
    """Build the site as ``trainer serve`` does, with the clock of the tests."""
    with mock.patch.object(Flask, "url_rule_class", Route):
        app = create_app(settings, engine, now=now)
    app.jinja_env.bytecode_cache = TEMPLATES
    return app
