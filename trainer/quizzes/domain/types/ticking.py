"""单选, 多选 and 材料勾选: something is ticked."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_lowercase

from trainer.core.wording import N_
from trainer.quizzes.domain import rules
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.answers import shuffled
from trainer.quizzes.domain.rules import Rule
from trainer.quizzes.domain.types.base import Asked
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.base import Choice
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.domain.types.base import Type
from trainer.quizzes.domain.types.base import ruled
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline_text import Written


@dataclass(frozen=True, slots=True)
class Option:
    """Something to tick; ``why`` says why it is wrong, or why it is right."""

    key: str
    text: str
    right: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ticking:
    """Options of which some are right; drawn is the order of their keys.

    ``one`` allows a single tick. An answer is the keys that are ticked, sorted.
    """

    options: tuple[Option, ...]
    rule: Rule
    one: bool = False

    def draw(self, dice: Dice, *, shuffle: bool) -> Drawn:
        """Let chance order the options."""
        keys = [option.key for option in self.options]
        return tuple(shuffled(keys, dice) if shuffle else keys)

    def face(self, stem: str, drawn: Drawn) -> Face:
        """Show the options in the order drawn."""
        texts = {option.key: option.text for option in self.options}
        choices = tuple(Choice(key, texts[key]) for key in drawn)
        rule = "" if self.one else rules.RULE_NAMES[self.rule]
        return Face(stem=stem, choices=choices, rule=rule)

    def read(self, given: Sequence[str], drawn: Drawn) -> Answer:
        """Take known keys, each once."""
        ticked = tuple(sorted(set(given) - {""}))
        if not set(ticked) <= set(drawn):
            raise BadAnswerError(N_("选了题目里没有的选项；请刷新页面再答"))
        if self.one and len(ticked) > 1:
            raise BadAnswerError(N_("单选题只能选一项"))
        return ticked

    def score(self, answer: Answer, drawn: Drawn) -> Fraction:  # noqa: ARG002  (as all types)
        """Score the ticks by the rule."""
        return rules.ticks(set(answer), self._right(), self.rule)

    @property
    def guess(self) -> float:
        """Chance to be right without knowing."""
        return 1 / len(self.options) if self.one else 1 / (2 ** len(self.options) - 1)

    def solution(self, drawn: Drawn) -> Solution:
        """Give the right ones in the order drawn, and what is said of each."""
        right = self._right()
        texts = {option.key: option.text for option in self.options}
        return Solution(
            answer=tuple(sorted(right)),
            words=tuple(texts[key] for key in drawn if key in right),
            whys={option.key: option.why for option in self.options if option.why},
        )

    def _right(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options if option.right)


OPTION_KEYS = ("text", "correct", "why")
ITEM_KEYS = ("text", "needed", "why")
TICKED_RULES = (Rule.ALL, Rule.PARTIAL, Rule.EACH)


def _options(record: Record, key: str, mark: str, most: int) -> tuple[Option, ...]:
    keys = OPTION_KEYS if mark == "correct" else ITEM_KEYS
    found = record.records(key, keys)
    if record.readable and not 2 <= len(found) <= most:  # noqa: PLR2004  (nothing to choose from)
        record.wrong(N_("“{key}”要有 2 到 {most} 项", key=key, most=most), key)
    options = tuple(
        Option(
            key=letter,
            text=each.text("text"),
            right=each.flag(mark),
            why=each.text("why", required=False),
        )
        for letter, each in zip(ascii_lowercase, found, strict=False)
    )
    texts = [option.text for option in options]
    if len(set(texts)) < len(texts):
        record.wrong(N_("“{key}”里有两项一样", key=key), key)
    if options and not any(option.right for option in options):
        record.wrong(N_("没有标出正确的一项；请写 {mark}: true", mark=mark), key)
    return options


def _read_single(record: Record, _asked: Asked) -> Ticking:
    options = _options(record, "options", "correct", 8)
    if sum(option.right for option in options) > 1:
        record.wrong(N_("单选题只能有一项正确；几项都对的请用 multiple"), "options")
    return Ticking(options, Rule.ALL, one=True)


def _read_multiple(record: Record, _asked: Asked) -> Ticking:
    options = _options(record, "options", "correct", 10)
    return Ticking(options, record.choice("rule", TICKED_RULES, Rule.ALL))


def _read_materials(record: Record, _asked: Asked) -> Ticking:
    items = _options(record, "items", "needed", 16)
    return Ticking(items, record.choice("rule", (Rule.ALL, Rule.EACH), Rule.EACH))


def _written(body: Body, mark: str) -> list[Written]:
    assert isinstance(body, Ticking)  # noqa: S101  (its own body)
    return [
        {"text": option.text}
        | ({mark: "true"} if option.right else {})
        | ({"why": option.why} if option.why else {})
        for option in body.options
    ]


def _write_single(body: Body) -> Mapping[str, Written]:
    return {"options": _written(body, "correct")}


def _write_multiple(body: Body) -> Mapping[str, Written]:
    assert isinstance(body, Ticking)  # noqa: S101  (its own body)
    return {**ruled(body.rule, Rule.ALL), "options": _written(body, "correct")}


def _write_materials(body: Body) -> Mapping[str, Written]:
    assert isinstance(body, Ticking)  # noqa: S101  (its own body)
    return {**ruled(body.rule, Rule.EACH), "items": _written(body, "needed")}


SINGLE = Type(
    code="single",
    name=N_("单选"),
    keys=("options",),
    read=_read_single,
    write=_write_single,
)
MULTIPLE = Type(
    code="multiple",
    name=N_("多选"),
    keys=("options", "rule"),
    read=_read_multiple,
    write=_write_multiple,
)
MATERIALS = Type(
    code="materials",
    name=N_("材料勾选"),
    keys=("items", "rule"),
    read=_read_materials,
    write=_write_materials,
)
