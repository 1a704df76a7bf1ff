"""What tests of the pages of people begin with."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.people.offices import Office
from tests.people.offices import make_office
from tests.sites import Site


@pytest.fixture
def office(site: Site) -> Office:
    return make_office(site)


@pytest.fixture
def admin(site: Site, office: Office) -> FlaskClient:
    assert office
    return site.browser("administrator")
