"""Chinese law texts as the official databases give them, turned into articles.

Such a file has no front matter: a title, lines that say when it was published and
amended, chapters, and clauses that begin with ``第X条``. Each clause becomes a
section with its number as label and an id made of the number (``art-24``, and
``art-24-1`` for 第二十四条之一), chapters become sections above them. The words stay
as they are; only blanks at both ends of a line go.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from pypinyin import lazy_pinyin

from trainer.core.document import FENCE
from trainer.core.document import Mistake
from trainer.library.domain.numerals import SIGNS
from trainer.library.domain.numerals import number_of

CLAUSE = re.compile(
    rf"^(?P<marks>#+\s*|\*\*)?(?P<label>第(?P<number>[{SIGNS}]+)条"
    rf"(?:之(?P<turn>[{SIGNS}]+))?)(?:\*\*)?(?:\s+(?P<words>.*))?$"
)
HEADING = re.compile(r"^(?P<marks>#+)\s*(?P<words>\S.*)$")
CHAPTER = re.compile(
    rf"^第(?P<number>[{SIGNS}]+)(?P<unit>分编|编|章|节)(?P<words>\s.*|$)"
)
UNITS = {"编": "book", "分编": "part", "章": "chapter", "节": "section"}
"""From the widest to the narrowest, each with its word in an id."""
END_OF_HEAD = "<!-- INFO END -->"
PASSED_OVER = re.compile(r"^<!--.*-->$|^(?:#+\s*)?目\s*录$")
"""Comments, and the heading of a table of contents."""
DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
DAY_IN_NAME = re.compile(r"[(（_]?(\d{4})-(\d{2})-(\d{2})[)）]?")
BEGINS = re.compile(rf"本[\u4e00-\u9fff]{{1,8}}自\s*{DAY.pattern}\s*起(?:施行|实施)")
NUMBER = re.compile(
    r"(?:中华人民共和国)?([\u4e00-\u9fff]{2,10}令(?:第|[〔\[(（]\d{4}[〕\])）])\s*\d+\s*号"
    r"|[\u4e00-\u9fff]{2,8}[〔\[(（]\d{4}[〕\])）]\s*\d+\s*号)"
)
SHELVES = re.compile(
    r"^(?:宪法相关法|民法商法|行政法规|行政法|经济法|社会法|刑法|诉讼与非诉讼程序法"
    r"|地方性法规|监察法规|部门规章|司法解释)_|中华人民共和国"
)
"""What a name begins with because of where the file was kept."""
LONGEST_SLUG = 48
REVIEW_DAYS = 365
ASSUMED = "（原文未写明施行日，施行日待核实）"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawDefaults:
    """What law texts do not say.

    ``effective_from`` is for texts that do not say since when they hold; None
    takes the day of their publication or last amendment.
    """

    line: str = "service"
    owner: str = "service-desk"
    effective_from: date | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """A law text as an article; ``assumed``: its first day was not in the text."""

    text: str
    effective_from: date
    assumed: bool
    clauses: int


@dataclass(slots=True)
class _Part:
    """A chapter or a clause; ``line`` counts from 1, ``clause`` tells which it is."""

    id: str
    heading: str
    line: int
    clause: bool = False
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """A law text while it is read.

    ``parts`` are chapters and clauses, ``clauses`` the latter alone; ``path`` holds
    the open chapter of each unit, ``ids`` those of the chapters so far.
    """

    titles: list[str] = field(default_factory=list)
    info: list[str] = field(default_factory=list)
    preamble: list[str] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    path: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    head_ended: bool = False
    clauses: list[_Part] = field(default_factory=list)


def is_law(text: str) -> bool:
    """Tell a law text from an article: clauses, and no front matter."""
    lines = _lines(text)
    return lines[0] != FENCE and any(map(CLAUSE.match, lines))


def article_of(text: str, name: str, defaults: LawDefaults) -> Law | list[Mistake]:
    """Turn a law text into the text of an article of the kind policy.

    Args:
        text: The file, see :func:`is_law`.
        name: Its name, which becomes the source; a day in it is the last amendment.
        defaults: What the text does not say.

    Returns:
        The article, or what is wrong with the law text, with its lines.
    """
    read = _Reading()
    for number, line in enumerate(_lines(text), 1):
        _take(read, line, number)
    mistakes = _doubled(read.clauses)
    begins, published = _days(read, name)
    begins = begins or defaults.effective_from
    effective_from = begins or published
    if effective_from is None:
        message = "没有找到公布或施行日期；请用 --effective-from 写明施行日"
        mistakes.append(Mistake(1, message))
    if effective_from is None or mistakes:
        return mistakes
    assumed = begins is None
    head = {
        "title": " ".join(read.titles) or _stem(name),
        "kind": "policy",
        "line": defaults.line,
        "owner": defaults.owner,
        "review_every_days": REVIEW_DAYS,
        "issued_on": published,
        "effective_from": effective_from,
        "evidence": "B",
        "source": name + (ASSUMED if assumed else ""),
        "document_number": _document_number(read.info),
    }
    return Law(_written(head, read), effective_from, assumed, len(read.clauses))


def slugs_of(names: Iterable[str]) -> dict[str, str]:
    """Give each file name a slug: its pinyin, shortened, without day and shelf.

    Several days of one law share a slug, for they are versions of one document;
    different laws that sound alike are told apart by a digest.
    """
    stems = {name: _stem(name) for name in names}
    sounds = {stem: _sound(stem) for stem in stems.values()}
    heard = list(sounds.values())
    slugs = {
        stem: sound
        if len(sound) <= LONGEST_SLUG and heard.count(sound) == 1
        else f"{_shortened(sound, LONGEST_SLUG - 5)}-{_digest(stem)}"
        for stem, sound in sounds.items()
    }
    return {name: slugs[stem] for name, stem in stems.items()}


def _digest(stem: str) -> str:
    return hashlib.sha256(stem.encode()).hexdigest()[:4]


def _stem(name: str) -> str:
    stem = DAY_IN_NAME.sub("", name.rpartition(".")[0] or name)
    return SHELVES.sub("", stem).strip(" _-") or stem


def _sound(words: str) -> str:
    joined = "-".join(lazy_pinyin(words)).lower()
    return re.sub(r"[^a-z0-9]+", "-", joined).strip("-") or "law"


def _shortened(sound: str, room: int = LONGEST_SLUG) -> str:
    """Cut between two syllables, so that it fits."""
    if len(sound) <= room:
        return sound
    return sound[: room + 1].rpartition("-")[0] or sound[:room]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.removeprefix("\ufeff").split("\n")]


def _take(read: _Reading, line: str, number: int) -> None:
    """Read one line."""
    read.head_ended |= line == END_OF_HEAD
    if not line or PASSED_OVER.match(line):
        return
    if clause := CLAUSE.match(line):
        read.clauses.append(_clause(clause, number))
        read.parts.append(read.clauses[-1])
    elif words := _chapter(read, line):
        _open_chapter(read, words, number)
    else:
        _keep(read, line)


def _chapter(read: _Reading, line: str) -> str:
    """Give the words of a chapter's heading; empty when the line is none."""
    heading = HEADING.match(line)
    if heading is None:
        return line if CHAPTER.match(line) else ""
    is_title = heading["marks"] == "#" and not read.parts
    return "" if is_title else heading["words"]


