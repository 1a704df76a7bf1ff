"""The child process that renders; started by :mod:`.renderer`.

It answers each line of JSON on standard input, ``{"texts": [...], "articles":
"/articles/", "seconds": 5}``, with one line, the list of HTML texts, and ends
when its input ends. An error ends it too, with its trace on standard error: a
converter that stopped in the middle of a text is not worth keeping.
"""

from __future__ import annotations

import json
import signal
import sys

from trainer.kit.markup.convert import convert

MOST_MEMORY = 256 * 1024 * 1024
"""Address space, in bytes. Measured: 26 MB at the start, 41 MB for 512 KiB of
articles, 203 MB for 512 KiB of nothing but table rows."""


def main() -> None:
    """Answer requests until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    sys.tracebacklimit = 5  # a text nested too deep would fill the log
    _limit_memory()
    for line in sys.stdin:
        print(answer(line), flush=True)  # noqa: T201  (the answer to the parent)


def answer(line: str) -> str:
    """Render the texts of one request."""
    request = json.loads(line)
    _alarm(request["seconds"] + 1)
    articles = request["articles"]
    pages = [convert(text, articles=articles) for text in request["texts"]]
    _alarm(0)
    return json.dumps(pages)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  (not on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _alarm(seconds: float) -> None:
    """End this process after so many seconds, whatever it is doing; 0 is never.

    The parent keeps the time; this is for the child whose parent is gone.
    """
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
