"""Small scenarios for tests, and random ones that are whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from tests.commands import REPOSITORY
from trainer.scenarios.domain.scenario import Bounds
from trainer.scenarios.domain.scenario import Case
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Cite
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Ending
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.domain.scenario import Outcome
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.domain.scenario import When

FORMAT = REPOSITORY / "docs" / "scenario-format.md"
DAY = date(2026, 9, 28)
CITES = (Cite("rent-withdrawal", "conditions"),)

GOOD = Ending(id="good", outcome=Outcome.GOOD, says="谢谢", debrief="办得好", line=101)
BAD = Ending(id="bad", outcome=Outcome.BAD, says="哼", debrief="办砸了", line=102)


def example(path: Path = FORMAT) -> str:
    """Give the text that the format is described with."""
    return path.read_text("utf-8").split("```yaml\n", 1)[1].split("```", 1)[0]


def a_choice(
    key: str, to: str, rating: Rating = Rating.BEST, text: str = "", **more: object
) -> Choice:
    made = Choice(
        id=key,
        text=text or f"我说{key}",
        rating=rating,
        to=to,
        why="因为",
        cites=CITES,
        line=50,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # by name


def a_node(key: str, *choices: Choice, line: int = 10) -> Node:
    return Node(
        id=key,
        says=f"群众在{key}说",
        tests=frozenset({Dimension.POLICY}),
        choices=choices,
        line=line,
    )


def a_scenario(*nodes: Node, **more: object) -> Scenario:
    made = Scenario(
        about="练习",
        on=DAY,
        start=nodes[0].id,
        nodes=nodes,
        endings=(GOOD, BAD),
        line=1,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # by name


def small(*more: Choice, **others: object) -> Scenario:
    """Give two nodes in a row that are whole, with more choices at the first."""
    # What is best is neither first, nor longest, nor the politest.
    first = (
        a_choice("no", "bad", Rating.BAD, "抱歉，请您回去"),
        a_choice("yes", "two"),
    )
    return a_scenario(
        a_node("one", *first, *more),
        a_node(
            "two",
            a_choice("rude", "bad", Rating.BAN, "您请回吧，下次再说"),
            a_choice("right", "good"),
        ),
        **others,
    )


def knows(*facts: str) -> When:
    return When(knows=frozenset(facts))


def in_case(*cases: str) -> When:
    return When(cases=frozenset(cases))


CASES = (Case("a", "一种"), Case("b", "另一种"))

few = settings(max_examples=60, deadline=None)

FACTS = ("seen", "asked", "told")


def random_choice(chance: Random, key: str, to: str, *, picky: bool = False) -> Choice:
    """Make a choice; a picky one is not always offered."""
    rating = Rating.BEST if key == "best" else chance.choice([*Rating])
    rates = chance.sample([*Dimension], chance.randrange(3)) if key != "best" else []
    when = When(
        knows=some(chance),
        lacks=some(chance),
        mood=Bounds(most=chance.randrange(10)),
        risk=Bounds(least=chance.randrange(4)),
    )
    return a_choice(
        key,
        to,
        rating,
        rates={dimension: chance.choice([*Rating]) for dimension in rates},
        when=when if picky else When(),
        learns=some(chance),
        mood=chance.randint(-3, 3),
        risk=chance.randrange(4),
        minutes=chance.randint(1, 4),
    )


def some(chance: Random) -> frozenset[str]:
    return frozenset(chance.sample(FACTS, chance.randrange(3)))


def random_scenario(seed: int) -> Scenario:
    """Make a scenario that is whole: one road is best all the way to the good end."""
    chance = Random(seed)  # noqa: S311  (an example)
    places = [f"n{n}" for n in range(chance.randint(2, 9))]
    loops = chance.random() < 0.5
    nodes = []
    for at, key in enumerate(places):
        onward = [*places[at + 1 :], "good", "bad"]
        anywhere = places + onward if loops else onward
        way = [
            random_choice(chance, "best", onward[0]),
            random_choice(chance, "other", chance.choice(anywhere) if at else "bad"),
            random_choice(chance, "picky", chance.choice(anywhere), picky=True),
        ]
        chance.shuffle(way)
        tests = frozenset(chance.sample([*Dimension], chance.randint(1, 4)))
        nodes.append(replace(a_node(key, *way), tests=tests))
    return a_scenario(
        *nodes,
        patience=chance.randint(40, 60),
        timeout="bad" if loops else "",
        mood=chance.randrange(6),
        cases=chance.choice([(), CASES]),
    )


def scenarios() -> st.SearchStrategy[Scenario]:
    """Give random scenarios; drawn from a seed, which is quick."""
    return st.integers(0, 2**32 - 1).map(random_scenario)