def _keep(read: _Reading, line: str) -> None:
    """Put a line where it belongs: below a clause or chapter, or into the head."""
    if read.parts:
        read.parts[-1].lines.append(line)
    elif heading := HEADING.match(line):
        read.titles.append(_spaced(heading["words"]))
    elif read.head_ended:
        read.preamble.append(line)
    elif not read.titles:
        read.titles.append(_spaced(line))
    else:
        read.info.append(line)


def _clause(match: re.Match[str], number: int) -> _Part:
    turn = f"-{number_of(match['turn'])}" if match["turn"] else ""
    part = _Part(
        f"art-{number_of(match['number'])}{turn}", match["label"], number, clause=True
    )
    words = (match["words"] or "").strip()
    if (match["marks"] or "").startswith("#"):
        part.heading = f"{part.heading} {words}".strip()
    elif words:
        part.lines.append(words)
    return part


def _open_chapter(read: _Reading, words: str, number: int) -> None:
    id_ = _chapter_id(read, words)
    if id_ in read.ids and not read.clauses:
        read.parts.clear()  # what stood there was the table of contents
        read.ids.clear()
    read.ids.add(id_)
    read.parts.append(_Part(id_, _spaced(words), number))


def _chapter_id(read: _Reading, words: str) -> str:
    """Make an id of a chapter's number and of the numbers it stands under."""
    match = CHAPTER.match(words)
    if match is None:
        return _shortened(_sound(words[:LONGEST_SLUG]))
    names = list(UNITS.values())
    unit = UNITS[match["unit"]]
    above = names[: names.index(unit)]
    read.path = {name: read.path[name] for name in above if name in read.path}
    read.path[unit] = f"{unit}-{number_of(match['number'])}"
    return "-".join(read.path.values())


