"""From Markdown with explicit heading ids to sections and citations.

A heading is ``## 标题 {#id}``, levels 2 to 4. Number labels are read from the
headings: ``### 第二十四条 提取的情形`` and, below it, ``#### （三） 还贷`` become
``第二十四条`` and ``第二十四条（三）``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.publishing.domain.manuscript import Citation
from trainer.publishing.domain.manuscript import Section

# No pattern here may look again and again at what it has seen: a text is hostile.
HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
NAMED = re.compile(r"\{#([^{}\s]*)\}$")
ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
NUMERAL = "零〇一二三四五六七八九十百千0-9"
ARTICLE = re.compile(rf"^(第[{NUMERAL}]+条(?:之[{NUMERAL}]+)?)\s*(.*)$")
ITEM = re.compile(rf"^[（(]([{NUMERAL}]+)[）)]\s*(.*)$")
NOTICE_ITEM = re.compile(rf"^([{NUMERAL}]+)、\s*(.*)$")
FENCE = re.compile(r"^\s*(```|~~~)")
CITATION = re.compile(
    r"\[([^\[\]\n]*)\]\(cite:([a-z0-9-]+)(?:#([a-z0-9-]*))?\)", re.IGNORECASE
)
LEVELS = range(2, 5)


@dataclass(frozen=True, slots=True)
class Outline:
    """The body of an article, taken apart."""

    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(slots=True)
class _Open:
    """A section whose end has not been seen yet."""

    id: str
    level: int
    label: str
    heading: str
    line: int
    lines: list[str]

    def close(self) -> Section:
        text = "\n".join(self.lines).strip()
        return Section(self.id, self.level, self.label, self.heading, text, self.line)


def outline(body: str, first_line: int) -> Outline:
    """Take the body of an article apart; never raises.

    Args:
        body: Markdown.
        first_line: Line of the first line of the body in the file, from 1.
    """
    found: list[_Open] = []
    mistakes: list[Mistake] = []
    fenced = False
    for number, line in enumerate(body.split("\n"), first_line):
        fenced ^= bool(FENCE.match(line))
        heading = None if fenced else HEADING.match(line)
        if heading:
            found.append(_opened(heading, number, found, mistakes))
        elif found:
            found[-1].lines.append(line)
        elif line.strip():
            mistakes.append(
                Mistake(number, N_("第一个标题之前有文字；请移到某个标题之下"))
            )
    if fenced:
        mistakes.append(Mistake(first_line, N_("有一段代码块没有结束；请补上 ``` 行")))
    if not found and not mistakes:
        mistakes.append(Mistake(first_line, N_("没有正文；至少要有一个标题")))
    sections = tuple(section.close() for section in found)
    mistakes += _doubled(sections)
    return Outline(sections, tuple(_citations(found)), tuple(mistakes))


def label_of(heading: str, parent: str) -> tuple[str, str]:
    """Split a heading into its number label and the rest.

    Args:
        heading: Heading without its id.
        parent: Label of the clause it stands under, may be empty.
    """
    if match := ARTICLE.match(heading):
        return match[1], match[2]
    if match := ITEM.match(heading):
        return f"{parent}（{match[1]}）", match[2]
    if match := NOTICE_ITEM.match(heading):
        return f"{match[1]}、", match[2]
    return "", heading


def _opened(
    heading: re.Match[str], number: int, found: list[_Open], mistakes: list[Mistake]
) -> _Open:
    level, words = len(heading[1]), heading[2].strip()
    if level not in LEVELS:
        mistakes.append(
            Mistake(number, N_("标题用 ## 到 ####；文章名写在说明部分的 title"))
        )
    named = NAMED.search(words)
    section_id = named[1] if named else ""
    words = words[: named.start()].rstrip() if named else words
    if not named:
        mistakes.append(
            Mistake(
                number,
                N_("标题“{words}”缺少固定编号；请在行尾写 {{#编号}}", words=words),
            )
        )
    elif not ID.match(section_id):
        mistakes.append(
            Mistake(
                number,
                N_(
                    "编号“{anchor}”只能用小写字母、数字和连字符",
                    anchor=section_id,
                ),
            )
        )
    parent = next((s.label for s in reversed(found) if s.level < level), "")
    label, rest = label_of(words, parent)
    return _Open(section_id, level, label, rest, number, [])


def _doubled(sections: tuple[Section, ...]) -> list[Mistake]:
    first: dict[str, int] = {}
    mistakes = []
    for section in sections:
        if section.id and section.id in first:
            mistakes.append(
                Mistake(
                    section.line,
                    N_(
                        "编号“{anchor}”与第 {line} 行重复；请另起一个",
                        anchor=section.id,
                        line=first[section.id],
                    ),
                )
            )
        first.setdefault(section.id, section.line)
    return mistakes


def _citations(found: list[_Open]) -> list[Citation]:
    return [
        Citation(section.id, match[2], match[3] or "", section.line + at, match[1])
        for section in found
        for at, line in enumerate(section.lines, 1)
        for match in CITATION.finditer(line)
    ]
