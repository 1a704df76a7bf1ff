"""The sentences of the interface, and the catalogues that translate them.

``make strings`` collects what the program says into ``translations/en.po`` of each
room: new sentences come without a translation, those that are gone are dropped,
the others stay as they are. ``tests/kit/test_catalogues.py`` says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "trainer"
LANGUAGE = "en"
CATALOGUE = Path("translations", f"{LANGUAGE}.po")
FRAME = PACKAGE / "kit" / "web"
"""Where the sentences are kept that belong to no feature."""

KEYWORDS = {
    "_": None,
    "N_": None,
    "_n": (1, 1),
    "Nn_": (1, 1),
    "_c": ((1, "c"), 2),
    "Nc_": ((1, "c"), 2),
}
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract"}
SILENT = ("cli", "migrations")
"""What only the command line says; it speaks Chinese."""

HEADER = f"""\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: {LANGUAGE}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def home_of(path: Path) -> Path:
    """Give the folder whose catalogue holds the sentences of a file."""
    room = PACKAGE / path.relative_to(PACKAGE).parts[0]
    return FRAME if room.is_file() or room.name in {"core", "kit"} else room


def sources() -> Iterator[Path]:
    """Give the files that may say something."""
    for path in sorted(PACKAGE.rglob("*")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if path.suffix in METHODS and not set(SILENT) & set(parts):
            yield path


def collected() -> dict[Path, Catalog]:
    """Collect every sentence of the program, by the catalogue it belongs into."""
    found: dict[Path, Catalog] = {}
    for path in sources():
        messages = extract_from_file(METHODS[path.suffix], path, KEYWORDS)
        for _line, message, _comments, context in messages:
            catalogue = home_of(path) / CATALOGUE
            found.setdefault(catalogue, Catalog(locale=LANGUAGE)).add(
                message, context=context
            )
    return found


def kept() -> dict[Path, Catalog]:
    """Read the catalogues as they are."""
    found = {}
    for path in sorted(PACKAGE.rglob(str(CATALOGUE))):
        with path.open("rb") as file:
            found[path] = read_po(file, locale=LANGUAGE)
    return found


def sentences(catalogue: Catalog | None) -> dict[object, Message]:
    """Give the messages of a catalogue, by what they are looked up by."""
    messages = list(catalogue) if catalogue else []
    return {(m.context, m.id): m for m in messages if m.id}


def update() -> None:
    """Bring the catalogues up to the program."""
    before = kept()
    now = collected()
    for path in before.keys() | now.keys():
        known = sentences(before.get(path))
        fresh = sentences(now.get(path))
        for key, message in fresh.items():
            if key in known:
                message.string = known[key].string
        path.parent.mkdir(exist_ok=True)
        _write(path, now.get(path, Catalog(locale=LANGUAGE)))


def _write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue so that it only changes where a sentence does."""
    with path.open("wb") as file:
        file.write(HEADER.encode())
        write_po(
            file,
            catalogue,
            width=0,
            no_location=True,
            omit_header=True,
            sort_output=True,
        )


if __name__ == "__main__":
    update()
