"""A limit on the memory of this process on Windows: a job whose only member it is; imports nothing but the standard.

What is handed to the system is tested byte by byte, on any system; whether Windows does as its documentation says has
not been seen. Sources: Microsoft, winnt.h, JOBOBJECT_EXTENDED_LIMIT_INFORMATION and
JOBOBJECT_BASIC_LIMIT_INFORMATION; jobapi2.h, SetInformationJobObject.
"""

import ctypes
from typing import Any, ClassVar, Final

_PROCESS_MEMORY: Final = 0x100
_DIE_ON_UNHANDLED_EXCEPTION: Final = 0x400
"""A crash ends the process at once instead of asking somebody what to do."""

_EXTENDED_LIMITS: Final = 9


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION; types of fixed size, as ``unsigned long`` differs between systems."""

    _fields_: ClassVar = [
        ("per_process_user_time_limit", ctypes.c_int64),
        ("per_job_user_time_limit", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set_size", ctypes.c_size_t),
        ("maximum_working_set_size", ctypes.c_size_t),
        ("active_process_limit", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    ]


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_: ClassVar = [
        ("basic", BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory_limit", ctypes.c_size_t),
        ("job_memory_limit", ctypes.c_size_t),
        ("peak_process_memory_used", ctypes.c_size_t),
        ("peak_job_memory_used", ctypes.c_size_t),
    ]


def limit_by_job(size: int, kernel: Any) -> bool:
    """Put this process into a job of its own in which it can commit no more than so many bytes.

    The time needs no limit here: the process serves many files, and the program ends it when one takes too long.

    Parameters
    ----------
    size : int
    kernel : ctypes.WinDLL
        ``kernel32``.

    Returns
    -------
    bool
        Whether the system agreed. It may not where jobs cannot be nested (before Windows 8).
    """
    _declare(kernel)
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        return False
    limits = ExtendedLimits()
    limits.basic.limit_flags = _PROCESS_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION
    limits.process_memory_limit = size
    if not kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)):
        return False
    # the handle stays open: it ends with the process
    return bool(kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()))


def _declare(kernel: Any) -> None:
    """State what goes in and comes out: a handle taken for a number of 32 bits would be another one."""
    handle, yes_or_no = ctypes.c_void_p, ctypes.c_int
    kernel.CreateJobObjectW.argtypes = [ctypes.c_void_p, ctypes.c_wchar_p]
    kernel.CreateJobObjectW.restype = handle
    kernel.SetInformationJobObject.argtypes = [handle, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32]
    kernel.SetInformationJobObject.restype = yes_or_no
    kernel.AssignProcessToJobObject.argtypes = [handle, handle]
    kernel.AssignProcessToJobObject.restype = yes_or_no
    kernel.GetCurrentProcess.argtypes = []
    kernel.GetCurrentProcess.restype = handle
