"""The ``trainer`` command: composes the commands of every feature.

Exit codes: 0 done; 1 the answer is no (mistakes, differences, nothing found);
2 wrong usage; 3 refused, with the reason on stderr.
"""

from __future__ import annotations

from trainer.cli.root import trainer

__all__ = ["main", "trainer"]


def main() -> None:
    """Run the command line."""
    trainer()
