"""Content packs: which file is what, what is wrong, what came of importing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.checklists.domain import CHECKLIST
from trainer.core.document import Mistake
from trainer.core.errors import TrainerError
from trainer.courses.domain.outline import COURSE
from trainer.quizzes import domain as quizzes
from trainer.scenarios.domain import SCENARIO

ARTICLE = re.compile(
    r"(?:^|/)policies/(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)/"
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:\.(?P<turn>[2-9]|[1-9]\d))?\.md$"
)
STRUCTURED = re.compile(
    r"(?:^|/)(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:/(?P<day>\d{4}-\d{2}-\d{2})(?:\.(?P<turn>[2-9]|[1-9]\d))?)?\.yaml$"
)
FOLDERS = {
    **dict.fromkeys(quizzes.KINDS, "quizzes"),
    CHECKLIST: "checklists",
    SCENARIO: "scenarios",
    COURSE: "courses",
}
"""Where the texts of a kind lie in a pack; articles lie in ``policies``."""

ENDINGS = (".md", ".yaml", ".txt")


class PackError(TrainerError):
    """A pack has findings, so nothing of it was imported."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            f"有 {len(self.findings)} 处要改，什么也没有导入；请按文件和行号改好后重来"
        )


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A mistake, with the file it is in."""

    path: str
    mistake: Mistake

    def __str__(self) -> str:
        return f"{self.path}：{self.mistake}"


@dataclass(frozen=True, slots=True, order=True)
class ArticleFile:
    """Where a text belongs.

    ``turn`` counts texts of the same first day; ``day`` is empty where the path does
    not tell it, which only that of an article must.
    """

    day: str
    turn: int
    slug: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did.

    Attributes:
        drafts: New revisions.
        approved: Texts of the pack that were approved: the new ones, and those that
            an earlier import had left as drafts.
        unchanged: Texts that were there already, byte for byte.
        laws: Law texts among the articles.
        clauses: Clauses in those.
        assumed: Paths of the law texts that do not say since when they hold.
    """

    drafts: int
    approved: int
    unchanged: int
    laws: int
    clauses: int
    assumed: tuple[str, ...]


def article_file(path: str) -> ArticleFile | None:
    """Read slug and first day from a path; None when it is no article's path."""
    match = ARTICLE.search(path)
    if match is None:
        return None
    turn = int(match["turn"] or 1)
    return ArticleFile(match["day"], turn, match["slug"], path)


def structured_file(path: str) -> ArticleFile | None:
    """Read slug, perhaps first day, of a text written as YAML; None: not its path."""
    match = STRUCTURED.search(path)
    if match is None:
        return None
    return ArticleFile(match["day"] or "", int(match["turn"] or 1), match["slug"], path)


def structured_path(kind: str, slug: str, day: str, turn: int) -> str:
    """Give the path of a text written as YAML in a pack."""
    ending = "" if turn == 1 else f".{turn}"
    return f"{FOLDERS[kind]}/{slug}/{day}{ending}.yaml"


def article_path(slug: str, day: str, turn: int) -> str:
    """Give the path of an article file in a pack."""
    ending = "" if turn == 1 else f".{turn}"
    return f"policies/{slug}/{day}{ending}.md"
