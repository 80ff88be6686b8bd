# SPDX-License-Identifier: EUPL-1.2
"""Stops one thread of a process, as a call into a dead disk would, and lets the others go on (ptrace)."""
import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
LIBC.ptrace.restype = ctypes.c_long
SEIZE, INTERRUPT = 0x4206, 0x4207
ALL_KINDS_OF_CHILDREN = 0x40000000  # __WALL


def threads(pid):
    """Names of the threads of a process, by their ids."""
    found = {}
    for tid in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{tid}/comm") as file:
            found[int(tid)] = file.read().strip()
    return found


def freeze(pid, name):
    """Stops the thread of that name; returns its id. It stays so until the process dies; call `bury` then and now."""
    tid = next(tid for tid, comm in threads(pid).items() if comm == name)
    for request in (SEIZE, INTERRUPT):
        if LIBC.ptrace(request, tid, None, None) != 0:
            raise OSError(ctypes.get_errno(), f"ptrace {request:#x} of thread {tid}")
    os.waitpid(tid, ALL_KINDS_OF_CHILDREN)
    return tid


def bury(tid):
    """A thread that was frozen is ours to reap, or its process stays a zombie. Returns whether it is gone."""
    try:
        return os.waitpid(tid, os.WNOHANG | ALL_KINDS_OF_CHILDREN)[0] == tid
    except ChildProcessError:
        return True
