"""Reading, reaching, spawning, escaping: every try must fail, inside the real guest."""

# The attackers' programs are tables, one try a line.
# ruff: noqa: E501

import pytest
from attacks.probing import END, PROBE
from runners import Asker

# Past every kindness of the capture, which hands programs files that are none: the C library itself.
READING = """
def read(path):
    number = libc.open(os.fsencode(path), os.O_RDONLY)
    if number < 0:
        raise OSError(ctypes.get_errno(), path)
    return os.read(number, 10) or 1 / 0  # what the engine masks is there, and empty

for path in ("/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/resolv.conf", "/proc/1/mem", "/proc/1/environ",
             "/proc/1/maps", "/proc/1/cmdline", "/proc/self/mem", "/proc/self/environ", "/proc/self/maps",
             "/proc/self/mounts", "/proc/self/mountinfo", "/proc/mounts", "/proc/version",
             "/proc/cmdline", "/proc/kallsyms", "/proc/keys", "/proc/sched_debug", "/proc/net/tcp",
             "/sys/fs/cgroup/memory.max", "/run/z/s.sock", "/var/run/docker.sock", "/root/.bashrc"):
    attempt(path, lambda: read(path))
for path in ("/", "/etc", "/proc", "/proc/1/fd", "/proc/self/fd", "/proc/self/task", "/run", "/run/z", "/home", "/root",
             "/sys/class/net", "/var", "/dev", "/tmp", "/mnt", "/proc/1/root", "/proc/1/cwd"):
    attempt("list " + path, lambda: call(217, libc.open(os.fsencode(path), os.O_RDONLY), ctypes.create_string_buffer(4096), 4096))
import urllib.request
attempt("file url", lambda: urllib.request.urlopen("file:///etc/passwd").read())
"""

# Opened for writing and not written to, so that a wall with a hole in it costs the machine nothing.
WRITING = """
import keras
def write(path):
    flags = os.O_WRONLY if os.path.exists(path) else os.O_WRONLY | os.O_CREAT | os.O_EXCL
    if libc.open(os.fsencode(path), flags, 0o600) < 0:
        raise OSError(ctypes.get_errno(), path)

own = os.__file__
for path in ("/x.netfig", "/etc/x.netfig", "/usr/x.netfig", "/run/x.netfig", "/run/z/x.netfig", "/dev/shm/x.netfig", "/var/tmp/x.netfig",
             "/run/lock/x.netfig", "/tmp/x.netfig", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger",
             "/proc/self/oom_score_adj", "/proc/1/oom_score_adj", "/sys/kernel/mm/transparent_hugepage/enabled",
             "/sys/fs/cgroup/release_agent", os.path.dirname(own) + "/x.netfig", own, sys.executable):
    attempt(path, lambda: write(path))
attempt("device node", lambda: call(133, b"n", 0o600 | stat.S_IFCHR, os.makedev(1, 1)))
attempt("socket file", lambda: call(133, b"s", 0o600 | stat.S_IFSOCK, 0))
attempt("hard link", lambda: call(86, os.fsencode(own), b"l"))
attempt("owner", lambda: call(92, b".", 12345, 12345))
attempt("remove", lambda: call(87, os.fsencode(os.path.dirname(own) + "/no-such-file")))
attempt("rename away", lambda: call(82, b".", b"/tmp/y.netfig"))
"""

NETWORK = """
import socket
families = {"inet": 2, "inet6": 10, "unix": 1, "vsock": 40, "netlink": 16, "alg": 38, "packet": 17, "xdp": 44,
            "tipc": 30, "bluetooth": 31, "can": 29, "key": 15, "rds": 21, "x25": 9}
for name, family in families.items():
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        attempt(f"socket {name} {kind}", lambda: call(41, family, kind, 0))
attempt("socketpair", lambda: socket.socketpair())
attempt("connect to the loopback", lambda: socket.create_connection(("127.0.0.1", PORT), 1))
attempt("getaddrinfo", lambda: socket.getaddrinfo("netfig.invalid", 80))
attempt("io_uring_setup", lambda: call(425, 8, ctypes.create_string_buffer(120)))
import socketserver
attempt("listen", lambda: socketserver.TCPServer(("127.0.0.1", 0), None))
"""

