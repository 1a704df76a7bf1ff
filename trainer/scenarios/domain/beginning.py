"""What a new scenario begins with."""

from __future__ import annotations

from datetime import date

from trainer.publishing.domain.typed import PLACEHOLDER
from trainer.scenarios.domain.editing import MARK

SOURCE = "各处所引条款"
"""Where what a scenario says usually comes from."""

START = "hello"


def first_body(about: str, on: date) -> str:
    """Give what a new scenario says behind its header; nobody can submit it yet."""
    return f"""\
{MARK}about: {about}
on: {on}
start: {START}
nodes:
  - id: {START}
    says: {PLACEHOLDER}：群众的开场白】
    tests: [communication]
    choices: []
endings:
  - id: done
    outcome: good
    says: {PLACEHOLDER}：办成了，他说什么】
    debrief: {PLACEHOLDER}：好在哪里】
  - id: wrong
    outcome: bad
    says: {PLACEHOLDER}：办砸了，他说什么】
    debrief: {PLACEHOLDER}：错在哪里】
"""
