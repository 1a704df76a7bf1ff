"""The kinds of texts that editors and approvers have on their desk.

Whoever owns a kind describes it here with a :class:`TextKind`; the site joins them.
So the desk carries articles, banks and quizzes alike, and knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from trainer.core.document import Mistake
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.manuscript import Prepared
from trainer.publishing.domain.vocabulary import Vocabulary


def _nothing(_session: Session, _manuscript: Manuscript) -> Sequence[Mistake]:
    """Find nothing to warn of."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKind:
    """A kind of text, as the desk treats it.

    Attributes:
        code: What ``kind:`` says in the front matter, and is stored.
        name: As people call it.
        prepare: Parses a text and makes its safe HTML.
        home: Endpoint of the page of such a text; takes ``slug``, ``on``, and
            ``revision``, the key of one that is not in force.
        begin: Endpoint where a new one begins.
        hint: What it is for, for who begins one.
        is_article: Everybody reads its versions; it is previewed as a card, and its
            front matter has the keys of an article.
        is_read: Everybody reads what is in force of it, on its own page, though it is
            no article; its versions are for those who write.
        by_section: A changed clause is judged for each citing section by itself;
            else once for the whole text.
        warnings: What does not keep a text from being saved, but its author must
            know.
    """

    code: str
    name: str
    prepare: Callable[[str, Vocabulary], Prepared]
    home: str
    begin: str
    hint: str = ""
    is_article: bool = False
    is_read: bool = False
    by_section: bool = False
    warnings: Callable[[Session, Manuscript], Sequence[Mistake]] = _nothing


TextKinds = Mapping[str, TextKind]
"""By code."""
