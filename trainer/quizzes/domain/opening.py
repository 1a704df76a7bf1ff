"""What banks and quizzes have in common: a header that says which of them it is."""

from __future__ import annotations

from trainer.core import document
from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.publishing.domain import header
from trainer.publishing.domain.header import Header


def opened(text: str, kind: str) -> tuple[Document, Header | None, list[Mistake]]:
    """Split a text and read its header; without ``meta`` there is nothing to go on."""
    read = document.parse(text)
    head, mistakes = header.read(read, others=frozenset({"kind"}))
    if read.meta and read.meta.get("kind") != kind:
        line = read.lines.get("kind", 1)
        mistakes.append(Mistake(line, N_("“kind”应是 {kind}", kind=kind)))
    return read, head, mistakes
