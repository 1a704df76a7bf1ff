"""What a new bank or quiz says of itself before it has anything else."""

from __future__ import annotations

from trainer.kit.forms import headers
from trainer.publishing.domain.written import Value
from trainer.publishing.domain.written import front_matter
from trainer.quizzes.domain.beginning import BODIES


class HeaderForm(headers.HeaderForm):
    """The header of a new bank or quiz."""

    def text(self, kind: str, competency: str) -> str:
        """Give the text that a bank or a quiz begins with.

        Args:
            kind: Which of them.
            competency: What the first quota of a quiz draws, for its author to change.
        """
        said: dict[str, Value | None] = {**self.said(kind)}
        return front_matter(said) + BODIES[kind].format(competency=competency)
