"""The Whoosh schema: one field to search, two to delete by, one that is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import whoosh
from whoosh.fields import ID
from whoosh.fields import STORED
from whoosh.fields import FieldType
from whoosh.fields import Schema
from whoosh.formats import Existence

from trainer.kit.index.analysis import tokens
from trainer.kit.index.document import IndexDocument

VERSION = 2
"""Raise it when analysis or stored fields change: every index is then rebuilt."""

Stored = tuple[str, str, str, str, int, int, int, str, str]
"""key, group, kind, line, valid_from, valid_to, audience, hash, collection."""


class Terms(FieldType):
    """Text as terms with their frequency as weight; positions are not kept."""

    def __init__(self) -> None:
        super().__init__(Existence(), None, scorable=True)

    def index(
        self,
        value: str,
        **_: Any,  # noqa: ANN401  (Whoosh's signature)
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, nothing) for each different term."""
        for term, count in Counter(tokens(value)).items():
            yield term.encode(), count, float(count), b""


SCHEMA = Schema(key=ID(), group=ID(), text=Terms(), about=STORED())

SCHEMA_HASH = sha256(
    f"{VERSION} {whoosh.__version__} {sorted(SCHEMA.names())}".encode()
).hexdigest()[:8]
"""Names the directories of indexes that this code can read."""


def fields(document: IndexDocument) -> dict[str, str | Stored]:
    """Lay a document out as the fields of the schema."""
    d = document
    return {
        "key": d.key,
        "group": d.group,
        "text": d.text,
        "about": (
            d.key,
            d.group,
            d.kind,
            d.line,
            d.valid_from,
            d.valid_to,
            d.audience,
            d.hash,
            d.collection,
        ),
    }
