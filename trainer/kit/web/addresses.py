"""Where a person is led after a form: only ever to a page of this site."""

from __future__ import annotations

import re

OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""A path: one slash, and nothing a browser would read as another host.

Browsers drop tabs and line ends and take a backslash for a slash.
"""


def own_path(wanted: str, otherwise: str) -> str:
    """Give the path somebody wants to go back to, when it is one of ours."""
    return wanted if OWN.fullmatch(wanted) else otherwise
