"""What processes do to an index until they die: write and read.

State ``n`` of the index holds the documents ``fixed#0:n`` to ``fixed#9:n`` and the
last twelve of ``moving<n>#1:1``, so every state can be told from every other one.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from tests.kit.index.corpus import ANYBODY
from tests.kit.index.corpus import make_document
from tests.kit.index.corpus import make_documents
from trainer.kit.index import IndexWriteError
from trainer.kit.index import Query
from trainer.kit.index import Searcher
from trainer.kit.index import Store

KEPT = 12


def keys_of(state: int) -> set[str]:
    """What the index must hold in a state."""
    first = max(1, state - KEPT + 1)
    moving = {f"moving{n}#1:1" for n in range(first, state + 1)}
    return moving | {f"fixed#{n}:{state}" for n in range(10)}


def step(store: Store, state: int) -> None:
    """Go from any state to this one, as the replay after a crash would."""
    store.apply(
        delete={"fixed", f"moving{state - KEPT}"},
        add=[
            make_document(f"moving{state}#1:1", "住房公积金提取"),
            *(make_document(f"fixed#{n}:{state}", f"提取{n}") for n in range(10)),
        ],
        generation=state,
    )


def check(searcher: Searcher) -> int:
    """Read everything; returns the state, or fails because it is none."""
    hits = searcher.search(Query.of("提取"), ANYBODY, limit=100)
    found = {hit.key for hit in hits.best}
    assert found == keys_of(hits.generation), (hits.generation, found)
    return hits.generation


def write_for_ever(root: Path) -> None:
    """Commit one state after the other, saying so after each."""
    store = Store(root)
    assert store.lock.try_acquire()
    state = store.generation
    while True:
        state += 1
        step(store, state)
        sys.stdout.write(f"{state}\n")
        sys.stdout.flush()


def read_many_states(root: Path) -> None:
    """Check the newest state until twelve were seen, now and then from nothing."""
    searcher, reads = Searcher(root), 0
    states: set[int] = set()
    while len(states) < 12 or reads < 100:
        reads += 1
        if reads % 5 == 0:
            searcher = Searcher(root)
        states.add(check(searcher))


def die_everywhere(root: Path) -> None:
    """Die before the first, second, ... touch of a file, until a commit survives.

    The state must be the one before or after; the replay must then succeed.
    """
    store = Store(root)
    for places in range(1, 1000):
        state = store.generation + 1
        child = os.fork()
        if not child:
            _die_at(places)
            step(store, state)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert check(Searcher(root)) in {state - 1, state}
        step(store, state)
        assert check(Searcher(root)) == state
        if status == 0:
            sys.stdout.write(f"{places}\n")
            return


def _die_at(place: int) -> None:
    seen = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writes = event == "open" and str(arguments[1]) not in {"r", "rb", "None"}
        if writes or event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}:
            seen += 1
            if seen == place:
                os._exit(9)

    sys.addaudithook(count)


def fill_the_disk(root: Path) -> None:
    """Write with room for ever larger files; the old state must answer each time."""
    store, searcher = Store(root), Searcher(root)
    state = check(searcher)
    failures = 0
    for room in (0, 1, 100, 1_000, 10_000, 30_000, 100_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        try:
            store.apply(delete=(), add=make_documents(300), generation=state + 1)
        except IndexWriteError:
            failures += 1
        try:
            store.rebuild(make_documents(300), state + 1)
        except IndexWriteError:
            failures += 1
        assert check(Searcher(root)) == check(searcher) == state
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    step(store, state + 1)
    assert check(searcher) == state + 1
    sys.stdout.write(f"{failures} {len(list(Path('/proc/self/fd').iterdir()))}\n")
