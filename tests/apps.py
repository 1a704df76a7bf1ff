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
from werkzeug.routing import BaseConverter
from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart

from trainer.app import create_app
from trainer.settings import Settings

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""The clock of every test site: 10:00 in the centre, 22 November 2026."""

Builder = Callable[..., tuple[str, str]]
Compiled = tuple[
    list[RulePart],
    list[tuple[bool, str]],
    dict[str, BaseConverter],
    set[str],
    tuple[Builder, Builder],
]


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

    _kept: ClassVar[dict[object, Compiled]] = {}

    def compile(self) -> None:
        key = (self.rule, repr(self.defaults))
        if key not in self._kept:
            super().compile()
            builders = (self._build.__func__, self._build_unknown.__func__)  # type: ignore[attr-defined]  # bound
            names = set(self._converters)
            kept = (self._parts, self._trace, self._converters, names, builders)
            self._kept[key] = kept
        self._parts, self._trace, self._converters, names, builders = self._kept[key]
        self.arguments |= names
        self._build, self._build_unknown = (each.__get__(self) for each in builders)


TEMPLATES = Templates()


def make_app(
    settings: Settings, engine: Engine, *, now: Callable[[], datetime] = lambda: NOW
) -> Flask:
    """Build the site as ``trainer serve`` does, with the clock of the tests."""
    with mock.patch.object(Flask, "url_rule_class", Route):
        app = create_app(settings, engine, now=now)
    app.jinja_env.bytecode_cache = TEMPLATES
    return app
