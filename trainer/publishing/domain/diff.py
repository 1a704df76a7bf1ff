"""The difference of two Chinese texts, for people: which words went, which came.

Tokens are whole numbers with their unit, dates, modal words, Latin words and
addresses, else single characters. They are matched by the patience method (Bram
Cohen, 2006) over runs of tokens: what stands once in both texts and in the same
order is an anchor, and between anchors the search goes on with shorter runs. The
result need not be the shortest difference, but it joins what belongs together.

Nothing here is quadratic: each round costs O(n log n) and there are at most
``MOST_ROUNDS``, so two texts of 20,000 characters take well under a second, also
when they have nothing in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from itertools import pairwise

from trainer.publishing.domain.changes import Change
from trainer.publishing.domain.changes import SectionChange
from trainer.publishing.domain.changes import longest_rise

RUNS = (8, 3, 1)
"""Lengths of the runs of tokens that are tried as anchors, in this order."""

MOST_ROUNDS = 12
"""How often what lies between anchors is searched again."""

MOST_ISLAND = 3
"""Longest equal text, in characters, that is merged with the changes around it."""

STOPS = frozenset("。；，、：！？\n")
"""Tokens that end a part of a sentence."""


class Edit(StrEnum):
    """What became of a piece."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


class Weight(StrEnum):
    """How much hangs on a changed piece: numbers and modal words bind people."""

    PLAIN = "plain"
    NUMBER = "number"
    MODAL = "modal"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a difference.

    ``weight`` is PLAIN for what is equal. A changed number is a piece of its own.
    """

    kind: Edit
    text: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that another one replaced, with units; ``section`` is its name."""

    section: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch that is equal (then ``old == new`` in words) or changed."""

    same: bool
    old: list[_Token]
    new: list[_Token]

    @property
    def size(self) -> int:
        """Tokens on the longer side."""
        return max(len(self.old), len(self.new))


_UNIT = (
    r"%|％|‰|㎡|平方米|个百分点|个?工作日|个?自然日|个月|个季度|小时|分钟|周岁|[万亿]?元"
    r"|[万亿日天周月年岁次倍成套人户份期]"
)
_CHINESE_UNIT = (
    r"个百分点|个?工作日|个?自然日|个月|个季度|小时|分钟|周岁|[日天周年岁倍]"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CHINESE_DIGITS = r"[〇零一二两三四五六七八九十百千万亿]+"
_TOKEN = re.compile(
    rf"""
      (?P<number>
          \d{{4}}-\d{{1,2}}-\d{{1,2}}
        | (?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日
        | \d{{4}}年\d{{1,2}}月
        | {_DIGITS}(?:[ ]?(?:{_UNIT}))?
        | 百分之{_CHINESE_DIGITS}
        | {_CHINESE_DIGITS}(?:{_CHINESE_UNIT})
      )
    # 不动产, 许可, 可能, 相应, 适用 and the like say nothing about what one may do.
    | (?P<modal>不得|不(?!动产|断|仅)|可以|(?<![许认])可(?![能靠])
        |应当|(?<![相对适反供响])应(?![用急])|必须|须(?!知)|禁止)
    | [A-Za-z]+(?:[-_.:/\#?=&]+[A-Za-z0-9]+)*
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def diff_words(old: str, new: str) -> tuple[Piece, ...]:
    """Tell what became of the words of a text.

    Between two changes no equal piece is shorter than two characters: such an
    island, and a plain one of up to ``MOST_ISLAND`` characters between changes at
    least twice as long, is deleted and inserted with them. The end of a line is no
    island. Marks of Markdown are words here: pass plain text where they are not.

    Returns:
        Pieces in reading order, of a change first what went. Those that are not
        INSERT join to ``old``, those that are not DELETE to ``new``.
    """
    before, after = _tokens(old), _tokens(new)
    pairs = _matches([t.text for t in before], [t.text for t in after])
    runs = _tidied(_slid(_runs(before, after, pairs)))
    return tuple(piece for run in runs for piece in _pieces(run))


def summary(changes: Iterable[SectionChange]) -> tuple[NumberChange, ...]:
    """List the numbers that were replaced where the words around them stayed.

    Inside one change the numbers are paired in order when there are equally many
    before and after, and a pair counts when it has the same unit or is all that
    changed there.
    """
    return tuple(
        NumberChange(change.new.name, before, after)
        for change in changes
        if change.change is Change.CHANGED and change.old and change.new
        for before, after in _numbers(diff_words(change.old.text, change.new.text))
    )


def _numbers(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    for same, group in groupby(pieces, key=lambda piece: piece.kind is Edit.EQUAL):
        if same:
            continue
        hunk = list(group)
        numbers = [piece for piece in hunk if piece.weight is Weight.NUMBER]
        gone = [piece.text for piece in numbers if piece.kind is Edit.DELETE]
        come = [piece.text for piece in numbers if piece.kind is Edit.INSERT]
        if len(gone) != len(come):
            continue
        for before, after in zip(gone, come, strict=True):
            is_all = hunk == numbers and gone == [before]
            if before != after and (is_all or _unit(before) == _unit(after)):
                yield before, after


def _unit(number: str) -> str:
    """Give the last character of the unit, so 元 for 万元 and 日 for 工作日."""
    return number[-1] if not number[-1].isdigit() else ""


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(found[0], Weight(found.lastgroup or Weight.PLAIN))
        for found in _TOKEN.finditer(text)
    ]


def _matches(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pair the places of equal tokens; both sides rise."""
    pairs: list[tuple[int, int]] = []
    gaps = [(range(len(old)), range(len(new)))]
    for _ in range(MOST_ROUNDS):
        opened: list[tuple[range, range]] = []
        for gap in gaps:
            left, right = _trimmed(old, new, gap, pairs)
            anchors = _anchors(old, new, left, right)
            if not anchors:
                continue
            pairs += anchors
            start = (left.start - 1, right.start - 1)
            fences = pairwise([start, *anchors, (left.stop, right.stop)])
            opened += [
                (range(i + 1, k), range(j + 1, m))
                for (i, j), (k, m) in fences
                if i + 1 < k and j + 1 < m
            ]
        gaps = opened
    return sorted(pairs)


def _trimmed(
    old: list[str],
    new: list[str],
    gap: tuple[range, range],
    pairs: list[tuple[int, int]],
) -> tuple[range, range]:
    """Pair what is equal at both ends of a gap; give what is left of it."""
    left, right = gap
    while left and right and old[left[0]] == new[right[0]]:
        pairs.append((left[0], right[0]))
        left, right = left[1:], right[1:]
    while left and right and old[left[-1]] == new[right[-1]]:
        pairs.append((left[-1], right[-1]))
        left, right = left[:-1], right[:-1]
    return left, right


def _anchors(
    old: list[str], new: list[str], left: range, right: range
) -> list[tuple[int, int]]:
    """Pair the first tokens of runs that stand once on each side.

    The rest of each run is found when the gap behind its first token is trimmed.
    """
    for length in RUNS:
        olds = _unique(old, left, length)
        news = _unique(new, right, length)
        pairs = [(olds[run], at) for run, at in news.items() if run in olds]
        if pairs:
            return [pairs[at] for at in longest_rise([place for place, _ in pairs])]
    return []


def _unique(
    tokens: list[str], within: range, length: int
) -> dict[tuple[str, ...], int]:
    """Give the runs of a length that occur once, in order, with their places."""
    places: dict[tuple[str, ...], int] = {}
    doubled: set[tuple[str, ...]] = set()
    for at in range(within.start, within.stop - length + 1):
        run = tuple(tokens[at : at + length])
        if run in places:
            doubled.add(run)
        places[run] = at
    return {run: at for run, at in places.items() if run not in doubled}


def _runs(
    old: list[_Token], new: list[_Token], pairs: list[tuple[int, int]]
) -> list[_Run]:
    """Lay the tokens out as runs, equal and changed ones in turn."""
    runs: list[_Run] = []
    i = j = 0
    for p, q in [*pairs, (len(old), len(new))]:
        if p > i or q > j:
            runs.append(_Run(same=False, old=old[i:p], new=new[j:q]))
        if not runs or not runs[-1].same:
            runs.append(_Run(same=True, old=[], new=[]))
        runs[-1].old.extend(old[p : p + 1])
        runs[-1].new.extend(new[q : q + 1])
        i, j = p + 1, q + 1
    return [run for run in runs if run.old or run.new]


def _slid(runs: list[_Run]) -> list[_Run]:
    """Let what only went or only came end with its sentence, not begin with a stop.

    Between ``甲。`` and ``甲。乙。`` came ``乙。``, and not ``。乙``.
    """
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        words = run.old or run.new
        is_movable = not run.same and not (run.old and run.new)
        # A run with one token would leave two changes side by side.
        if is_movable and (len(after.old) > 1 or after is runs[-1]):
            stop = words[0]
            if stop.text in STOPS and after.old[0].text == stop.text:
                words.append(words.pop(0))
                before.old.append(after.old.pop(0))
                before.new.append(after.new.pop(0))
    return [run for run in runs if run.old or run.new]


def _tidied(runs: list[_Run]) -> list[_Run]:
    """Merge islands with the changes on both sides."""
    tidy: list[_Run] = []
    for run in runs:
        tidy.append(run)
        while tidy[2:] and _is_island(*tidy[-3:]):
            after, island = tidy.pop(), tidy.pop()
            # The island did not change, so nothing hangs on it.
            faded = [_Token(token.text) for token in island.old]
            tidy[-1].old.extend(faded + after.old)
            tidy[-1].new.extend(faded + after.new)
    return tidy


def _is_island(before: _Run, run: _Run, after: _Run) -> bool:
    if not run.same or run.size > MOST_ISLAND:  # a longer text is not even joined
        return False
    words = _text(run.old)
    if "\n" in words or len(words) > MOST_ISLAND:
        return False
    is_plain = all(token.weight is Weight.PLAIN for token in run.old)
    is_small = 2 * run.size <= min(before.size, after.size)
    return len(words) == 1 or (is_plain and is_small)


def _pieces(run: _Run) -> Iterator[Piece]:
    if run.same:
        yield Piece(Edit.EQUAL, _text(run.new))
        return
    for kind, tokens in ((Edit.DELETE, run.old), (Edit.INSERT, run.new)):
        for weight, group in groupby(tokens, key=lambda token: token.weight):
            if weight is Weight.NUMBER:
                yield from (Piece(kind, token.text, weight) for token in group)
            else:
                yield Piece(kind, _text(group), weight)


def _text(tokens: Iterable[_Token]) -> str:
    return "".join(token.text for token in tokens)
