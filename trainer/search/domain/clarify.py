"""Asking back: a question without a business word has no answer yet.

我是本市户口，如何提取公积金？ can mean a dozen businesses. Three things decide, each is
offered as a few choices, and each choice is the question asked again with one more
word or on another day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trainer.core.wording import N_
from trainer.search.domain.numbers import forms
from trainer.search.domain.question import LONGEST

BUSINESS, PLACE, DAY = N_("要办哪种业务"), N_("房子或缴存在哪里"), N_("按哪一天的规定")
PLACES = ((N_("就在本市"), "本市"), (N_("在外地"), "异地"))
MOST_OPTIONS = 8

TELLING = ("no", "art", "pct", "age", "m")
"""Beginnings of the forms of numbers that say what a question is about."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the question to ask instead, and on which business date."""

    label: str
    words: str
    on: date


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that decides, with its options."""

    about: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What may be asked about: a line, the words that point to it, its businesses."""

    name: str
    pointers: tuple[str, ...]
    businesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clarifying:
    """What is needed to ask back; immutable.

    Attributes:
        specific: Words that tell one business from another.
        topics: Lines with their businesses, in the order of the site.
        turns: Days on which other wordings begin to hold, ascending.
    """

    specific: frozenset[str]
    topics: tuple[Topic, ...]
    turns: tuple[date, ...] = ()

    def is_vague(self, text: str) -> bool:
        """Whether a question carries no word that tells one business from another.

        An amount or some days do not tell either: 我要取5万, 3天能办好吗.
        """
        if any(word in text for word in self.specific):
            return False
        return not any(form.startswith(TELLING) for form in forms(text, typed=True))

    def choices(self, text: str, on: date) -> tuple[Choice, ...]:
        """Give the three deciding choices for a question on a day."""
        options = [
            Option(name, f"{name} {text}"[:LONGEST], on) for name in self._names(text)
        ]
        places = [
            Option(label, f"{text} {word}"[:LONGEST], on) for label, word in PLACES
        ]
        days = [Option(N_("{on} 当天", on=on), text, on)]
        before = [day for day in self.turns if day <= on]
        if before:
            last = date.fromordinal(before[-1].toordinal() - 1)
            days.append(Option(N_("{last} 及以前", last=last), text, last))
        return (
            Choice(BUSINESS, tuple(options)),
            Choice(PLACE, tuple(places)),
            Choice(DAY, tuple(days)),
        )

    def _names(self, text: str) -> tuple[str, ...]:
        """Give the businesses a question may be about, else the lines."""
        for topic in self.topics:
            if any(pointer in text for pointer in topic.pointers):
                return topic.businesses[:MOST_OPTIONS]
        return tuple(topic.name for topic in self.topics)[:MOST_OPTIONS]
