from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from trainer.kit.files import RecordsError
from trainer.kit.files import records

TEXT = "\ufeffuser,item\nzhang,q1\n\nli,q2,more\nwang\n"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("packed", [False, True])
def test_records_are_read_whatever_separates_them(
    tmp_path: Path,
    delimiter: str,
    packed: bool,  # noqa: FBT001  (drawn)
) -> None:
    data = TEXT.replace(",", delimiter).encode()
    path = tmp_path / "log"
    path.write_bytes(gzip.compress(data) if packed else data)
    with records(path) as lines:
        assert lines.fieldnames == ["user", "item"]
        found = [(line["user"], line["item"]) for line in lines]
    assert found == [("zhang", "q1"), ("li", "q2"), ("wang", "")]


def test_a_line_knows_its_number(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text('user,item\na,"q\n1"\nb,q2\n', "utf-8")
    with records(path) as lines:
        assert [lines.line_num + 1 for _ in lines] == [3, 4]


def test_other_encodings_still_have_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes("user,item\nzhang,é\n".encode("latin-1"))
    with records(path) as lines:
        assert [line["user"] for line in lines] == ["zhang"]


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"")
    with records(path) as lines:
        assert lines.fieldnames == []
        assert list(lines) == []


def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    torn = tmp_path / "torn.csv.gz"
    torn.write_bytes(gzip.compress(TEXT.encode())[:-12])
    missing = tmp_path / "missing.csv"
    for path in (torn, missing):
        with pytest.raises(RecordsError, match="读不了文件"), records(path) as lines:
            list(lines)
