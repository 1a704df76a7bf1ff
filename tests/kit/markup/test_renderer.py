"""The child process: killed when it must be, and there again when it is needed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import trainer
from trainer.core.document import MOST_BYTES
from trainer.core.errors import TrainerError
from trainer.kit.markup import MarkupError
from trainer.kit.markup import Renderer
from trainer.kit.markup import render
from trainer.kit.markup import worker
from trainer.kit.markup.child import Child
from trainer.kit.markup.child import ChildDiedError

HOSTILE = "[" * 20_000


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    renderer = Renderer(seconds=20.0)
    yield renderer
    renderer.close()


def children() -> set[int]:
    """Processes that this one has started and not yet taken back."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text().split()}


def is_gone(pid: int) -> bool:
    """Whether a process has ended, or does within five seconds."""
    for _ in range(500):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or ") Z " in stat.read_text():
            return True
        time.sleep(0.01)
    return False


def test_texts_come_back_in_their_order(renderer: Renderer) -> None:
    assert renderer.render(["**甲**", "", "乙"]) == [
        "<p><strong>甲</strong></p>",
        "",
        "<p>乙</p>",
    ]


def test_the_shared_renderer_does_the_same() -> None:
    assert render(["[x](cite:a#b)"], articles="/k/") == [
        '<p><a class="cite" href="/k/a#b" data-cite="a#b">x</a></p>'
    ]


def test_no_texts_need_no_child(renderer: Renderer) -> None:
    before = children()
    assert renderer.render([]) == []
    assert children() == before


def test_a_hostile_text_is_given_up_in_time_and_the_next_one_works() -> None:
    renderer = Renderer(seconds=1.0)
    renderer.render(["甲"])
    started = time.monotonic()
    with pytest.raises(MarkupError, match="超过 1 秒"):
        renderer.render(["乙", HOSTILE])
    assert time.monotonic() - started < 10.0
    assert renderer.render(["丙"]) == ["<p>丙</p>"]
    renderer.close()


def test_a_batch_that_eats_memory_is_given_up(
    renderer: Renderer, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(MarkupError, match="排版时出错"):
        renderer.render(["[x](cite:a)" * 500], articles="/" * 1_000_000)
    assert renderer.render(["丙"]) == ["<p>丙</p>"]
    assert "MemoryError" in capfd.readouterr().err


def test_a_text_nested_too_deep_is_given_up_without_filling_the_log(
    renderer: Renderer, capfd: pytest.CaptureFixture[str]
) -> None:
    deep = "".join(" " * 4 * depth + "- 甲\n" for depth in range(300))
    with pytest.raises(MarkupError, match="层层嵌套"):
        renderer.render([deep])
    assert renderer.render(["丙"]) == ["<p>丙</p>"]
    log = capfd.readouterr().err
    assert "RecursionError" in log
    assert len(log.splitlines()) < 30


def test_a_text_that_is_too_long_is_refused(renderer: Renderer) -> None:
    with pytest.raises(MarkupError, match="512 KB"):
        renderer.render(["甲" * (MOST_BYTES // 3), "乙"])


def test_the_error_is_one_that_a_person_may_see() -> None:
    assert issubclass(MarkupError, TrainerError)


def test_a_child_that_died_in_its_sleep_is_replaced(renderer: Renderer) -> None:
    before = children()
    renderer.render(["甲"])
    (child,) = children() - before
    os.kill(child, signal.SIGKILL)
    assert is_gone(child)
    assert renderer.render(["乙"]) == ["<p>乙</p>"]


def test_a_child_that_does_not_start_is_an_error_with_a_sentence(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/missing/python")
    with pytest.raises(MarkupError, match="稍后再试"):
        renderer.render(["甲"])


def test_an_interrupt_does_not_leave_an_answer_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    child = Child()

    def interrupted(_: Child) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(Child, "_read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        child.ask(["甲"], articles="/", seconds=5.0)
    assert not child.is_running


def test_a_child_that_dies_before_it_reads_gives_no_answer() -> None:
    before = children()
    child = Child()
    (pid,) = children() - before
    os.kill(pid, signal.SIGKILL)
    assert is_gone(pid)
    with pytest.raises(ChildDiedError, match="crashed"):
        child.ask(["甲" * 100_000], articles="/", seconds=5.0)


def test_the_worker_answers_a_line_with_a_line() -> None:
    request = {"texts": ["**甲**", "乙"], "articles": "/", "seconds": 5}
    answer = worker.answer(json.dumps(request))
    assert "\n" not in answer
    assert json.loads(answer) == ["<p><strong>甲</strong></p>", "<p>乙</p>"]


def test_threads_share_one_child(renderer: Renderer) -> None:
    before = children()
    numbers = range(60)
    with ThreadPoolExecutor(8) as pool:
        pages = pool.map(lambda number: renderer.render([f"第 {number} 篇"]), numbers)
    assert list(pages) == [[f"<p>第 {number} 篇</p>"] for number in numbers]
    assert len(children() - before) == 1


def run(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own, ``T`` being text for 20 seconds."""
    head = "import os, signal, threading, time\nfrom pathlib import Path\n"
    head += "from trainer.kit.markup import MarkupError, Renderer\nT = '[' * 20_000\n"
    return subprocess.run(  # noqa: S603  (scripts of this file)
        [sys.executable, "-c", head + script],
        env=os.environ | {"PYTHONPATH": str(Path(trainer.__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_fork_in_the_middle_of_a_batch_starts_a_child_of_its_own() -> None:
    done = run("""
renderer = Renderer(seconds=1.0)
renderer.render(["甲"])

def busy():
    try:
        renderer.render([T])
    except MarkupError:
        print("late", flush=True)

thread = threading.Thread(target=busy)
thread.start()
time.sleep(0.2)
if os.fork() == 0:
    print(renderer.render(["乙"]), flush=True)
    renderer.close()
    os._exit(0)
os.wait()
thread.join()
print(renderer.render(["丙"]))
renderer.close()
""")
    assert done.stderr == ""
    assert sorted(done.stdout.split("\n")) == [
        "",
        "['<p>丙</p>']",
        "['<p>乙</p>']",
        "late",
    ]


@pytest.mark.parametrize("work", ["pass", "threading.Thread(target=hang).start()"])
def test_the_child_ends_with_its_parent(work: str) -> None:
    done = run(f"""
renderer = Renderer(seconds=0.5)
renderer.render(["甲"])
hang = lambda: renderer.render([T])
print(Path(f"/proc/self/task/{{os.getpid()}}/children").read_text(), flush=True)
{work}
time.sleep(0.2)
os.kill(os.getpid(), signal.SIGKILL)
""")
    assert is_gone(int(done.stdout))


def test_the_shared_child_ends_quietly_with_the_process() -> None:
    done = run("import trainer.kit.markup as m; print(m.render(['甲']))")
    assert (done.stdout, done.stderr) == ("['<p>甲</p>']\n", "")
