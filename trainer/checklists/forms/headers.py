"""What a new list says of itself before it has any item."""

from __future__ import annotations

from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain.editing import EMPTY
from trainer.kit.forms.headers import HeaderForm
from trainer.publishing.domain.written import Value
from trainer.publishing.domain.written import front_matter


class ListForm(HeaderForm):
    """The header of a new list."""

    def text(self) -> str:
        """Give the text that a list begins with."""
        said: dict[str, Value | None] = {**self.said(CHECKLIST)}
        return front_matter(said) + EMPTY
