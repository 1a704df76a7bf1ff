"""Files to take away: what they are, how they are called, that no cache keeps them."""

from __future__ import annotations

import pytest
from werkzeug.http import parse_options_header

from trainer.kit.web.downloads import TYPES
from trainer.kit.web.downloads import download


@pytest.mark.parametrize(
    "name",
    ["returned.csv", "审计-2026.xlsx", 'a "b"; filename=c.csv', "a b.pdf", "x'y%.csv"],
)
def test_whatever_it_is_called_arrives_as_it_is(name: str) -> None:
    answer = download(b"x", name)
    kind, told = parse_options_header(answer.headers["Content-Disposition"])
    assert (kind, told) == ("attachment", {"filename": name})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("ending", sorted(TYPES))
def test_its_ending_tells_what_it_is(ending: str) -> None:
    assert download("文", f"a.{ending}").headers["Content-Type"] == TYPES[ending]
    assert download("文", f"a.{ending}").get_data(as_text=True) == "文"


def test_an_unknown_ending_is_plain_bytes() -> None:
    assert download(b"x", "a.exe").mimetype == "application/octet-stream"


def test_a_name_of_several_lines_is_one_header() -> None:
    answer = download(b"x", "a\r\nSet-Cookie: b.csv")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
