"""What a new course begins with."""

from __future__ import annotations

from trainer.courses.domain.outline import StepKind
from trainer.courses.domain.parsing import Body
from trainer.publishing.domain.typed import PLACEHOLDER

SOURCE = "各步所引内容"
"""Where what a course says usually comes from."""


def first_body(tier: str, about: str) -> Body:
    """Give what a new course says behind its header; nobody can submit it yet."""
    first = {
        "id": "first",
        "kind": StepKind.SESSION.value,
        "title": f"{PLACEHOLDER}：第一步叫什么】",
        "minutes": "30",
    }
    return {"tier": tier, "about": about, "steps": [first]}
