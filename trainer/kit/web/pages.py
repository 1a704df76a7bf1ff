"""Typed pages: a view returns a dataclass that names its own template."""

from __future__ import annotations

from dataclasses import fields
from typing import ClassVar

from flask import render_template


class Page:
    """Base of every page context; its fields are what the template may use."""

    template: ClassVar[str]


def render(page: Page) -> str:
    """Render a page with exactly its own fields."""
    names = (field.name for field in fields(page))  # type: ignore[arg-type]  # subclasses are dataclasses
    return render_template(page.template, **{n: getattr(page, n) for n in names})
