"""What texts written as YAML have in common, whatever their kind means.

Front matter with the kind, then a list of items or a mapping; items rest on sections
of articles, written ``<slug>#<section>``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.core import document
from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.publishing.domain import header
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.manuscript import Citation
from trainer.topics.domain import outline
from trainer.topics.domain.outline import Record

NONE_YET = re.compile(r"\[\](\s*#.*)?\s*")
"""The body of a list that has just begun: nothing is missing, there is nothing yet."""

CITE = re.compile(r"([a-z0-9-]+)#([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Cite:
    """A section of an article that an item rests on; ``line`` in the text."""

    slug: str
    section: str
    line: int

    def citation(self, item: str) -> Citation:
        """Give it as publishing keeps it, standing in the section ``item``."""
        words = f"{self.slug}#{self.section}"
        return Citation(item, self.slug, self.section, self.line, words)


def opened(text: str, kind: str) -> tuple[Document, Header | None, list[Mistake]]:
    """Split a text and read its header; without ``meta`` there is nothing to go on."""
    read = document.parse(text)
    head, mistakes = header.read(read, others=frozenset({"kind"}))
    if read.meta and read.meta.get("kind") != kind:
        line = read.lines.get("kind", 1)
        mistakes.append(Mistake(line, N_("“kind”应是 {kind}", kind=kind)))
    return read, head, mistakes


def listed(read: Document, name: str) -> Record:
    """Give the body as a record with one list, called ``name``."""
    # The list gets a name, on the line of the fence above it.
    named = "\n" * (read.body_line - 2) + f"{name}:\n" + read.body
    return outline.read(named, (name,))


def mapped(read: Document, known: Collection[str]) -> Record:
    """Give the body as a record with the keys ``known``."""
    return outline.read("\n" * (read.body_line - 1) + read.body, known)


def cites(record: Record, *, required: bool = True) -> Iterator[Cite]:
    """Give what stands under ``cites``; what is written otherwise is a mistake."""
    for written in record.texts("cites", required=required):
        parts = CITE.fullmatch(written.words)
        if parts is None:
            told = N_("“{words}”应写作 文章标识#小节标识", words=written.words)
            record.wrong(told, "cites")
        else:
            yield Cite(parts[1], parts[2], written.line)
