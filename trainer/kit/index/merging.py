"""When segments are joined: a query and a refresh cost a little for each."""

from __future__ import annotations

from typing import Any

from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

MOST_SEGMENTS = 8


def merge(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Join the smallest segments with the new one, when there would be too many.

    A segment without living documents is dropped. It takes segments from small to
    large as long as they are at most twice what it has, so large ones are rarely
    written again; then as many as :data:`MOST_SEGMENTS` demands.

    Returns:
        The segments that stay as they are; Whoosh's ``mergetype``.
    """
    living = sorted(
        (s for s in segments if s.doc_count()), key=lambda s: int(s.doc_count())
    )
    if len(living) < MOST_SEGMENTS:
        return living
    joined = 0
    documents = max(int(writer.doc_count()), 1)
    while len(living) - joined >= MOST_SEGMENTS or (
        joined < len(living) and living[joined].doc_count() <= 2 * documents
    ):
        documents += living[joined].doc_count()
        joined += 1
    for segment in living[:joined]:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return living[joined:]
