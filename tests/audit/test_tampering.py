"""S24: whatever is done to the rows of the audit is found, on both databases."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.audit.histories import end_of
from tests.audit.histories import fault_of
from tests.audit.histories import live
from tests.audit.histories import spoil
from tests.databases import Databases
from tests.factories import NOON
from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain.anchor import AnchorUnreadableError
from trainer.audit.domain.anchor import TailCutError
from trainer.audit.domain.chain import Fault
from trainer.audit.domain.chain import FaultKind
from trainer.audit.service import proving
from trainer.kit import db

DAYS = 9
INSERTED = (
    "INSERT INTO audit_entry SELECT 99, at, person_id, verb, object, detail,"
    " before_digest, after_digest, address, kind, request, previous_hash, hash"
    " FROM audit_entry WHERE id = 2"
)


@pytest.fixture
def history(engine: Engine) -> Engine:
    """A database with nine entries."""
    live(engine, DAYS)
    return engine


@pytest.fixture
def anchor(tmp_path: Path) -> Path:
    return tmp_path / service.ANCHOR_FILE


def keep(engine: Engine, anchor: Path) -> object:
    with db.reading(engine) as session:
        return service.keep_anchor(session, anchor)


def test_what_nobody_touched_is_in_order(history: Engine) -> None:
    proof = service.prove(history, end_of(history))
    assert (proof.checked, proof.first, proof.fault) == (DAYS, 1, None)
    assert proof.last == end_of(history)


@pytest.mark.parametrize(
    "change",
    [
        "person_id = 8",
        "verb = 'account.opened'",
        "kind = 'flag'",
        "object = 'person/8'",
        "detail = 'x'",
        "before_digest = 'x'",
        "after_digest = 'x'",
        "at = '2026-08-01 00:00:00.000000'",
        "address = '10.0.0.8'",
        "request = 'x'",
        "previous_hash = 'x'",
        "hash = 'x'",
        "id = 99",
    ],
)
def test_a_changed_column_is_found(history: Engine, change: str) -> None:
    spoil(history, f"UPDATE audit_entry SET {change} WHERE id = {DAYS}")  # noqa: S608  (ours)
    found = fault_of(history)
    assert found is not None
    assert found.kind is FaultKind.CHANGED
    assert found.number == (99 if change == "id = 99" else DAYS)


@pytest.mark.parametrize(
    ("spoiled", "found"),
    [
        ("DELETE FROM audit_entry WHERE id = 4", Fault(4, FaultKind.REMOVED)),
        (
            "DELETE FROM audit_entry WHERE id > 3 AND id < 7",
            Fault(4, FaultKind.REMOVED),
        ),
        ("DELETE FROM audit_entry WHERE id < 3", Fault(1, FaultKind.BEGINNING)),
        ("DELETE FROM audit_entry WHERE id > 6", Fault(7, FaultKind.TAIL)),
        ("DELETE FROM audit_entry", Fault(1, FaultKind.TAIL)),
        (
            "UPDATE audit_entry SET id = id + 100 WHERE id > 5",
            Fault(106, FaultKind.CHANGED),
        ),
        (
            INSERTED,
            Fault(99, FaultKind.CHANGED),
        ),
    ],
    ids=["one", "some", "beginning", "tail", "all", "moved", "inserted"],
)
def test_removed_moved_and_inserted_rows_are_found(
    history: Engine, spoiled: str, found: Fault
) -> None:
    anchor = end_of(history)
    spoil(history, spoiled)
    assert fault_of(history, anchor) == found


def test_two_rows_that_changed_places_are_found(history: Engine) -> None:
    spoil(
        history,
        "UPDATE audit_entry SET id = 1000 WHERE id = 3",
        "UPDATE audit_entry SET id = 3 WHERE id = 5",
        "UPDATE audit_entry SET id = 5 WHERE id = 1000",
    )
    assert fault_of(history) == Fault(3, FaultKind.CHANGED)


def test_a_tail_cut_and_grown_again_agrees_with_the_chain_but_not_the_anchor(
    history: Engine, anchor: Path
) -> None:
    keep(history, anchor)
    kept = service.read_anchor(anchor)
    assert kept is not None
    spoil(history, "DELETE FROM audit_entry WHERE id > 6")
    live(history, 5)
    assert fault_of(history) is None
    assert fault_of(history, kept.link) == Fault(DAYS, FaultKind.TAIL)
    with pytest.raises(TailCutError, match=f"存底记着第 {DAYS} 条"):
        keep(history, anchor)
    assert service.read_anchor(anchor) == kept


def test_another_secret_proves_nothing(history: Engine, databases: Databases) -> None:
    assert databases
    url = history.url.render_as_string(hide_password=False)
    other = db.open_engine(url, "the secret of another installation")
    assert fault_of(other) == Fault(1, FaultKind.CHANGED)
    other.dispose()


def test_the_chain_is_read_in_batches_and_tells_how_far_it_is(
    history: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "BATCH", 2)
    told: list[int] = []
    proof = service.prove(history, None, tell=told.append)
    assert (proof.checked, proof.fault) == (DAYS, None)
    assert told == [2, 2, 2, 2, 1]


def test_what_is_written_while_it_is_proved_is_left_for_the_next_time(
    history: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "BATCH", 4)
    proof = service.prove(history, None, tell=lambda _: live(history, 1))
    assert (proof.checked, proof.fault) == (DAYS, None)
    assert service.prove(history, None).checked == DAYS + 3


def test_the_anchor_follows_the_chain_and_never_goes_back(
    engine: Engine, anchor: Path
) -> None:
    assert keep(engine, anchor) is None
    assert not anchor.exists()
    live(engine, 2)
    keep(engine, anchor)
    live(engine, 3)
    keep(engine, anchor)
    kept = service.read_anchor(anchor)
    assert kept is not None
    assert kept.link == end_of(engine)
    assert keep(engine, anchor) == kept
    assert os.listdir(anchor.parent) == [anchor.name]  # noqa: PTH208  (hidden ones too)


def test_an_anchor_that_was_spoiled_is_told(history: Engine, anchor: Path) -> None:
    anchor.write_text("nonsense", "utf-8")
    with pytest.raises(AnchorUnreadableError, match="存底文件读不懂"):
        keep(history, anchor)


def test_after_a_restored_backup_the_anchor_begins_anew_and_that_is_kept(
    history: Engine, anchor: Path
) -> None:
    keep(history, anchor)
    lost = end_of(history)
    spoil(history, "DELETE FROM audit_entry WHERE id > 5")
    with db.writing(history) as session:
        service.reset_anchor(session, anchor, by=0, at=NOON)
    with db.reading(history) as session:
        service.keep_anchor(session, anchor, anew=True)
        told = queries.entries(session)[-1]
    assert (told.verb, told.object) == ("audit.anchor_reset", f"audit/{DAYS}")
    assert told.before == lost.hash
    kept = service.read_anchor(anchor)
    assert kept is not None
    assert kept.link == end_of(history)
    assert fault_of(history, kept.link) is None


def test_a_serving_process_keeps_the_anchor_and_tells_a_fault_once(
    history: Engine, anchor: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with service.AnchorKeeper(history, anchor):
        live(history, 1)
    kept = service.read_anchor(anchor)
    assert kept is not None
    assert kept.link == end_of(history)
    spoil(history, "DELETE FROM audit_entry WHERE id > 5")
    keeper = service.AnchorKeeper(history, anchor)
    with caplog.at_level(logging.ERROR):
        keeper.keep()
        keeper.keep()
    assert [
        record.message.count("trainer audit verify") for record in caplog.records
    ] == [1]
    assert service.read_anchor(anchor) == kept


def test_a_keeper_lives_through_a_directory_that_is_gone(
    history: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = service.AnchorKeeper(history, tmp_path / "gone" / "anchor")
    with caplog.at_level(logging.ERROR):
        keeper.keep()
    assert len(caplog.records) == 1
