"""The seccomp profile of a whole box, as the engine wants it: an allow-list of our own.

A box needs what a run needs, plus what starts the container, forks, and speaks with the runner. It
does not depend on the engine's version, whose own default profiles differ by years. A run puts
itself behind the narrower filter of guest/seccomp.py on top.
"""

import json

from .guest import syscalls

# What the container runtime does between installing the profile and running our program.
_RUNTIME = (
    "capget",
    "capset",
    "chown",
    "execve",
    "execveat",
    "fchown",
    "fchownat",
    "fstatfs",
    "mlock",
    "newfstatat",
    "openat2",
    "setfsgid",
    "setfsuid",
    "setgid",
    "setgroups",
    "setpgid",
    "setresgid",
    "setresuid",
    "setuid",
    "setrlimit",
    "sigaltstack",
)

# What the zygote does and a run may not.
_ZYGOTE = (
    "connect",
    "fcntl",
    "fork",
    "getpeername",
    "getsockname",
    "getsockopt",
    "ioctl",
    "kill",
    "landlock_add_rule",
    "landlock_create_ruleset",
    "landlock_restrict_self",
    "prctl",
    "prlimit64",
    "recvfrom",
    "recvmsg",
    "seccomp",
    "sendmsg",
    "sendto",
    "setsid",
    "setsockopt",
    "shutdown",
    "socketpair",
    "tgkill",
    "vfork",
    "wait4",
    "waitid",
)

_AF_UNIX = 1
# Every flag of clone that makes a namespace.
_NAMESPACES = 0x7E020000


def profile() -> str:
    """The profile as JSON text, the same bytes every time."""
    names = sorted({*syscalls.ALLOWED, *_RUNTIME, *_ZYGOTE})
    return json.dumps(
        {
            "defaultAction": "SCMP_ACT_ERRNO",
            "defaultErrnoRet": 1,
            "archMap": [
                {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": []},
                {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": []},
            ],
            "syscalls": [
                {"names": names, "action": "SCMP_ACT_ALLOW"},
                {
                    "names": ["socket"],
                    "action": "SCMP_ACT_ALLOW",
                    "args": [{"index": 0, "value": _AF_UNIX, "op": "SCMP_CMP_EQ"}],
                },
                {
                    "names": ["clone"],
                    "action": "SCMP_ACT_ALLOW",
                    "args": [
                        {
                            "index": 0,
                            "value": _NAMESPACES,
                            "valueTwo": 0,
                            "op": "SCMP_CMP_MASKED_EQ",
                        }
                    ],
                },
                {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38},
            ],
        },
        sort_keys=True,
    )
