"""How a child process that opens untrusted files keeps to its share of memory; imports nothing but the standard."""

import ctypes

_MIB = 1024 * 1024


def limit_memory(memory_mib: int) -> None:
    """Cap the address space of this process, on Windows what it may commit, where the system can.

    No core file is left behind either: it would hold what stands in the lists.
    """
    size = memory_mib * _MIB
    try:
        import resource
    except ImportError:
        _limit_on_windows(size)
        return
    for kind, limit in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (OSError, ValueError):
            continue


def _limit_on_windows(size: int) -> None:
    library = getattr(ctypes, "WinDLL", None)
    if library is not None:
        from vemas_analytics.windows_job import limit_by_job

        limit_by_job(size, library("kernel32", use_last_error=True))
