"""The saves of a text: who changed it, when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class TextName(StrEnum):
    """The texts that all content hangs on; the value is the file without ending."""

    TOPICS = "topics"
    COMPETENCIES = "competencies"
    GLOSSARY = "glossary"


TEXT_NAMES = {
    TextName.TOPICS: N_("业务条线和步骤"),
    TextName.COMPETENCIES: N_("能力项"),
    TextName.GLOSSARY: N_("词库"),
}
"""What each text is called on a page."""

UPLOADED = "上传文件"
"""Note of a save that comes as a file; a note is content and stays Chinese."""


@dataclass(frozen=True, slots=True)
class Save:
    """One save; ``number`` counts from 1."""

    number: int
    by: int
    at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveText:
    """Command: replace a text.

    ``based_on`` is the number of the save the editor began with, 0 before the
    first; None skips the check (an import). ``may_drop`` lets codes go that the
    text had: an import brings what belongs together, an editor is asked first.
    """

    name: TextName
    text: str
    note: str
    based_on: int | None = None
    may_drop: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BringBack:
    """Command: make an earlier save the text again."""

    name: TextName
    number: int
    note: str
    based_on: int


class SavedMeanwhileError(ConflictError):
    """Somebody else saved the text after the editor began."""

    def __init__(self) -> None:
        super().__init__(N_("您编辑期间，别人已保存过；请对照最新的文字合并后再保存"))


class CodesDroppedError(TrainerError):
    """Codes would vanish that other content may hang on."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        super().__init__(
            N_(
                "这些代码会消失：{codes}；挂在上面的文章和记录会对不上。"
                "只是改名的，请改 name、不改代码；确要删除的，"
                "请勾选“允许删除代码”",
                codes=tuple(codes),
            )
        )