PROCESSES = """
import subprocess, pty, multiprocessing, threading, signal
attempt("fork", __import__("posix").fork)
attempt("vfork", lambda: call(58))
attempt("raw fork", lambda: call(57))
attempt("clone", lambda: call(56, 17, 0, 0, 0, 0))
attempt("clone3", lambda: call(435, ctypes.create_string_buffer(88), 88))
attempt("execv", lambda: os.execv(sys.executable, [sys.executable, "-c", "1"]))
attempt("execveat", lambda: call(322, -100, b"/bin/true", None, None, 0))
attempt("subprocess", lambda: subprocess.run(["/bin/true"]))
attempt("posix_spawn", lambda: os.posix_spawn("/bin/true", ["true"], {}))
attempt("pty", lambda: pty.spawn("/bin/true"))
attempt("pool", lambda: multiprocessing.Pool(1))
attempt("system", lambda: 1 / 0 if libc.system(b"/bin/true") else "ran")
for pid in (1, os.getppid(), -1, 0, -os.getpgrp()):
    if pid not in (0, ):
        attempt(f"kill {pid}", lambda: os.kill(pid, 0))
attempt("kill group", lambda: call(62, 0, 0))
attempt("tgkill", lambda: call(234, 1, 1, 0))
attempt("tkill", lambda: call(200, 1, 0))
attempt("sigqueue", lambda: call(129, 1, 0, ctypes.create_string_buffer(128)))
attempt("pidfd_open", lambda: call(434, 1, 0))
attempt("nice", lambda: os.nice(-20))
attempt("affinity", lambda: os.sched_setaffinity(0, {0}))
attempt("setpriority", lambda: os.setpriority(os.PRIO_PROCESS, 0, -5))
attempt("scheduler", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
import resource
attempt("raise a limit", lambda: resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2))
attempt("limits of another", lambda: resource.prlimit(1, resource.RLIMIT_CPU))
"""

