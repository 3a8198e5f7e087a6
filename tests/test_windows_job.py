"""What is handed to Windows to limit the memory of a process, as far as it can be told without Windows."""

import ctypes
from typing import Any

import pytest

from vemas_analytics.windows_job import BasicLimits, ExtendedLimits, limit_by_job

MIB = 1024 * 1024
THIS_PROCESS = (1 << 64) - 1


class System:
    """Stands in for kernel32: takes calls as the C functions would, by their declared types."""

    def __init__(self, *, agrees: str = "all") -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.handed = b""
        job, yes = 0x1_0000_0004, 1
        self.CreateJobObjectW = self._function("create", 0 if agrees == "nothing" else job)
        self.SetInformationJobObject = self._function("set", yes if agrees != "create" else 0)
        self.AssignProcessToJobObject = self._function("assign", yes if agrees == "all" else 0)
        self.GetCurrentProcess = self._function("this", THIS_PROCESS)

    def _function(self, name: str, answer: int) -> Any:
        def call(*arguments: Any) -> int | None:
            pairs = zip(call.argtypes, arguments, strict=True)
            taken = [kind(value).value if isinstance(value, int) else value for kind, value in pairs]
            if name == "set":
                self.handed = ctypes.string_at(ctypes.addressof(arguments[2]._obj), arguments[3])
            self.calls.append((name, *taken))
            return call.restype(answer).value

        call.argtypes, call.restype = [], ctypes.c_int  # type: ignore[attr-defined]
        return call


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="offsets of a 64-bit system")
def test_the_structures_lie_as_winnt_h_lays_them_out() -> None:
    assert (ctypes.sizeof(BasicLimits), ctypes.sizeof(ExtendedLimits)) == (64, 144)
    places = {name: getattr(BasicLimits, name).offset for name, _ in BasicLimits._fields_}
    assert list(places.values()) == [0, 8, 16, 24, 32, 40, 48, 56, 60]
    assert {name: getattr(ExtendedLimits, name).offset for name, _ in ExtendedLimits._fields_} == {
        "basic": 0, "io_counters": 64, "process_memory_limit": 112, "job_memory_limit": 120,
        "peak_process_memory_used": 128, "peak_job_memory_used": 136,
    }  # fmt: skip


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="offsets of a 64-bit system")
def test_a_job_with_a_limit_on_memory_alone_takes_this_process_in() -> None:
    system = System()
    assert limit_by_job(1024 * MIB, system)
    assert [call[0] for call in system.calls] == ["create", "set", "this", "assign"]
    assert system.calls[1][2] == 9
    assert len(system.handed) == 144
    assert system.handed[16:20] == (0x500).to_bytes(4, "little")
    assert system.handed[112:120] == (1024 * MIB).to_bytes(8, "little")
    assert not any(system.handed[:16] + system.handed[20:112] + system.handed[120:])


def test_handles_keep_all_their_bits() -> None:
    system = System()
    limit_by_job(MIB, system)
    assert system.calls[-1] == ("assign", 0x1_0000_0004, THIS_PROCESS)


@pytest.mark.parametrize("agrees", ["nothing", "create", "set"])
def test_a_system_that_refuses_is_no_error(agrees: str) -> None:
    assert limit_by_job(MIB, System(agrees=agrees)) is False
