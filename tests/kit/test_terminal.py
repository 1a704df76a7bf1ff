from __future__ import annotations

import io
import sys

import pytest

from trainer.kit.terminal import progress


class Screen(io.StringIO):
    """What a person at a terminal sees."""

    def isatty(self) -> bool:
        return True


def test_a_person_at_a_terminal_sees_how_far_it_has_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    assert list(progress([1, 2, 3], "检查")) == [1, 2, 3]
    assert "检查" in screen.getvalue()
    assert "100%" in screen.getvalue()


def test_a_log_file_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    assert list(progress([1, 2, 3], "检查")) == [1, 2, 3]
    assert file.getvalue() == ""
