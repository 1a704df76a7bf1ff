"""A whole secondment, through the pages as a browser without scripts reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import Databases
from tests.story.secondment import tell
from tests.story.town import make_town


@pytest.mark.slow
def test_a_secondment_from_arrival_to_departure(
    databases: Databases, tmp_path: Path
) -> None:
    engine = databases.fresh()
    tell(make_town(engine, tmp_path))
    databases.drop(engine)