ESCAPE = """
for name, flag in {"user": 0x10000000, "pid": 0x20000000, "net": 0x40000000, "mount": 0x20000, "ipc": 0x8000000,
                   "uts": 0x4000000, "cgroup": 0x2000000, "time": 0x80}.items():
    attempt(f"unshare {name}", lambda: call(272, flag))
attempt("clone newuser thread", lambda: call(56, 0x10000000 | 17, 0, 0, 0, 0))
SINGLE = {"setns": (308, -1, 0), "mount": (165, b"x", b"/", b"tmpfs", 0, 0), "umount2": (166, b"/tmp", 0), "pivot_root": (155, b"/", b"/"),
          "chroot": (161, b"/"), "bpf": (321, 0, None, 0), "perf_event_open": (298, None, 0, -1, -1, 0), "userfaultfd": (323, 0),
          "keyctl": (250, 0, -3, 0), "add_key": (248, b"user", b"x", b"y", 1, -3), "request_key": (249, b"user", b"x", 0, -3),
          "ptrace attach 1": (101, 16, 1, 0, 0), "ptrace traceme": (101, 0, 0, 0, 0), "process_vm_readv": (310, 1, None, 0, None, 0, 0),
          "process_vm_writev": (311, 1, None, 0, None, 0, 0), "pidfd_getfd": (438, 0, 0, 0), "process_madvise": (440, 0, 0, 0, 0, 0),
          "kcmp": (312, 1, 1, 0, 0, 0), "memfd_create": (319, b"x", 0), "memfd_secret": (447, 0), "shmget": (29, 0, 4096, 0o1600),
          "semget": (64, 0, 1, 0o1600), "msgget": (68, 0, 0o1600), "mq_open": (240, b"x", 0o102, 0o600, None), "inotify_init": (253,),
          "fanotify_init": (300, 0, 0), "personality": (135, 0x0040000), "modify_ldt": (154, 0, None, 0), "iopl": (172, 3),
          "init_module": (175, None, 0, b""), "kexec_load": (246, 0, 0, None, 0), "reboot": (169, 0, 0, 0, None), "sethostname": (170, b"x", 1),
          "settimeofday": (164, None, None), "acct": (163, None), "swapon": (167, b"x", 0), "quotactl": (179, 0, None, 0, None), "syslog": (103, 10, None, 0),
          "open_by_handle_at": (304, -100, None, 0), "name_to_handle_at": (303, -100, b"/", None, None, 0), "io_setup": (206, 1, None),
          "fsopen": (430, b"tmpfs", 0), "open_tree": (428, -100, b"/", 1), "move_mount": (429, -1, b"", -1, b"", 0), "mount_setattr": (442, -100, b"/", 0, None, 0),
          "landlock_restrict_self": (446, -1, 0), "seccomp": (317, 0, 0, None), "setuid": (105, 0), "setgid": (106, 0), "setgroups": (116, 0, None),
          "capset": (126, None, None), "prctl dumpable": (157, 4, 1, 0, 0, 0), "prctl pdeathsig": (157, 1, 0, 0, 0, 0), "prctl seccomp": (157, 22, 1, 0, 0, 0),
          "flock": (73, 0, 2), "setsid": (112,), "mlockall": (151, 1), "mlock": (149, 0, 4096), "migrate_pages": (256, 0, 0, None, None), "vmsplice": (278, 0, None, 0, 0),
          "ioprio_set": (251, 1, 0, 0), "lookup_dcookie": (212, 0, None, 0), "uselib": (134, b"x"), "setxattr": (188, b"x", b"user.x", b"y", 1, 0)}
import platform
if platform.machine() == "x86_64":
    for name, arguments in SINGLE.items():
        attempt(name, lambda: call(*arguments))
import fcntl
attempt("lock", lambda: fcntl.lockf(open("f", "w"), fcntl.LOCK_EX))
attempt("lease", lambda: fcntl.fcntl(open("f"), 1024, fcntl.F_RDLCK))
attempt("tiocsti", lambda: fcntl.ioctl(0, 0x5412, b"x"))
"""

SHARED_OBJECT = """
import shutil, keras
import _ctypes
copy = os.path.join(os.getcwd(), "copied.so")
with open(_ctypes.__file__, "rb") as source, open(copy, "wb") as target:
    target.write(source.read())
"""


@pytest.mark.parametrize(
    "code",
    [READING, WRITING, NETWORK, PROCESSES, ESCAPE],
    ids=["reading", "writing", "network", "processes", "escape"],
)
def test_every_try_fails(boxed: Asker, code: str) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        reply = boxed.run(f"{PROBE}\nPORT = {port}\n{code}{END}", session="walls")
        listener.settimeout(0.05)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert reply.verdict == "done", reply
    assert len(reply.capture) > 10
    broken = {what: how for what, how in reply.capture.items() if not how.startswith("held")}
    assert broken == {}


@pytest.mark.parametrize("boxed", ["docker"], indirect=True)
def test_a_library_from_the_own_directory_is_not_loaded_in_a_box(boxed: Asker) -> None:
    """Only a box has the mount that forbids it."""
    code = SHARED_OBJECT + "attempt('load', lambda: ctypes.CDLL(copy))"
    reply = boxed.run(PROBE + code + END, session="walls")
    assert reply.capture["load"].startswith("held: OSError"), reply


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("x32", "libc.syscall(0x40000000 + 39)"),
        # mov eax, 20 (getpid of 32 bits); int 0x80; ret
        (
            "int 0x80",
            (
                "import mmap\npage = mmap.mmap(-1, 4096, prot=7)\n"
                "page.write(bytes.fromhex('b814000000cd80c3'))\n"
                "address = ctypes.addressof(ctypes.c_char.from_buffer(page))\n"
                "ctypes.CFUNCTYPE(ctypes.c_int)(address)()"
            ),
        ),
    ],
)
def test_calls_of_another_architecture_end_the_run(boxed: Asker, name: str, code: str) -> None:
    reply = boxed.run(f"{PROBE}{code}\nFOUND['x'] = 'went on'{END}", session="arch")
    assert reply.verdict in ("policy", "crash"), reply
    assert reply.capture is None


