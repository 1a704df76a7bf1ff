"""What is handed to the index. Knows no feature."""

from __future__ import annotations

from dataclasses import dataclass

OPEN_END = 99991231
"""``valid_to`` of a text without an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """One thing to be found: usually one section of one revision.

    Attributes:
        key: Unique in the index.
        group: What is deleted and counted together: the article.
        kind: What it is; hits are filtered and weighted by it.
        collection: What is scored among itself: the frequency of words, the usual
            length and so the scores in one collection do not depend on another.
        line: Its business line.
        valid_from: First day, as the number yyyymmdd.
        valid_to: First day no longer, yyyymmdd; :data:`OPEN_END` is open.
        audience: Bit mask, from 1 to 2**63 - 1; a reader sees the document when
            he shares a bit with it.
        hash: Digest of everything above and of the text. It is stored, so that
            the index can be compared with the database.
        text: All words to be found by: title, path, text, asked questions. Not
            stored; snippets come from the database.
    """

    key: str
    group: str
    kind: str
    line: str
    valid_from: int
    valid_to: int = OPEN_END
    audience: int
    hash: str
    text: str
    collection: str = ""

    def __post_init__(self) -> None:
        """Refuse numbers that could not be read back.

        Raises:
            ValueError: a number is out of its bounds.
        """
        if not 0 < self.audience < 2**63:
            raise ValueError("audience")
        if not 0 < self.valid_from <= OPEN_END or not 0 < self.valid_to <= OPEN_END:
            raise ValueError("days")