def _spaced(words: str) -> str:
    return " ".join(words.split())


def _doubled(clauses: Sequence[_Part]) -> list[Mistake]:
    first: dict[str, _Part] = {}
    mistakes = []
    for clause in clauses:
        before = first.setdefault(clause.id, clause)
        if before is not clause:
            label = clause.heading.split()[0]
            message = f"{label}与第 {before.line} 行重复；一个文件只放一部法规"
            mistakes.append(Mistake(clause.line, message))
    return mistakes


def _days(read: _Reading, name: str) -> tuple[date | None, date | None]:
    """Find the day it holds from, and the day of its last wording; None: not told.

    A first day before the last amendment is that of an earlier wording.
    """
    begins, published = _days_of_head(read.info)
    published += filter(None, map(_day, DAY_IN_NAME.finditer(name)))
    words = "\n".join(line for clause in read.clauses for line in clause.lines)
    begins += filter(None, map(_day, BEGINS.finditer(words)))
    last = max(published, default=None)
    since = [day for day in begins if last is None or day >= last]
    return max(since, default=None), last


def _days_of_head(info: Iterable[str]) -> tuple[list[date], list[date]]:
    """Sort the days that the head names: those it holds from, and all others."""
    begins: list[date] = []
    others: list[date] = []
    for line in info:
        found = list(DAY.finditer(line))
        ends = [match.start() for match in found[1:]] + [len(line)]
        for match, end in zip(found, ends, strict=True):
            told = "施行" in line[match.end() : end]
            (begins if told else others).extend(filter(None, [_day(match)]))
    return begins, others


def _day(match: re.Match[str]) -> date | None:
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _document_number(info: Iterable[str]) -> str | None:
    """Give the last 文号 that the head names."""
    found = NUMBER.findall("\n".join(info))
    return found[-1] if found else None


def _written(head: Mapping[str, object], read: _Reading) -> str:
    lines = [FENCE]
    lines += [f"{key}: {_value(value)}".rstrip() for key, value in head.items()]
    lines += [FENCE]
    if read.info:
        lines += _section(_Part("promulgation", "公布与施行", 0, lines=read.info))
    if read.preamble:
        lines += _section(_Part("preamble", "序言", 0, lines=read.preamble))
    seen = Counter[str]()
    for part in read.parts:
        seen[part.id] += 1
        if seen[part.id] > 1:  # a chapter of this name came before
            part.id = f"{part.id}-x{seen[part.id]}"
        lines += _section(part)
    return "\n".join(lines).rstrip() + "\n"


def _value(value: object) -> str:
    if value is None:
        return ""
    return (
        json.dumps(value, ensure_ascii=False) if isinstance(value, str) else f"{value}"
    )


def _section(part: _Part) -> list[str]:
    level = "###" if part.clause else "##"
    lines = [f"{level} {part.heading} {{#{part.id}}}", ""]
    for line in part.lines:
        # Rows of a table stay together; every other line is a paragraph.
        if line.startswith("|") and lines[-2].startswith("|"):
            lines.pop()
        lines += [line, ""]
    return lines