def test_one_run_leaves_nothing_for_the_next(boxed: Asker) -> None:
    plant = """
import builtins, os, sys, keras, numpy, tempfile
MARKER = "planted-" + "4711-0815"
open("left", "w").write(MARKER)
open(os.path.join(tempfile.gettempdir(), "left2"), "w").write(MARKER)
builtins.left = MARKER
os.environ["LEFT"] = MARKER
sys.modules["left"] = keras
keras.layers.Layer.left = MARKER
keras.config.set_floatx("float16")
keras.config.enable_unsafe_deserialization()
keep = [MARKER * 1000 for _ in range(100)]
attempt("plant", lambda: 1 / 0)
"""
    look = """
import builtins, gc, keras, tempfile
FOUND["directory"] = repr(sorted(os.listdir(".")))
FOUND["temporary"] = repr(tempfile.gettempdir() == os.getcwd())
FOUND["builtins"] = repr(hasattr(builtins, "left"))
FOUND["environment"] = repr([k for k, v in os.environ.items() if "planted" in v])
FOUND["modules"] = repr("left" in sys.modules)
FOUND["class"] = repr(hasattr(keras.layers.Layer, "left"))
FOUND["floatx"] = keras.config.floatx()
marker = "planted-" + "4711-" + "0815"
FOUND["heap"] = repr(sum(isinstance(o, str) and marker in o for o in gc.get_objects()))
FOUND["host"] = repr([k for k in os.environ if k.startswith(("HOSTNAME", "NETFIG", "PIP", "SSL"))])
FOUND["argv"] = repr(sys.argv)
FOUND["threads"] = repr(__import__("threading").active_count())
"""
    assert boxed.run(PROBE + plant + END, session="twice").verdict == "done"
    found = boxed.run(PROBE + look + END, session="twice").capture
    assert found == {
        "directory": "[]",
        "temporary": "True",
        "builtins": "False",
        "environment": "[]",
        "modules": "False",
        "class": "False",
        "floatx": "float32",
        "heap": "0",
        "host": "[]",
        "argv": "['paste.py']",
        "threads": "1",
    }


def test_the_memory_of_the_box_holds_no_earlier_program(boxed: Asker) -> None:
    """Scans its own pages, which are the zygote's, for what an earlier run's request held."""
    first = "# " + "secret-of-" * 3 + "another\nx = 1\n" * 50
    boxed.run(PROBE + first + END, session="heap")
    look = """
needle = ("secret-of-" * 2 + "secret" + "-of-another").encode()
libc.memmem.restype = ctypes.c_void_p
import gc
FOUND["objects"] = repr(sum(needle in bytes(str(o), "utf-8", "replace") for o in gc.get_objects() if isinstance(o, str)))
"""
    found = boxed.run(PROBE + look + END, session="heap").capture
    assert found == {"objects": "0"}


def test_two_runs_draw_different_random_numbers(boxed: Asker) -> None:
    code = """
import random, secrets, uuid, numpy, tensorflow as tf, keras
FOUND.update(random=repr(random.random()), uuid=str(uuid.uuid4()), numpy=repr(numpy.random.rand()),
             generator=repr(numpy.random.default_rng().random()), secrets=secrets.token_hex(8),
             tensorflow=repr(float(tf.random.uniform(()))), keras=repr(float(keras.random.uniform(()))))
"""
    one = boxed.run(PROBE + code + END, session="random").capture
    other = boxed.run(PROBE + code + END, session="random").capture
    assert set(one) == set(other) and len(one) == 7
    assert [name for name in one if one[name] == other[name]] == []


def test_automatic_names_begin_anew(boxed: Asker) -> None:
    code = "import keras\nFOUND['name'] = keras.layers.Dense(1).name"
    names = {boxed.run(PROBE + code + END, session="names").capture["name"] for _ in range(3)}
    assert names == {"dense"}
