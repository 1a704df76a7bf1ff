"""Style sheets and scripts: found in packages, compressed once, cached for ever.

The address of a file holds the digest of its content, so a browser may keep it
for a year and still sees a new one at once. Modules import each other by
relative names, so all scripts share one digest.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from flask import Flask
from flask import Response
from flask import abort
from flask import request
from flask import url_for

BOOTSTRAP = "static/bootstrap5/css/bootstrap.min.css"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file, ready to send."""

    content: bytes
    compressed: bytes
    mimetype: str


class Assets:
    """All static files of the site by name, under one digest."""

    def __init__(self, packages: Iterable[str]) -> None:
        contents = {"bootstrap.css": _bootstrap()}
        for package in packages:
            contents |= _in_package(package)
        contents["site.css"] = _joined(contents)
        self._files = {name: _asset(name, data) for name, data in contents.items()}
        digest = hashlib.sha256()
        for name in sorted(contents):
            digest.update(name.encode() + contents[name])
        self.digest = digest.hexdigest()[:12]

    def install(self, app: Flask) -> None:
        """Serve the files and let templates name them with ``asset()``."""
        app.add_url_rule("/static/<digest>/<name>", "asset", self.send)
        app.jinja_env.globals["asset"] = self.url

    def url(self, name: str) -> str:
        """Give the address of a file; an unknown name is a programming error."""
        if name not in self._files:
            raise LookupError(f"no such asset: {name}")
        return url_for("asset", digest=self.digest, name=name)

    def send(self, digest: str, name: str) -> Response:
        """Send a file, compressed when the browser takes it."""
        found = self._files.get(name)
        if found is None:
            abort(404)
        response = Response(mimetype=found.mimetype)
        response.headers["Vary"] = "Accept-Encoding"
        if request.accept_encodings.find("gzip") >= 0:
            response.set_data(found.compressed)
            response.headers["Content-Encoding"] = "gzip"
        else:
            response.set_data(found.content)
        current = digest == self.digest
        response.headers["Cache-Control"] = FOREVER if current else "no-store"
        return response


def _joined(contents: Mapping[str, bytes]) -> bytes:
    """Join our own style sheets, the common one first, to save requests."""
    own = sorted(n for n in contents if n.endswith(".css") and n != "bootstrap.css")
    own.sort(key=lambda name: name != "app.css")
    return b"\n".join(contents[name] for name in own)


def _bootstrap() -> bytes:
    data = files("flask_bootstrap").joinpath(BOOTSTRAP).read_bytes()
    return data.split(b"/*# sourceMappingURL")[0]


def _in_package(package: str) -> dict[str, bytes]:
    folder = files(package).joinpath("static")
    return {entry.name: entry.read_bytes() for entry in _entries(folder)}


def _entries(folder: Traversable) -> Iterable[Traversable]:
    return [e for e in folder.iterdir() if e.is_file()] if folder.is_dir() else []


def _asset(name: str, data: bytes) -> Asset:
    suffix = "." + name.rpartition(".")[2]
    kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "text/plain"
    return Asset(data, _compressed(data), kind)


@cache
def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)
