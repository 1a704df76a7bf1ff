"""Questions of every type that Hypothesis draws, with the words people write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from string import ascii_lowercase

from hypothesis import strategies as st

from trainer.publishing.domain.structured import Cite
from trainer.quizzes.domain.question import Asks
from trainer.quizzes.domain.question import Case
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.rules import Rule
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.base import Choice
from trainer.quizzes.domain.types.deciding import Deciding
from trainer.quizzes.domain.types.filling import Filling
from trainer.quizzes.domain.types.matching import Matching
from trainer.quizzes.domain.types.numbers import Calculating
from trainer.quizzes.domain.types.numbers import Tolerance
from trainer.quizzes.domain.types.numbers import Working
from trainer.quizzes.domain.types.ordering import Ordering
from trainer.quizzes.domain.types.ticking import Option
from trainer.quizzes.domain.types.ticking import Ticking
from trainer.quizzes.domain.types.writing import Point
from trainer.quizzes.domain.types.writing import Writing

SIGNS = (
    "甲乙年月元。，；：（）“”【】Aab19 .,;:|/\\#~={}[]()<>&%-_*'\"!?@$＝｛＼％\u3000\t"
)
"""What words are made of, the signs of every format among them."""

WORDS = st.text(SIGNS, min_size=1, max_size=12).map(str.strip).filter(bool)
PARAGRAPH = (
    st.lists(WORDS, min_size=1, max_size=3)
    .map("\n".join)
    .filter(lambda words: "{{" not in words and words == words.strip())
)
MARKS = st.decimals("0.5", 20, places=1)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def several(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(WORDS, min_size=least, max_size=most, unique=True)


def ticking(draw: st.DrawFn, most: int, rule: Rule, *, one: bool = False) -> Ticking:
    texts = draw(several(2, most))
    right = draw(
        st.sets(st.integers(0, len(texts) - 1), min_size=1, max_size=len(texts))
    )
    right = {min(right)} if one else right
    options = tuple(
        Option(key, text, n in right, draw(st.just("") | WORDS))
        for n, (key, text) in enumerate(zip(ascii_lowercase, texts, strict=False))
    )
    return Ticking(options, rule, one=one)


def matching(draw: st.DrawFn) -> Matching:
    lefts, texts = draw(several(2, 5)), draw(several(2, 6))
    picks = [draw(st.integers(0, len(texts) - 1)) for _ in lefts]
    order = list(dict.fromkeys([*picks, *range(len(texts))]))
    keys = dict(zip(order, ascii_lowercase, strict=False))
    return Matching(
        tuple(lefts),
        tuple(Choice(keys[pick], texts[pick]) for pick in order),
        tuple(keys[pick] for pick in picks),
        draw(st.sampled_from([Rule.ALL, Rule.EACH])),
    )


def calculating(draw: st.DrawFn) -> Calculating:
    by = draw(st.decimals(0, 9, places=2))
    relative = bool(by) and draw(st.booleans())
    number = draw(st.decimals(-999, 999, places=2))
    unit = draw(st.sampled_from(["", "元", "%", "个月"]))
    return Calculating(number, None, Tolerance(by, relative=relative), unit)


WORKING = Calculating(
    None,
    Working(
        "loan-instalment",
        date(2026, 3, 2),
        {"principal": ("300000", "500000"), "years": ("5", "20")},
        {"principal": "{principal}", "years": "{years}", "home": "first"},
    ),
    Tolerance(Decimal("0.01")),
    "元",
)


def multiple(draw: st.DrawFn) -> Body:
    rule = draw(st.sampled_from([Rule.ALL, Rule.PARTIAL, Rule.EACH]))
    return ticking(draw, 10, rule)


def materials(draw: st.DrawFn) -> Body:
    return ticking(draw, 16, draw(st.sampled_from([Rule.ALL, Rule.EACH])))


def filling(draw: st.DrawFn) -> Body:
    wordings = st.lists(several(1, 3).map(tuple), min_size=1, max_size=3)
    rule = draw(st.sampled_from([Rule.ALL, Rule.EACH]))
    return Filling(tuple(draw(wordings)), rule)


def ordering(draw: st.DrawFn) -> Body:
    items = tuple(map(Choice, ascii_lowercase, draw(several(3, 8))))
    return Ordering(items, draw(st.sampled_from([Rule.ALL, Rule.PAIRS])))


def writing(draw: st.DrawFn) -> Body:
    return Writing(tuple(Point(text, draw(MARKS)) for text in draw(several(1, 4))))


BODIES: dict[str, Callable[[st.DrawFn], Body]] = {
    "single": lambda draw: ticking(draw, 8, Rule.ALL, one=True),
    "multiple": multiple,
    "true_false": lambda draw: Deciding(draw(st.booleans())),
    "blanks": filling,
    "number": lambda draw: draw(st.sampled_from([WORKING, calculating(draw)])),
    "order": ordering,
    "match": matching,
    "materials": materials,
    "essay": writing,
}
"""How the body of each type is drawn."""


@st.composite
def questions(draw: st.DrawFn) -> list[Question]:
    """Draw up to four questions; the last two may be of one case."""
    codes = draw(st.lists(st.sampled_from(sorted(BODIES)), min_size=1, max_size=4))
    case = draw(st.none() | st.builds(Case, id=st.just("story"), stem=PARAGRAPH))
    return [
        question(draw, code, f"q-{n}", case if n >= len(codes) - 2 else None)
        for n, code in enumerate(codes)
    ]


def question(draw: st.DrawFn, code: str, key: str, case: Case | None) -> Question:
    body = BODIES[code](draw)
    stem = draw(PARAGRAPH)
    on = draw(st.none() | DAYS)
    marks = draw(MARKS)
    if isinstance(body, Filling):
        stem += "".join(f" {{{{{n}}}}}处" for n in range(1, len(body.blanks) + 1))
    if isinstance(body, Calculating) and body.working:
        stem, on = "贷 {principal} 元 {years} 年", body.working.on
    if isinstance(body, Writing):
        marks = sum((point.marks for point in body.points), Decimal(0))
    asks = draw(st.sampled_from(Asks)) if on else Asks.RULE
    return Question(
        id=key,
        type=code,
        body=body,
        competency=draw(st.sampled_from(["P5", "R3"])),
        topic=draw(st.sampled_from(["withdraw", "loan"])),
        difficulty=draw(st.integers(1, 3)),
        asks=asks,
        on=None if case and not on else on,
        stem=stem,
        marks=marks,
        explanation=draw(PARAGRAPH),
        cites=(Cite("rent-withdrawal", draw(st.sampled_from("abc")), 0),),
        tags=tuple(draw(several(0, 2))),
        case=case,
        line=0,
    )


QUESTIONS = questions()
