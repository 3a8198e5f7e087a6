"""A child process that answers, is late, or goes down; stopped, it is started anew by the next conversation."""

import sys
from pathlib import Path

import pytest

from vemas_analytics.child_process import ChildProcess

ECHO = """
import sys, time
for line in sys.stdin.buffer:
    if line == b"sleep\\n":
        time.sleep(60)
    if line == b"die\\n":
        sys.exit(3)
    sys.stdout.buffer.write(line[::-1])
    sys.stdout.buffer.flush()
"""


def ask(child: ChildProcess, word: bytes, seconds: float = 20.0) -> tuple[bytes, bool]:
    with child.conversation(seconds) as talk:
        talk.requests.write(word + b"\n")
        talk.requests.flush()
        return talk.answers.read(len(word) + 1).strip(), talk.late.is_set()


@pytest.fixture
def child(tmp_path: Path):
    (tmp_path / "echo.py").write_text(ECHO, "utf-8")
    process = ChildProcess((str(tmp_path / "echo.py"),))
    yield process
    process.stop()


def test_one_process_answers_until_it_is_stopped(child: ChildProcess) -> None:
    assert ask(child, b"eins") == (b"snie", False)
    first = child._process
    assert ask(child, b"zwei") == (b"iewz", False)
    assert child._process is first
    child.stop()
    child.stop()
    assert ask(child, b"drei") == (b"ierd", False)
    assert child._process is not first


def test_a_late_answer_is_told_from_a_crash(child: ChildProcess) -> None:
    assert ask(child, b"sleep", seconds=0.2) == (b"", True)
    child.stop()
    assert ask(child, b"die") == (b"", False)
    child.stop()
    assert ask(child, b"eins") == (b"snie", False)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_memory_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "hungry.py"
    script.write_text(
        "from vemas_analytics.memory_limit import limit_memory\n"
        "limit_memory(256)\n"
        "try:\n    bytearray(400 << 20)\nexcept MemoryError:\n    print('refused')\n",
        "utf-8",
    )
    child = ChildProcess((str(script),))
    with child.conversation(20) as talk:
        assert talk.answers.read() == b"refused\n"
    child.stop()
