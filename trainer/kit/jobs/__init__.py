"""Jobs: work that nobody waits for, done once, tried again, in sight.

What is to be done, and how far it is, stands in the table ``job_run`` of the site's
own database; the queue (huey) only carries the keys of runs to whoever works. So a
queue that is lost or empty loses nothing: the next look fills it again.
"""

from __future__ import annotations

from trainer.kit.jobs.job import Job
from trainer.kit.jobs.kept import JobState
from trainer.kit.jobs.kept import Run
from trainer.kit.jobs.kept import ask
from trainer.kit.jobs.kept import ask_again
from trainer.kit.jobs.kept import last_seen
from trainer.kit.jobs.kept import runs
from trainer.kit.jobs.queue import Worker
from trainer.kit.jobs.queue import open_queue
from trainer.kit.jobs.working import look
from trainer.kit.jobs.working import work

__all__ = [
    "Job",
    "JobState",
    "Run",
    "Worker",
    "ask",
    "ask_again",
    "last_seen",
    "look",
    "open_queue",
    "runs",
    "work",
]
