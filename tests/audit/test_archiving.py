"""Old entries leave the database through a file, and the chain stays proved."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.audit.histories import end_of
from tests.audit.histories import fault_of
from tests.audit.histories import live
from tests.audit.histories import spoil
from tests.factories import NOON
from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain.archive import Head
from trainer.audit.domain.chain import Fault
from trainer.audit.domain.chain import FaultKind
from trainer.audit.domain.chain import Link
from trainer.audit.domain.retention import ArchiveUnreadableError
from trainer.audit.domain.retention import ChainBrokenError
from trainer.audit.domain.retention import TooYoungError
from trainer.audit.service import archiving
from trainer.audit.service.archiving import ArchiveError
from trainer.audit.service.archiving import FileThereError
from trainer.kit import db

DAYS = 20
NOW = NOON + timedelta(300)


@pytest.fixture
def history(engine: Engine) -> Engine:
    """A database with one entry a day, twenty days long, three hundred days ago."""
    live(engine, DAYS)
    return engine


def day(number: int) -> date:
    return NOON.date() + timedelta(number)


def end(engine: Engine, before: date) -> Link | None:
    with db.reading(engine) as session:
        return service.end_of_archive(session, before, at=NOW)


def archive(engine: Engine, path: Path, before: date) -> Head:
    """Archive as the command does."""
    last = end(engine, before)
    assert last is not None
    head = service.write_archive(engine, path, last)
    with db.writing(engine) as session:
        service.seal_archive(session, head, last, by=0, at=NOW)
    remove(engine)
    return head


def remove(engine: Engine) -> None:
    more = 1
    while more:
        with db.writing(engine) as session:
            more = service.remove_archived(session)


def numbers(engine: Engine) -> list[int]:
    with db.reading(engine) as session:
        return [one.number for one in queries.sealed_after(session, 0, limit=99)]


def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(file)


def rewrite(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        kept = list(file)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(change(kept))


def test_what_is_archived_is_in_the_file_and_not_in_the_database(
    history: Engine, tmp_path: Path
) -> None:
    anchor = end_of(history)
    head = archive(history, tmp_path / "old.gz", day(12))
    assert (head.before.number, head.entries) == (0, 12)
    assert numbers(history) == [*range(13, DAYS + 2)]
    told = [json.loads(line) for line in lines(tmp_path / "old.gz")]
    assert [line["number"] for line in told[1:-1]] == [*range(1, 13)]
    assert (tmp_path / "old.gz").stat().st_mode & 0o777 == 0o600
    assert fault_of(history, anchor) is None
    proved = service.prove_archive(history, tmp_path / "old.gz")
    assert (proved.proof.checked, proved.proof.fault) == (12, None)
    assert proved.placed
    with db.reading(history) as session:
        act = queries.entries(session)[-1]
    assert (act.verb, act.object, act.detail) == ("audit.archived", "audit/12", "12")
    assert act.after == proved.proof.last.hash


def test_one_archive_follows_another(history: Engine, tmp_path: Path) -> None:
    archive(history, tmp_path / "1.gz", day(5))
    archive(history, tmp_path / "2.gz", day(9))
    assert numbers(history)[0] == 10
    first = service.prove_archive(history, tmp_path / "1.gz")
    second = service.prove_archive(history, tmp_path / "2.gz")
    assert second.before == first.proof.last
    assert (first.proof.fault, second.proof.fault) == (None, None)
    assert fault_of(history) is None
    live(history, 2, since=NOW)
    assert fault_of(history, end_of(history)) is None


def test_numbers_decide_what_is_old_not_a_clock_that_jumped(history: Engine) -> None:
    live(history, 1, since=NOON + timedelta(100))
    live(history, 5, since=NOON)
    assert end(history, day(90)) == end(history, day(95))
    last = end(history, day(90))
    assert last is not None
    assert last.number == DAYS


def test_what_is_young_stays(history: Engine, tmp_path: Path) -> None:
    young = (NOW - timedelta(182)).date()
    with pytest.raises(TooYoungError, match="至少要留 183 天"):
        end(history, young)
    live(history, 1, since=NOW - timedelta(182))
    head = service.write_archive(history, tmp_path / "old.gz", end_of(history))
    with db.writing(history) as session, pytest.raises(TooYoungError):
        service.seal_archive(session, head, end_of(history), by=0, at=NOW)
    assert len(numbers(history)) == DAYS + 1


def test_nothing_old_is_nothing_to_archive(history: Engine) -> None:
    assert end(history, day(0)) is None


def test_a_file_is_never_written_over(history: Engine, tmp_path: Path) -> None:
    (tmp_path / "old.gz").write_text("mine", "utf-8")
    with pytest.raises(FileThereError, match="请换一个文件名"):
        service.write_archive(history, tmp_path / "old.gz", end_of(history))
    assert (tmp_path / "old.gz").read_text("utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_told(
    history: Engine, tmp_path: Path
) -> None:
    with pytest.raises(ArchiveError, match="写不了"):
        service.write_archive(history, tmp_path / "no" / "old.gz", end_of(history))


def test_what_is_not_in_order_is_not_archived(history: Engine, tmp_path: Path) -> None:
    last = end(history, day(12))
    assert last is not None
    spoil(history, "UPDATE audit_entry SET person_id = 8 WHERE id = 3")
    with pytest.raises(ChainBrokenError, match="第 3 条起对不上"):
        service.write_archive(history, tmp_path / "old.gz", last)
    assert list(tmp_path.iterdir()) == []


def test_a_removal_that_was_interrupted_is_in_order_and_goes_on(
    history: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archiving, "AT_ONCE", 5)
    last = end(history, day(12))
    assert last is not None
    head = service.write_archive(history, tmp_path / "old.gz", last)
    with db.writing(history) as session:
        service.seal_archive(session, head, last, by=0, at=NOW)
    for left in (12, 7, 2, 0):
        assert fault_of(history) is None
        assert len([n for n in numbers(history) if n <= 12]) == left
        with db.writing(history) as session:
            service.remove_archived(session)


def test_nothing_is_removed_before_an_archive(history: Engine) -> None:
    remove(history)
    assert len(numbers(history)) == DAYS


def test_entries_cut_off_behind_an_archive_are_found(
    history: Engine, tmp_path: Path
) -> None:
    archive(history, tmp_path / "old.gz", day(12))
    spoil(history, "DELETE FROM audit_entry WHERE id < 15")
    assert fault_of(history) == Fault(13, FaultKind.BEGINNING)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda ls: [ls[0], *ls[2:]], Fault(1, FaultKind.BEGINNING)),
        (lambda ls: [*ls[:4], *ls[5:]], Fault(4, FaultKind.REMOVED)),
        (lambda ls: [*ls[:4], ls[5], ls[4], *ls[6:]], Fault(4, FaultKind.REMOVED)),
        (lambda ls: [*ls[:-2], ls[-1]], Fault(12, FaultKind.SHORT)),
        (lambda ls: ls[:-1], Fault(13, FaultKind.SHORT)),
        (lambda ls: [*ls, ls[-2]], Fault(13, FaultKind.SHORT)),
        (lambda ls: [*ls[:6], "junk\n", *ls[7:]], Fault(6, FaultKind.SHORT)),
        (
            lambda ls: [*ls[:6], ls[6].replace('"person":7', '"person":8'), *ls[7:]],
            Fault(6, FaultKind.CHANGED),
        ),
        (
            lambda ls: [ls[0].replace('"entries":12', '"entries":11'), *ls[1:]],
            Fault(12, FaultKind.SHORT),
        ),
    ],
    ids=["first", "one", "swapped", "last", "foot", "more", "junk", "changed", "head"],
)
def test_a_spoiled_archive_is_found(
    history: Engine,
    tmp_path: Path,
    change: Callable[[list[str]], list[str]],
    found: Fault,
) -> None:
    archive(history, tmp_path / "old.gz", day(12))
    rewrite(tmp_path / "old.gz", change)
    assert service.prove_archive(history, tmp_path / "old.gz").proof.fault == found


def test_an_archive_that_lost_its_beginning_and_says_so_is_found_by_the_database(
    history: Engine, tmp_path: Path
) -> None:
    archive(history, tmp_path / "old.gz", day(12))

    def shorten(kept: list[str]) -> list[str]:
        before = json.loads(kept[3])
        head = json.loads(kept[0])
        head |= {"after": 3, "previous": before["hash"], "entries": 9}
        return [json.dumps(head) + "\n", *kept[4:]]

    rewrite(tmp_path / "old.gz", shorten)
    proved = service.prove_archive(history, tmp_path / "old.gz")
    assert proved.placed
    assert proved.proof.fault == Fault(4, FaultKind.BEGINNING)


def test_a_file_cut_short_is_found(history: Engine, tmp_path: Path) -> None:
    archive(history, tmp_path / "old.gz", day(12))
    whole = (tmp_path / "old.gz").read_bytes()
    (tmp_path / "old.gz").write_bytes(whole[: len(whole) * 2 // 3])
    fault = service.prove_archive(history, tmp_path / "old.gz").proof.fault
    assert fault is not None
    assert fault.kind is FaultKind.SHORT


def test_a_file_that_is_no_archive_is_a_sentence(
    history: Engine, tmp_path: Path
) -> None:
    (tmp_path / "x").write_text("nothing", "utf-8")
    for path in (tmp_path / "x", tmp_path / "none"):
        with pytest.raises(ArchiveUnreadableError):
            service.prove_archive(history, path)
