"""How a child process that opens untrusted files keeps to its share of memory; imports nothing but the standard."""

_MIB = 1024 * 1024


def limit_memory(memory_mib: int) -> None:
    """Cap the address space of this process where the system can; elsewhere the time limit alone protects.

    No core file is left behind either: it would hold what stands in the lists.
    """
    try:
        import resource
    except ImportError:
        return
    size = memory_mib * _MIB
    for kind, limit in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (OSError, ValueError):
            continue
