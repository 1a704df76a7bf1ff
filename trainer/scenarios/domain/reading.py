"""From the text of a scenario to its graph, or to mistakes with lines.

The format is described in ``docs/scenario-format.md``. A text in which something
still says 【请填写…】 is one that is being written: then what is wrong with its graph
does not keep it from being saved, and nobody can submit it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sized
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import TypeVar

from trainer.core import document
from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.publishing.domain import header
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.typed import unfinished
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.linting import linted
from trainer.scenarios.domain.scenario import ANY
from trainer.scenarios.domain.scenario import MOODS
from trainer.scenarios.domain.scenario import RUBRIC
from trainer.scenarios.domain.scenario import Bounds
from trainer.scenarios.domain.scenario import Case
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Cite
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Ending
from trainer.scenarios.domain.scenario import Mark
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.domain.scenario import Outcome
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.domain.scenario import When
from trainer.topics.domain import outline
from trainer.topics.domain.outline import Record

Word = TypeVar("Word", bound=str)

SAID = 400
"""Characters of what a citizen says."""
WHY = 300
DEBRIEF = 600

PATIENCE = range(5, 61)
MINUTES = range(1, 16)
RISK = range(4)
PERCENT = range(1, 101)
MOVED = range(-3, 4)

MOST_CASES = 4
MOST_CHOICES = 6
MOST_NODES = 60
MOST_ENDINGS = 20
MOST_MARKS = 12

CITE = re.compile(r"([a-z0-9-]+)#([a-z0-9-]+)")
BOUND = re.compile(r"(>=|<=) ?(\d)", re.ASCII)
WHOLE = re.compile(r"[+-]?\d{1,2}", re.ASCII)

KEYS = (
    *("about", "on", "start", "patience", "timeout", "mood", "pass"),
    *("cases", "rubric", "nodes", "endings"),
)
NODE_KEYS = ("id", "says", "lines", "who", "tests", "choices")
CHOICE_KEYS = (
    *("id", "text", "rating", "rates", "to", "when", "learns", "mood", "risk"),
    *("minutes", "competency", "why", "cites"),
)
ENDING_KEYS = ("id", "outcome", "says", "debrief")
MARK_KEYS = ("id", "competency", "name", "levels")


@dataclass(frozen=True, slots=True)
class Parsed:
    """Outcome of parsing: a header and a scenario, or why there are none.

    ``warnings`` are what its author must know; in a text that is being written also
    what is wrong with the graph.
    """

    header: Header | None
    scenario: Scenario | None
    mistakes: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...] = ()


def parse(text: str) -> Parsed:
    """Parse the text of a scenario; never raises."""
    parsed = read(text)
    if parsed.scenario is None:
        return parsed
    lint = linted(parsed.scenario)
    if not lint.mistakes or unfinished(text):
        warnings = tuple(sorted({*lint.mistakes, *lint.warnings}))
        return replace(parsed, warnings=warnings)
    return Parsed(None, None, lint.mistakes, lint.warnings)


def read(text: str) -> Parsed:
    """Parse a text without looking at its graph; never raises."""
    split = document.parse(text)
    head, mistakes = header.read(split, others=frozenset({"kind"}))
    if split.meta and split.meta.get("kind") != SCENARIO:
        line = split.lines.get("kind", 1)
        mistakes.append(Mistake(line, N_("“kind”应是 {kind}", kind=SCENARIO)))
    if not split.meta:
        return Parsed(None, None, tuple(mistakes))
    # With as many empty lines above it, its lines are those of the file.
    record = outline.read("\n" * (split.body_line - 1) + split.body, KEYS)
    found = _Reading(record).scenario(split.body_line) if record.readable else None
    mistakes += record.mistakes
    if mistakes:
        return Parsed(None, None, tuple(sorted(set(mistakes))))
    return Parsed(head, found, ())


class _Reading:
    """One scenario being read; what is wrong goes to the mistakes of the record."""

    def __init__(self, record: Record) -> None:
        self._top = record
        self._ids: dict[str, int] = {}

    def scenario(self, line: int) -> Scenario:
        """Read all of it."""
        top = self._top
        on = top.day("on")
        if not top.has("on"):
            top.wrong(N_("缺少“{key}”", key="on"))
        nodes = top.records("nodes", NODE_KEYS)
        endings = top.records("endings", ENDING_KEYS)
        _at_most(top, "nodes", nodes, MOST_NODES)
        _at_most(top, "endings", endings, MOST_ENDINGS)
        return Scenario(
            about=top.text("about"),
            on=on or date.min,
            start=top.text("start"),
            patience=top.whole("patience", PATIENCE, 20),
            timeout=top.text("timeout", required=False),
            mood=top.whole("mood", MOODS, 3),
            pass_percent=top.whole("pass", PERCENT, 70),
            cases=self._cases(),
            nodes=tuple(map(self._node, nodes)),
            endings=tuple(map(self._ending, endings)),
            rubric=self._rubric() or RUBRIC,
            line=line,
        )

    def _cases(self) -> tuple[Case, ...]:
        seen: dict[str, int] = {}
        found = self._top.records("cases", ("id", "told"), required=False)
        if len(found) == 1:
            told = N_("“cases”只有一个；要么写两个以上，要么不写")
            self._top.wrong(told, "cases")
        _at_most(self._top, "cases", found, MOST_CASES)
        return tuple(Case(each.code("id", seen), each.text("told")) for each in found)

    def _node(self, record: Record) -> Node:
        seen: dict[str, int] = {}
        lines = record.records("lines", ("case", "says"), required=False)
        choices = record.records("choices", CHOICE_KEYS, required=False)
        _at_most(record, "choices", choices, MOST_CHOICES)
        return Node(
            id=record.code("id", self._ids),
            says=record.paragraph("says", SAID),
            lines={each.text("case"): each.paragraph("says", SAID) for each in lines},
            who=record.text("who", required=False),
            tests=frozenset(_among(record, "tests", tuple(Dimension))),
            choices=tuple(_choice(each, seen) for each in choices),
            line=record.line,
        )

    def _ending(self, record: Record) -> Ending:
        return Ending(
            id=record.code("id", self._ids),
            outcome=record.choice("outcome", tuple(Outcome), None),
            says=record.paragraph("says", SAID),
            debrief=record.paragraph("debrief", DEBRIEF),
            line=record.line,
        )

    def _rubric(self) -> tuple[Mark, ...]:
        seen: dict[str, int] = {}
        found = self._top.records("rubric", MARK_KEYS, required=False)
        _at_most(self._top, "rubric", found, MOST_MARKS)
        return tuple(_mark(each, seen) for each in found)


def _choice(record: Record, seen: dict[str, int]) -> Choice:
    return Choice(
        id=record.code("id", seen),
        text=record.text("text"),
        rating=record.choice("rating", tuple(Rating), None),
        rates=_rates(record),
        to=record.text("to"),
        when=_when(record),
        learns=frozenset(_codes(record, "learns")),
        mood=_moved(record),
        risk=record.whole("risk", RISK, 0),
        minutes=record.whole("minutes", MINUTES, 1),
        competency=record.text("competency", required=False),
        why=record.paragraph("why", WHY, required=False),
        cites=tuple(_cites(record)),
        line=record.line,
    )


def _mark(record: Record, seen: dict[str, int]) -> Mark:
    levels = tuple(text.words for text in record.texts("levels"))
    if len(levels) == 1:
        record.wrong(N_("“levels”至少要有两级"), "levels")
    return Mark(
        id=record.code("id", seen),
        competency=record.text("competency"),
        name=record.text("name"),
        levels=levels,
        line=record.line,
    )


def _rates(record: Record) -> dict[Dimension, Rating]:
    rates: dict[Dimension, Rating] = {}
    for name, told in record.mapping("rates").items():
        try:
            rates[Dimension(name)] = Rating(told[0])
        except ValueError:
            words = N_(
                "“rates”应写作 维度: 评价，维度有 {dimensions}，评价有 {ratings}",
                dimensions=[*Dimension],
                ratings=[*Rating],
            )
            record.wrong(words, "rates")
    return rates


def _when(record: Record) -> When:
    told = record.mapping("when")
    for key in sorted({*told} - {"case", "knows", "lacks", "mood", "risk"}):
        record.wrong(N_("不认识的键“{key}”；请查对拼写", key=key), "when")
    return When(
        cases=frozenset(told.get("case", ())),
        knows=frozenset(told.get("knows", ())),
        lacks=frozenset(told.get("lacks", ())),
        mood=_bounds(record, told.get("mood", ())),
        risk=_bounds(record, told.get("risk", ())),
    )


def _bounds(record: Record, told: tuple[str, ...]) -> Bounds:
    """Read one bound, or two that hold together."""
    found = ANY
    for words in told:
        parts = BOUND.fullmatch(words)
        if parts is None:
            record.wrong(N_('条件“{words}”应写作 ">=2" 或 "<=2"', words=words), "when")
        elif parts[1] == ">=":
            found = replace(found, least=int(parts[2]))
        else:
            found = replace(found, most=int(parts[2]))
    return found


def _moved(record: Record) -> int:
    words = record.text("mood", required=False)
    if not words:
        return 0
    if WHOLE.fullmatch(words) and int(words) in MOVED:
        return int(words)
    record.wrong(N_("选项的“mood”应是 -3 到 3 的整数"), "mood")
    return 0


def _codes(record: Record, key: str) -> Iterator[str]:
    for text in record.texts(key, required=False):
        if outline.CODE.fullmatch(text.words):
            yield text.words
        else:
            told = N_("“{words}”应由小写字母、数字和连字符组成", words=text.words)
            record.wrong(told, key)


def _among(record: Record, key: str, known: tuple[Word, ...]) -> Iterator[Word]:
    for text in record.texts(key):
        found = next((word for word in known if word == text.words), None)
        if found is None:
            told = N_("“{key}”只能是 {words} 之一", key=key, words=[*known])
            record.wrong(told, key)
        else:
            yield found


def _cites(record: Record) -> Iterator[Cite]:
    for text in record.texts("cites", required=False):
        parts = CITE.fullmatch(text.words)
        if parts is None:
            words = N_("“{words}”应写作 文章标识#小节标识", words=text.words)
            record.wrong(words, "cites")
        else:
            yield Cite(parts[1], parts[2], text.line)


def _at_most(record: Record, key: str, found: Sized, most: int) -> None:
    if len(found) > most:
        told = N_("“{key}”最多写 {most} 个", key=key, most=most)
        record.wrong(told, key)
