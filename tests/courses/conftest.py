"""What tests of meetings begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.courses.packs import with_packs
from tests.databases import Databases


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """A database with two sites, their people, scenarios and a checklist."""
    engine = databases.fresh(with_packs)
    yield engine
    databases.drop(engine)
