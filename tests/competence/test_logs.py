"""Files of answers: what is read, what is left out, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest

from trainer.competence.domain.evaluation.synthetic import Recipe
from trainer.competence.domain.evaluation.synthetic import made_up
from trainer.competence.service import Columns
from trainer.competence.service import Log
from trainer.competence.service import LogError
from trainer.competence.service import read_log
from trainer.competence.service import write_world

HEAD = "user,item,skills,correct,time\n"
DAY = datetime(2026, 1, 31, tzinfo=UTC).timestamp() / 86400


def read(folder: Path, text: str, columns: Columns = Columns()) -> Log:  # noqa: B008  (frozen)
    path = folder / "log.csv"
    path.write_text(text, "utf-8")
    return read_log(path, columns)


def test_a_line_is_an_answer(tmp_path: Path) -> None:
    line = "zhang,q1,P5; P6;P5,1,2026-01-31 12:00:00\n"
    [answer] = read(tmp_path, HEAD + line).answers
    assert answer.person == "zhang"
    assert answer.seen.item == "q1"
    assert answer.seen.competencies == ("P5", "P6")
    assert answer.seen.outcome == 1
    assert answer.seen.day == pytest.approx(DAY + 0.5)
    assert (answer.seen.guess, answer.seen.slip) == (0, 0)


@pytest.mark.parametrize(
    "time",
    [
        "2026-01-31",
        "2026-01-31T00:00:00Z",
        "2026-01-31T08:00:00+08:00",
        str(int(DAY * 86400)),
        str(int(DAY * 86400_000)),
        f"{DAY * 86400_000:.1f}",
    ],
)
def test_a_moment_is_written_in_many_ways(tmp_path: Path, time: str) -> None:
    [answer] = read(tmp_path, f"{HEAD}zhang,q1,P5,0,{time}\n").answers
    assert answer.seen.day == pytest.approx(DAY)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("1", 1), ("true", 1), ("CORRECT", 1), ("1.0", 1), ("0", 0), ("Incorrect", 0)],
)
def test_right_and_wrong_have_many_names(
    tmp_path: Path, text: str, outcome: int
) -> None:
    [answer] = read(tmp_path, f"{HEAD}zhang,q1,P5,{text},0\n").answers
    assert answer.seen.outcome == outcome


@pytest.mark.parametrize(
    "line",
    [
        "zhang,q1,P5,0.5,0",
        "zhang,q1,P5,hint,0",
        "zhang,q1,,1,0",
        "zhang,,P5,1,0",
        ",q1,P5,1,0",
        "zhang",
    ],
)
def test_what_is_no_answer_is_left_out_and_counted(tmp_path: Path, line: str) -> None:
    log = read(tmp_path, f"{HEAD}zhang,q1,P5,1,0\n{line}\n")
    assert (len(log.answers), log.left_out) == (1, 1)


def test_answers_come_oldest_first_and_else_as_they_stand(tmp_path: Path) -> None:
    lines = "a,q1,s,1,86400\na,q2,s,1,0\na,q3,s,1,0\n"
    timed = read(tmp_path, HEAD + lines).answers
    assert [a.seen.item for a in timed] == ["q2", "q3", "q1"]
    untimed = read(tmp_path, HEAD + lines, Columns(time="")).answers
    assert [a.seen.item for a in untimed] == ["q1", "q2", "q3"]


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    text = "学号\t题号\t能力\t对错\nzhang\tq1\tP5~~P6|P7\t1\n"
    columns = Columns(user="学号", item="题号", skills="能力", correct="对错", time="")
    [answer] = read(tmp_path, text, columns).answers
    assert answer.seen.competencies == ("P5", "P6", "P7")


def test_guess_and_slip_are_read_where_they_are(tmp_path: Path) -> None:
    text = "user,item,skills,correct,time,guess,slip\nzhang,q1,P5,1,0,0.25,\n"
    [answer] = read(tmp_path, text).answers
    assert (answer.seen.guess, answer.seen.slip) == (0.25, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("user,item,correct,time\n", "没有“skills”这一列（有：user、item、correct"),
        ("", "没有“user”这一列"),
        (HEAD, "没有能用的作答"),
        (f"{HEAD}zhang,q1,P5,maybe,0\n", "没有能用的作答"),
        (f"{HEAD}a,q1,s,1,0\na,q1,s,1,昨天\n", "第 3 行的时间“昨天”读不懂"),
        (f"{HEAD}a,q1,s,1,2026-02-30\n", "第 2 行的时间“2026-02-30”读不懂"),
        (f"{HEAD}a,q1,s,1,nan\n", "第 2 行的时间“nan”读不懂"),
        (f"{HEAD}a,q1,s,1,\n", "第 2 行的时间“”读不懂"),
        (f"{HEAD[:-1]},guess\na,q1,s,1,0,1.2\n", "第 2 行的概率“1.2”要在 0 到 1"),
        (f"{HEAD[:-1]},guess\na,q1,s,1,0,很大\n", "第 2 行的概率“很大”要在 0 到 1"),
        (f"{HEAD[:-1]},guess,slip\na,q1,s,1,0,.5,.5\n", "第 2 行猜对与失误的概率"),
    ],
)
def test_a_file_that_is_no_log_is_refused_in_a_sentence(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(LogError, match=told):
        read(tmp_path, text)


def test_a_made_up_log_is_read_back(tmp_path: Path) -> None:
    world = made_up(Recipe(people=3, answers=8), 1)
    path = tmp_path / "log.csv"
    path.write_bytes(write_world(world))
    log = read_log(path, Columns())
    assert log.left_out == 0
    for read_back, made in zip(log.answers, world.answers, strict=True):
        same_day = replace(read_back.seen, day=made.seen.day)
        assert (read_back.person, same_day) == (made.person, made.seen)
        assert read_back.seen.day == pytest.approx(made.seen.day, abs=2 / 86400)
    assert path.read_text("utf-8").splitlines()[0].endswith(",chance")
