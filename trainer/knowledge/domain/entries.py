"""The entries of the form that spares authors the front matter.

The keys and their meaning are those of ``docs/content-format.md``; here stands how
a person calls them, and what shape their values have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.knowledge.domain.comparison import FIELDS
from trainer.publishing.domain.header import REVIEW_DAYS
from trainer.publishing.domain.typed import mistakes_of_typing


class Shape(StrEnum):
    """What the value of an entry is, as a person sees it."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    DAY = "day"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    CODES = "codes"
    WORDS = "words"

    @property
    def is_list(self) -> bool:
        """Whether it is several pieces of text."""
        return self in {Shape.CODES, Shape.WORDS}


LONGEST_NUMBER = 6
"""Digits of a number that an entry may hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``key`` is that of the front matter, or a list below ``applies``."""

    key: str
    label: str
    shape: Shape = Shape.LINE
    help: str = ""
    required: bool = False

    @property
    def is_broad(self) -> bool:
        """Whether what is written there is mostly long."""
        return self.shape is Shape.PARAGRAPH or self.key in {"title", "source"}


def _known(
    key: str, shape: Shape = Shape.LINE, help_: str = "", *, required: bool = False
) -> Entry:
    """Make an entry whose name the comparison of versions has already given."""
    return Entry(key, FIELDS[key], shape, help_, required)


LINE_BY_LINE = N_("一行一个")
GROUPS: Mapping[str, tuple[Entry, ...]] = {
    N_("是什么、归谁管"): (
        _known("title", help_=N_("不写日期；城市名是标题一部分时才写"), required=True),
        Entry(
            "kind", N_("类型"), Shape.CHOICE, N_("已有的文章不能改类型"), required=True
        ),
        _known("line", Shape.CHOICE, required=True),
        Entry("business", Nc_("one", "业务"), Shape.CODES),
        _known("owner", Shape.CHOICE, required=True),
        _known("deputy", Shape.CHOICE),
        _known(
            "review_every_days",
            Shape.NUMBER,
            N_(
                "多久没人看过就进“待复核”，{least} 到 {most} 天",
                least=REVIEW_DAYS[0],
                most=REVIEW_DAYS[-1],
            ),
            required=True,
        ),
        _known("audience", Shape.CHOICE, N_("不写就是所有人")),
    ),
    N_("哪天起、到哪天"): (
        _known("issued_on", Shape.DAY),
        _known("effective_from", Shape.DAY, N_("从这一天起有效"), required=True),
        _known(
            "effective_to",
            Shape.DAY,
            N_("第一个不再有效的日子；只有临时规定才填，有新版接替时不用填"),
        ),
        _known("supersedes", Shape.DAY, N_("只在更正时填：被更正那一版的施行日")),
        _known("decided_by", Shape.CHOICE),
        _known("transition", Shape.PARAGRAPH, N_("新旧规定怎么衔接，一两句话")),
    ),
    N_("依据和核实"): (
        _known("evidence", Shape.CHOICE, required=True),
        _known("source", help_=N_("依据的文件名称和文号"), required=True),
        _known("document_number", help_=N_("政策法规必填，例如 建金〔2015〕19号")),
        _known("verified_by", help_=N_("谁和官方文本核对过")),
        _known("verified_on", Shape.DAY),
        _known("sample", Shape.FLAG),
    ),
    N_("这一版改了什么"): (
        Entry("change_kind", N_("改动性质"), Shape.CHOICE, N_("第二版起要填")),
        Entry("change_note", N_("改了什么"), Shape.PARAGRAPH, N_("一句话，读者会看到")),
    ),
    N_("适用谁、考什么、怎么问"): (
        Entry("region", N_("适用地区"), Shape.WORDS, LINE_BY_LINE),
        Entry("person", N_("适用人员"), Shape.WORDS, LINE_BY_LINE),
        Entry("property", N_("适用房屋"), Shape.WORDS, LINE_BY_LINE),
        Entry("channel", N_("办理渠道"), Shape.WORDS, LINE_BY_LINE),
        Entry("competencies", N_("能力"), Shape.CODES),
        Entry("formulas", N_("卡上的试算"), Shape.CODES),
        Entry("phrases", N_("群众的问法"), Shape.WORDS, LINE_BY_LINE),
    ),
}
ENTRIES = {entry.key: entry for group in GROUPS.values() for entry in group}

ORDER = (
    *("title", "kind", "line", "business", "owner", "deputy", "review_every_days"),
    *("issued_on", "effective_from", "effective_to", "supersedes"),
    *("evidence", "source", "verified_by", "verified_on", "sample"),
    *("document_number", "change_kind", "change_note", "decided_by", "transition"),
    *("audience", "applies", "competencies", "formulas", "phrases"),
)
"""The keys of the front matter as they are usually written."""


def wrong_state(entry: Entry, state: str) -> str:
    """Say what is wrong with what was left in an entry; empty for nothing."""
    words = state.strip()
    if mistakes := mistakes_of_typing(state):
        return mistakes[0].message
    if not words:
        return N_("请填写{label}", label=entry.label) if entry.required else ""
    if entry.shape is Shape.DAY and not _is_day(words):
        return N_("请填写真实的日期，如 2026-09-20")
    if entry.shape is Shape.NUMBER and number_of(words) not in REVIEW_DAYS:
        return N_(
            "请填写 {least} 到 {most} 之间的天数",
            least=REVIEW_DAYS[0],
            most=REVIEW_DAYS[-1],
        )
    return ""


def number_of(words: str) -> int | None:
    """Read a small whole number; None for anything else."""
    is_number = words.isascii() and words.isdigit() and len(words) <= LONGEST_NUMBER
    return int(words) if is_number else None


def _is_day(words: str) -> bool:
    try:
        return str(date.fromisoformat(words)) == words
    except ValueError:
        return False
