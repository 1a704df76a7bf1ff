"""Markdown to safe HTML, and to plain text.

What may stand in a text is in ``docs/content-format.md``: paragraphs, lists,
tables, bold, links and citations. Everything else is shown as it was typed.
"""

from __future__ import annotations

from trainer.kit.markup.plain import plain
from trainer.kit.markup.renderer import ARTICLES
from trainer.kit.markup.renderer import MarkupError
from trainer.kit.markup.renderer import Renderer
from trainer.kit.markup.renderer import render

__all__ = ["ARTICLES", "MarkupError", "Renderer", "plain", "render"]
