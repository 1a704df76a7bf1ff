"""docs/personal-data.md classifies every column of every table."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import MetaData

from tests.commands import REPOSITORY
from trainer.migrations.tables import METADATA

PAGE = (REPOSITORY / "docs" / "personal-data.md").read_text("utf-8")
CHAPTER = re.compile(r"^## ([a-z_]+)\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \|([^|]+)\|([^|]+)\|([^|]+)\|$", re.MULTILINE)
CODE = re.compile(r"`(\w+)`")
HARMLESS = "## Tables without personal data"
WORDS = {"erased", "key", "record", "audit", "year", "wiped", "likewise", "until"}


def classified(page: str) -> dict[str, list[str]]:
    """Give the columns of each chapter, personal or not."""
    found = {}
    for table, text in CHAPTER.findall(page):
        rest = text.partition("Not personal:")[2]
        found[table] = [row[0] for row in ROW.findall(text)] + CODE.findall(rest)
    return found


def harmless(page: str) -> list[str]:
    """Give the tables that hold nothing of a person."""
    return CODE.findall(page.partition(HARMLESS)[2].partition("\n## ")[0])


def wrong(page: str, tables: MetaData) -> list[str]:
    """Give the columns and tables that page and tables do not agree on."""
    there = {
        name: sorted(column.name for column in table.columns)
        for name, table in tables.tables.items()
    }
    told = {name: sorted(columns) for name, columns in classified(page).items()}
    listed = [*told, *harmless(page)]
    return [
        *sorted(set(there) ^ set(listed)),
        *sorted(name for name in listed if listed.count(name) > 1),
        *(
            f"{name}.{column}"
            for name in sorted(set(told) & set(there))
            for column in sorted(set(told[name]) ^ set(there[name]))
        ),
    ]


def test_every_column_is_classified() -> None:
    assert wrong(PAGE, METADATA) == []


@pytest.mark.parametrize("table", sorted(classified(PAGE)))
def test_every_personal_column_has_a_purpose_and_an_end(table: str) -> None:
    text = dict(CHAPTER.findall(PAGE))[table]
    rows = ROW.findall(text)
    assert rows
    for _, holds, purpose, kept in rows:
        assert holds.strip()
        assert purpose.strip()
        assert kept.split()[0].rstrip(":") in WORDS


def test_a_table_that_points_to_a_person_is_not_harmless() -> None:
    pointing = {
        table.name
        for table in METADATA.tables.values()
        if any(key.column.table.name == "person" for key in table.foreign_keys)
    }
    assert pointing & set(harmless(PAGE)) == set()


def test_the_check_bites() -> None:
    assert wrong(PAGE.replace("| `phone` |", "| `fax` |"), METADATA) == [
        "person.fax",
        "person.phone",
    ]
    assert wrong(PAGE.replace("`site`, `seat`", "`seat`"), METADATA) == ["site"]
