"""Files to take away: one kind of answer for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from flask import Response

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "gift": "text/plain; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}
"""What a file is, by how its name ends."""

PLAIN = re.compile(r"[A-Za-z0-9._-]+")
"""A name that every browser reads as it is; others are encoded (RFC 8187)."""


def download(content: bytes | str, name: str) -> Response:
    """Give a file to keep, which no cache keeps.

    Args:
        content: What is in it; text as UTF-8.
        name: Its name, Chinese too. Its ending tells browsers what it is (see
            :data:`TYPES`); with another one it is plain bytes.
    """
    kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    answer = Response(content, content_type=kind)
    told = f'="{name}"' if PLAIN.fullmatch(name) else f"*=UTF-8''{quote(name)}"
    answer.headers["Content-Disposition"] = f"attachment; filename{told}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
