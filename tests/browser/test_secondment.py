"""The whole secondment once more, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.browser import window
from tests.browser.screens import Screen
from tests.databases import Databases
from tests.story.secondment import tell
from tests.story.town import make_town
from tests.web.served import served


@pytest.mark.slow
def test_a_secondment_in_the_browser(
    chrome: Browser, databases: Databases, tmp_path: Path
) -> None:
    engine = databases.fresh()
    town = make_town(engine, tmp_path)
    with served(town.app) as address:
        town.opens = lambda: Screen(window(chrome, address, script=False).new_page())
        tell(town)
    databases.drop(engine)
