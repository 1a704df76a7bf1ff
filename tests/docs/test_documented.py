"""The documents say what is there, and name only what is there."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from trainer.cli import trainer
from trainer.core.actor import NAMES
from trainer.core.actor import Permission
from trainer.features import MENU
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role
from trainer.settings import Settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = sorted([README, ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
HOW_TOS = sorted((DOCS / "how-to").glob("add-*.md"))
PARTS = ("Context", "Decision", "Rejected", "What would change our mind")
SHOTS = DOCS / "shots"
MOST_LINES = 60

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:trainer|tests|docs|content|bench|quizzes|\.ci)/[\w./-]*")
MAKE = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)
COMMAND = re.compile(r"(?:^ *|`|/)trainer ((?:[a-z]+ ?)+)", re.MULTILINE)


def read(path: Path) -> str:
    return path.read_text("utf-8")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def slug(heading: str) -> str:
    """Give the anchor of a heading as code hosts make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return kept.replace(" ", "-")


def broken_links(page: Path) -> list[str]:
    return [
        link
        for link in LINK.findall(FENCE.sub("", read(page)))
        if not re.match(r"[a-z]+:", link) and not leads_somewhere(page, link)
    ]


def leads_somewhere(page: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = (page.parent / place).resolve() if place else page
    if target.parent == SHOTS and not SHOTS.is_dir():
        return True  # pictures are taken by `make shots`
    if not target.exists():
        return False
    return not anchor or anchor in map(slug, HEADING.findall(read(target)))


def missing_paths(text: str) -> list[str]:
    """Give the paths in code marks that are not there; patterns are left out."""
    named = (word for word in CODE.findall(FENCE.sub("", text)) if PATH.fullmatch(word))
    return [word for word in named if not (ROOT / word).exists()]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))


def commands(
    group: click.Command = trainer, before: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Give every command as the words that call it."""
    if isinstance(group, click.Group):
        for word, below in group.commands.items():
            yield from commands(below, (*before, word))
    else:
        yield before


def unknown_commands(text: str) -> list[str]:
    """Give the commands a text names that are not there."""
    known = set(commands())
    groups = {words[:1] for words in known if len(words) > 1}
    named = (tuple(found.split()) for found in COMMAND.findall(text))
    return [
        " ".join(words)
        for words in named
        if words[:1] not in known | groups
        or (words[:1] in groups and words[1:] and words[:2] not in known)
    ]


def unnamed(wanted: Iterable[str], text: str) -> list[str]:
    return [word for word in wanted if word not in text]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert broken_links(path) == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_path_is_there(path: Path) -> None:
    assert missing_paths(read(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_make_target_is_there(path: Path) -> None:
    assert set(MAKE.findall(read(path))) <= targets()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_command_is_there(path: Path) -> None:
    assert unknown_commands(read(path)) == []


def test_every_setting_is_documented() -> None:
    text = read(DOCS / "settings.md")
    names = [field.name for field in fields(Settings)]
    variables = [f"`TRAINER_{each.upper()}`" for each in names]
    assert unnamed([*variables, *(f"`{each}`" for each in names)], text) == []


def test_every_command_is_documented() -> None:
    calls = [f"trainer {' '.join(words)}" for words in commands()]
    assert unnamed(calls, read(DOCS / "cli.md")) == []


def test_every_page_of_the_menu_is_in_a_guide() -> None:
    guides = "".join(read(path) for path in (DOCS / "guide").glob("*.md"))
    labels = [f"**{item.label}**" for group in MENU for item in group]
    assert unnamed(labels, guides) == []


def test_every_permission_and_role_is_documented() -> None:
    text = read(DOCS / "guide" / "admin.md")
    codes = [f"`{code}`" for code in (*Permission, *Role)]
    assert unnamed([*codes, *NAMES.values(), *ROLE_NAMES.values()], text) == []


def test_the_map_in_the_documents_is_the_contract() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    contract = config["importlinter:contract:map"]["layers"].split("\n")
    text = read(DOCS / "architecture.md")
    copied = text.split("<!-- map -->")[1].split("<!-- /map -->")[0].strip("`\n")
    assert copied.split("\n") == [line.strip() for line in contract if line.strip()]


def test_every_package_is_in_the_tree() -> None:
    text = read(DOCS / "architecture.md")
    rooms = [path for path in (ROOT / "trainer").iterdir() if path.is_dir()]
    packages = [f"  {p.name}/ " for p in rooms if (p / "__init__.py").is_file()]
    assert unnamed(packages, text) == []


@pytest.mark.parametrize("record", RECORDS, ids=name)
def test_a_decision_record_has_its_four_parts(record: Path) -> None:
    assert tuple(HEADING.findall(read(record))[1:]) == PARTS


def test_decision_records_are_numbered_and_listed() -> None:
    numbers = [int(record.name[:4]) for record in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))
    listed = read(DOCS / "decisions" / "README.md")
    assert unnamed([record.name for record in RECORDS], listed) == []


@pytest.mark.parametrize("path", HOW_TOS, ids=name)
def test_a_how_to_begins_with_the_files_and_is_listed(path: Path) -> None:
    assert "Files you will touch:" in read(path).split("\n\n")[1]
    assert path.name in read(DOCS / "how-to" / "README.md")


def test_the_readme_is_one_screen() -> None:
    assert len(read(README).splitlines()) <= MOST_LINES


def test_the_readme_tests_as_the_gate_does() -> None:
    gate = re.findall(r"^make [a-z]+$", read(ROOT / ".ci" / "run"), re.MULTILINE)
    assert gate == ["make check", "make test"]
    assert unnamed([f"`{line}`" for line in gate], read(README)) == []


def test_the_rules_bite(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](no.md) [b](#one) [c](#two) [d](https://e.f)\n", "utf-8")
    assert broken_links(page) == ["no.md", "#two"]
    assert missing_paths("`trainer/none.py` `trainer/<x>/y.py`") == ["trainer/none.py"]
    assert unknown_commands("`trainer fly`, trainer x, `trainer db fly`") == [
        "fly",
        "db fly",
    ]
    assert MAKE.findall("`make check` and make haste") == ["check"]
    assert unnamed(["a", "b"], "a") == ["b"]
