"""From a question to what is looked for: the steps before the index.

Letters become words, slips are corrected, synonyms and official words are added,
numbers get their normal forms. Nothing here looks at a document.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.search.domain.clarify import Clarifying
from trainer.search.domain.exact import Names
from trainer.search.domain.expansion import Expanded
from trainer.search.domain.expansion import Expansions
from trainer.search.domain.nearby import Nearby
from trainer.search.domain.numbers import forms
from trainer.search.domain.pinyin import Meaning
from trainer.search.domain.pinyin import Pinyin
from trainer.search.domain.places import Places
from trainer.search.domain.question import Question
from trainer.search.domain.typos import Slip
from trainer.search.domain.typos import Typos

ALTERNATIVE = 0.5
"""Weight of a second meaning of letters."""

SPOKEN = 0.7
"""Weight of the official word for a spoken one. With the 0.5 of the glossary spoken
questions found their card first less often, with 1 half-typed ones did."""

FILLER = 0.7
"""Weight of a term that only makes a sentence of the others."""

FILLING = frozenset(
    "的了吗呢吧啊呀嘛么咋啥怎谁哪这那我你他她它咱俺您们是就都也还又才把被给让叫跟和与"
    "能会可以想要得说问办弄搞整个一下有没不行到来去在上里头点儿子人家好多少几样"
)
"""Characters of such terms. Articles are written, so these are rare in them, and what
is rare weighs much: 咋 would pull a question to the one article that has it."""

NUMBER = 1.5
"""Weight of the normal form of a number; few documents have the same one."""


@dataclass(frozen=True, slots=True)
class Also:
    """A word to look for besides the question, and its weight above 0."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Understood:
    """A question, understood.

    Attributes:
        question: What was typed.
        text: The question with letters read and slips corrected.
        meanings: How letters were read.
        slips: What was corrected.
        expanded: Words of the glossary in it, and what they lead to.
        also: What is looked for besides ``text``; of one word the greatest weight
            counts.
    """

    question: Question
    text: str
    meanings: tuple[Meaning, ...]
    slips: tuple[Slip, ...]
    expanded: tuple[Expanded, ...]
    also: tuple[Also, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What our own texts teach about questions; one for a state of the texts."""

    pinyin: Pinyin
    typos: Typos
    nearby: Nearby
    expansions: Expansions
    names: Names
    places: Places
    clarifying: Clarifying

    def understand(
        self, question: Question, seen: Callable[[str], int], *, as_typed: bool = False
    ) -> Understood:
        """Understand a question.

        Args:
            question: What was typed.
            seen: How many documents hold a pair of characters.
            as_typed: Correct no slips: the person insists.
        """
        meanings = self.pinyin.meanings(question.text)
        text = question.text
        for meaning in meanings:
            text = text.replace(meaning.typed, meaning.text, 1)
        slips = () if as_typed else self.typos.slips(text, seen)
        for slip in slips:
            text = text.replace(slip.typed, slip.word, 1)
        expanded = self.expansions.of(text)
        return Understood(
            question,
            text,
            meanings,
            slips,
            expanded,
            _also(text, meanings, expanded),
        )


def _also(
    text: str, meanings: tuple[Meaning, ...], expanded: tuple[Expanded, ...]
) -> tuple[Also, ...]:
    found = [
        Also(word, ALTERNATIVE)
        for meaning in meanings
        for words in meaning.words
        for word in words[1:]
    ]
    found += [Also(form, NUMBER) for form in forms(text, typed=True)]
    for other in expanded:
        weight = max(other.weight, SPOKEN)
        found.append(Also(other.word, weight))
        found += [Also(form, NUMBER * weight) for form in forms(other.word)]
    return tuple(found)


def is_filling(term: str) -> bool:
    """Whether a term only makes a sentence of the others."""
    return FILLING.issuperset(term)


def weight_of(term: str) -> float:
    """Give the weight of a term that was typed."""
    return FILLER if is_filling(term) else 1.0
