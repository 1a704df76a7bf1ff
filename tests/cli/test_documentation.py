"""``docs/cli.md`` and the program say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from tests.commands import REPOSITORY
from trainer.cli import trainer
from trainer.kit import terminal
from trainer.search.domain.results import JSON_KEYS

PAGE = (REPOSITORY / "docs" / "cli.md").read_text("utf-8")
COMMON = {"--data", "--help"}
OPTION = re.compile(r"^(?:- |\| )`(--[a-z-]+)`", re.MULTILINE)


def leaves(
    command: click.Command, name: str = "trainer"
) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for word, below in command.commands.items():
            yield from leaves(below, f"{name} {word}")
    else:
        yield name, command


COMMANDS = dict(leaves(trainer))
CHAPTERS = {
    re.sub(r"( [A-Z]+)+$", "", heading): text
    for heading, text in re.findall(
        r"^## `(.+?)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
}


def options(command: click.Command) -> set[str]:
    given = [p for p in command.params if isinstance(p, click.Option)]
    return {name for p in given for name in (*p.opts, *p.secondary_opts)}


def undocumented(command: click.Command, chapter: str) -> set[str]:
    """Give the options that only one of program and page knows."""
    return (options(command) - COMMON) ^ set(OPTION.findall(chapter))


def test_page_and_program_know_the_same_commands() -> None:
    assert set(CHAPTERS) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_page_and_program_know_the_same_options(name: str) -> None:
    assert undocumented(COMMANDS[name], CHAPTERS[name]) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert "--data" in options(command)
    mute = [
        p.name for p in command.params if isinstance(p, click.Option) and not p.help
    ]
    assert set(mute) <= {"host", "limit", "yes"}


def test_every_exit_code_is_documented() -> None:
    codes = {v for k, v in vars(terminal).items() if k.startswith("EXIT_")}
    listed = set(map(int, re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)))
    assert listed == codes | {0, 2}


def test_every_key_of_the_json_is_documented() -> None:
    listed = set(
        re.findall(r"^\| `(\w+)` \|", CHAPTERS["trainer search"], re.MULTILINE)
    )
    assert listed == {"document", *JSON_KEYS}


def test_the_rule_bites() -> None:
    command = click.Command("fly", params=[click.Option(["--high"])])
    assert undocumented(command, "nothing here") == {"--high"}
    assert undocumented(command, "- `--high`: yes\n- `--low`: no\n") == {"--low"}
