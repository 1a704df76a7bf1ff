"""How often something may be asked: token buckets in the memory of one process.

One node needs no more: a second process doubles what is allowed, and a restart
forgets. What must hold exactly (wrong passwords) is counted in the database.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from typing import cast

from flask import Flask
from flask import current_app

from trainer.core.errors import TooManyError
from trainer.core.wording import Nn_
from trainer.kit.web import current

MOST_KEYS = 10_000
"""Buckets kept; the one not used for longest goes first."""


class Limiter:
    """A bucket for each key: holds a minute's worth, and is filled evenly."""

    def __init__(self, per_minute: int) -> None:
        self._size = float(per_minute)
        self._per_second = per_minute / 60
        self._buckets: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str, at: datetime) -> float:
        """Take one; give 0, or in how many seconds there will be one again.

        A clock that is set back fills nothing, and takes nothing away.
        """
        with self._lock:
            left, since = self._buckets.pop(key, (self._size, at))
            passed = max((at - since).total_seconds(), 0.0)
            left = min(left + passed * self._per_second, self._size)
            taken = left >= 1
            self._buckets[key] = (left - 1 if taken else left, at)
            if len(self._buckets) > MOST_KEYS:
                self._buckets.popitem(last=False)
        return 0.0 if taken else (1 - left) / self._per_second


def install(app: Flask, per_minute: Mapping[str, int]) -> None:
    """Make a limiter for each name."""
    app.extensions["limiters"] = {n: Limiter(rate) for n, rate in per_minute.items()}


def spend(name: str, key: str) -> None:
    """Count one request.

    Raises:
        TooManyError: this key has asked too often; says when it may again.
    """
    limiters = cast("Mapping[str, Limiter]", current_app.extensions["limiters"])
    if seconds := limiters[name].wait(key, current.now()):
        wait = math.ceil(seconds)
        raise TooManyError(Nn_("请求太频繁，没有处理；请等 {n} 秒再试", n=wait), wait)
