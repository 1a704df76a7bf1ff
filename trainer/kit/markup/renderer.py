"""Rendering in a child process that may be killed.

Python cannot stop a function that runs too long, only a process. The child starts
with the first text, serves one batch at a time, is killed when it fails, replaced
when the next text comes, and ends with its parent, whose end closes its input.

Starting it takes some 0.1 s, a section a fraction of a millisecond. Render when a
text is saved and keep the HTML with it; never in a request that only shows it.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager

from trainer.core.document import MOST_BYTES
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.markup.child import Child
from trainer.kit.markup.child import ChildDiedError

SECONDS = 5.0
"""Time for one batch, by the wall clock."""

ARTICLES = "/articles/"
"""What stands before the slug in the address of an article."""


class MarkupError(TrainerError):
    """A text could not be turned into HTML within the limits."""


class Renderer:
    """Turns Markdown into safe HTML, in a child process of its own.

    Threads may share it: they take turns. After a fork the new process starts a
    child for itself.

    Args:
        seconds: Time for one batch, by the wall clock.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._seats: dict[int, _Seat] = {}

    def render(self, texts: Sequence[str], *, articles: str = ARTICLES) -> list[str]:
        """Render the sections of one text.

        Args:
            texts: Markdown of each section without its heading; together at most
                ``MOST_BYTES`` of UTF-8.
            articles: What stands before the slug in links to articles; trusted.

        Returns:
            HTML of each section, in the same order.

        Raises:
            MarkupError: the texts are too long, took too long or too much memory.
        """
        if not texts:
            return []
        if sum(len(text.encode(errors="replace")) for text in texts) > MOST_BYTES:
            raise MarkupError(
                N_("文字超过 {most} KB，无法排版；请拆成几篇", most=MOST_BYTES // 1024)
            )
        try:
            with self._seat().child() as child:
                return child.ask(texts, articles=articles, seconds=self._seconds)
        except ChildDiedError as error:
            raise MarkupError(
                N_(
                    "排版超过 {seconds:g} 秒，已中止；请检查是否有成串的括号、"
                    "星号或反引号，改正后再保存",
                    seconds=self._seconds,
                )
                if error.late
                else N_(
                    "排版时出错，文字没有保存；请检查是否有层层嵌套的列表、"
                    "引用或乱码，改正后再保存"
                )
            ) from error
        except OSError as error:
            raise MarkupError(N_("服务器暂时无法排版；请稍后再试")) from error

    def close(self) -> None:
        """End this process's child, if it has one; the next text starts another."""
        self._seat().clear()

    def _seat(self) -> _Seat:
        """Give this process's seat; a fork begins with an empty one.

        A lock that came with the fork may be held for ever by a thread that did
        not come; a pipe that came with it keeps the child from seeing its
        parent's end.
        """
        if os.getpid() not in self._seats:
            for inherited in list(self._seats.values()):
                inherited.leave()
        return self._seats.setdefault(os.getpid(), _Seat())


class _Seat:
    """The place of one process's child."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None

    @contextmanager
    def child(self) -> Iterator[Child]:
        """Give the child, running, to one thread at a time."""
        with self._lock:
            if self._child is not None and not self._child.is_running:
                self._child.stop()
                self._child = None
            self._child = self._child or Child()
            yield self._child

    def clear(self) -> None:
        with self._lock:
            if self._child is not None:
                self._child.stop()
                self._child = None

    def leave(self) -> None:
        if self._child is not None:
            self._child.leave()


_SHARED = Renderer()
atexit.register(_SHARED.close)


def render(texts: Sequence[str], *, articles: str = ARTICLES) -> list[str]:
    """Render with the renderer this process shares, see :meth:`Renderer.render`."""
    return _SHARED.render(texts, articles=articles)
