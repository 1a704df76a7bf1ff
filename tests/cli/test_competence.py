"""``trainer competence``: rebuilt, calibrated, explained."""

from __future__ import annotations

import pytest

from tests.commands import Terminal
from tests.competence.worlds import learned
from tests.competence.worlds import put_framework
from tests.competence.worlds import see
from tests.people.places import make_person
from trainer.audit import queries as audit
from trainer.kit import db


@pytest.fixture
def filled(terminal: Terminal) -> Terminal:
    with db.writing(terminal.engine) as session:
        put_framework(session)
        see(session, *learned(make_person(session, "clerk").id))
    return terminal


def test_the_cache_is_rebuilt_and_the_calibration_made(filled: Terminal) -> None:
    for _ in range(2):
        ran = filled.run("competence", "rebuild")
        assert (ran.exit_code, ran.stdout) == (0, "已重算 1 人\n")
    ran = filled.run("competence", "calibrate")
    assert ran.exit_code == 0
    assert "用了 38 条记录" in ran.stdout


def test_a_figure_is_explained_and_the_look_is_noted(filled: Terminal) -> None:
    ran = filled.run("competence", "explain", "clerk", "P5", "--on", "2026-10-20")
    assert ran.exit_code == 0
    lines = ran.stdout.splitlines()
    assert lines[0].startswith("clerk（虚构），消费类提取，2026-10-20：估计能办对")
    assert lines[1].startswith("  起点：一般同事")
    with db.reading(filled.engine) as session:
        verbs = [entry.verb for entry in audit.entries(session)]
    assert verbs[-1] == "person.looked"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nobody", "P5"), "没有工号 nobody"),
        (("clerk", "P99"), "没有代码是“P99”的能力项"),
        (("clerk", "P5", "--on", "2999-01-01"), "还没有到"),
    ],
)
def test_what_is_not_there_is_refused(
    filled: Terminal, words: tuple[str, ...], told: str
) -> None:
    ran = filled.run("competence", "explain", *words)
    assert ran.exit_code == 3
    assert told in ran.stderr
