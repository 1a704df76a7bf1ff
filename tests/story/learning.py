"""How somebody learns who knows his business: through the pages, answer by answer."""

from __future__ import annotations

import re

from tests.story.town import Town
from tests.story.windows import Sent
from tests.story.windows import Window

MOST_STEPS = 60
"""Pages of one course at the latest."""

NUMBER = re.compile(r"/(\d+)(?:/|$|[?#])")


def key_in(path: str) -> int:
    """Give the key of the attempt or the play in an address."""
    found = NUMBER.search(path)
    assert found, path
    return int(found[1])


def is_placed(town: Town, window: Window, login: str, line: str) -> int:
    """Take the placement test of a line, everything right; gives how many questions."""
    window.goes("/quizzes/placement")
    window.presses("开始", to=f"/{line}/")
    asked = 0
    while "下一题" in window.words:
        solutions = town.solutions(login, key_in(window.path))
        place = max(solutions)
        given: dict[str, Sent] = {f"a{place}": list(solutions[place])}
        window.presses("下一题", to="", **given)
        asked += 1
    return asked


def answers(town: Town, window: Window, login: str, button: str) -> None:
    """Answer everything on a page of questions right, and hand it in."""
    solutions = town.solutions(login, key_in(window.path))
    given: dict[str, Sent] = {
        f"a{place}": list(right) for place, right in solutions.items()
    }
    window.presses(button, to="", **given)
    window.presses(button)


def practises(town: Town, window: Window, login: str) -> None:
    """Do the five questions of the day."""
    window.goes("/quizzes/")
    window.presses("开始今天的五题")
    answers(town, window, login, "结束练习")


def plays(town: Town, window: Window, login: str) -> None:
    """Play a scenario to its end, saying what is best."""
    while "/debrief" not in window.path:
        window.presses(town.best(login, key_in(window.path)))


def learns(town: Town, window: Window, login: str, slug: str) -> list[str]:
    """Go on with a course until an exam, or somebody else; gives the steps taken."""
    taken: list[str] = []
    for _ in range(MOST_STEPS):
        window.goes(f"/courses/{slug}")
        way = window.link("开始学") or window.link("继续") or window.link("先学：")
        if way is None or "/quizzes/" in way:
            return taken
        window.goes(way)
        taken.append(way)
        if "/steps/" in way:
            reads(town, window, login)
        else:
            window.presses("开始")
            plays(town, window, login)
    raise AssertionError(window.words)


def reads(town: Town, window: Window, login: str) -> None:
    """Sign for the text of a step, and answer what is asked about it."""
    if "我读过了" in window.words:
        window.presses("我读过了")
    if window.button("现在答"):
        window.presses("现在答")
        answers(town, window, login, "结束练习")
