"""The form of the front matter above a text: shown, sent, and put into the text."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.kit.web.pages import Page
from trainer.knowledge.domain.desk import Codes
from trainer.knowledge.domain.entries import ENTRIES
from trainer.knowledge.domain.entries import GROUPS
from trainer.knowledge.domain.entries import Entry
from trainer.knowledge.domain.heading import edited
from trainer.knowledge.domain.heading import heading
from trainer.knowledge.domain.kinds import KIND_NAMES
from trainer.knowledge.domain.names import AUDIENCE_NAMES
from trainer.knowledge.domain.names import CHANGE_KIND_NAMES
from trainer.knowledge.domain.names import DECIDING_NAMES
from trainer.knowledge.forms import HeadingForm
from trainer.knowledge.forms import heading_form
from trainer.knowledge.views.kinds import text_kinds
from trainer.publishing.domain import header
from trainer.publishing.domain.header import EVIDENCE_NAMES

WAS = "was-"
"""Begins the name of the state that a field was shown with."""


@dataclass(frozen=True, slots=True)
class HeadingPart(Page):
    """The form, the states it was made with, and what is wrong with the text."""

    template = "knowledge/heading.html"
    head: HeadingForm
    was: Mapping[str, str]
    wrong: Sequence[Mistake]
    groups: Mapping[str, tuple[Entry, ...]]


def shown(text: str, codes: Codes) -> HeadingPart:
    """Give the form as it shows a text."""
    found = heading(text)
    kind = text_kinds().get(found.states.get("kind", ""))
    states = found.states
    if kind and not kind.is_article:  # its kind stays, and it has no other keys
        states = {key: state for key, state in states.items() if key in header.KEYS}
    form = heading_form(states)()
    form.offer(_names(codes))
    return HeadingPart(form, states, found.mistakes, GROUPS)


@dataclass(frozen=True, slots=True)
class SentHeading:
    """The form as a browser has sent it."""

    form: HeadingForm
    was: Mapping[str, str]

    def put_into(self, text: str) -> str:
        """Put what was changed into a text.

        Raises:
            MistakesError: it cannot be.
        """
        return edited(text, self.form.command(self.was))

    def part(self, codes: Codes, error: MistakesError | None = None) -> HeadingPart:
        """Give the form as it was left."""
        self.form.offer(_names(codes))
        return HeadingPart(self.form, self.was, error.mistakes if error else (), GROUPS)


def sent() -> SentHeading:
    """Read the form of a request; one without it has nothing to change."""
    was = {key: request.form[WAS + key] for key in ENTRIES if WAS + key in request.form}
    return SentHeading(heading_form(was)(request.form), was)


def _names(codes: Codes) -> Mapping[str, Mapping[str, str]]:
    """Give what each entry with choices may be."""
    return {
        "kind": dict(KIND_NAMES.items()),
        "line": codes.lines,
        "business": codes.businesses,
        "owner": codes.posts,
        "deputy": codes.posts,
        "audience": dict(AUDIENCE_NAMES.items()),
        "decided_by": dict(DECIDING_NAMES.items()),
        "evidence": dict(EVIDENCE_NAMES.items()),
        "change_kind": dict(CHANGE_KIND_NAMES.items()),
        "competencies": codes.competencies,
        "formulas": codes.formulas,
    }
