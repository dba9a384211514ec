"""What a process that reads the files of strangers may use: little time and memory, and no disk."""

import resource


def build_limits(cpu_seconds: int, memory_bytes: int) -> dict[int, int]:
    """Return the limits of a worker: CPU time, address space, and no right to write files."""
    return {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }


def limit_resources(limits: dict[int, int]) -> None:
    """Hold this process to these limits for good."""
    for limit, maximum in limits.items():
        resource.setrlimit(limit, (maximum, maximum))
