"""``python -m bench``: every measurement, one after the other.

The engine is measured at 1,000 and 10,000 sections here; at 50,000 by
``python -m bench.engine --sections 50000`` (some ten minutes). Lighthouse comes last:
it needs Node.js with npm, and says so where they are missing.
"""

from __future__ import annotations

import subprocess
import sys

STEPS = (
    ("bench.quality",),
    ("bench.endpoint",),
    ("bench.roster",),
    ("bench.analysis",),
    ("bench.competence",),
    ("bench.placement",),
    ("bench.quizzes",),
    ("bench.tips",),
    ("bench.competence_board",),
    ("bench.plans",),
    ("bench.digests",),
    ("bench.engine", "--sections", "1000", "10000"),
    ("bench.lighthouse",),
)


def main() -> int:
    """Run each measurement in a process of its own; gives the worst exit code."""
    worst = 0
    for step in STEPS:
        print(f"\n== python -m {' '.join(step)}", flush=True)
        worst = max(worst, subprocess.call([sys.executable, "-m", *step]))  # noqa: S603  (our own)
    return worst


if __name__ == "__main__":
    sys.exit(main())
