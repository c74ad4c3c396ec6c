"""The painting process: PDF, PNG and EPS are made outside the process that asks.

CairoSVG and qpdf are large, written in C, and read what strangers named. They run in a process of
their own that has imported everything once and forks a child per file, with limits on processor
time, memory, files and wall time; a crash costs one file. This is the one module of the stages that
starts a process. `python -m netfig.export.render` is the painting process: requests on standard
input, replies on standard output, each a length, a JSON header and its bytes.
"""

import atexit
import json
import os
import resource
import signal
import struct
import subprocess
import sys
from threading import Lock
from typing import IO, Any

from netfig.errors import NetfigError
from netfig.text.fonts import FACES

CPU_SECONDS = 45
"""A page of 10,000 glyphs with four items each takes about 15."""
WALL_SECONDS = 60
MEMORY = 3 << 30
"""Bytes of address space: the largest picture allowed is 400 MB, twice while it is compressed."""
LARGEST = 256 << 20
"""Bytes of a request or a reply."""

_KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "SYSTEMROOT")


class PaintingFailed(NetfigError):
    """The painting process could not make the file."""


def render(kind: str, content: bytes, **settings: Any) -> bytes:
    """Have a file painted: `kind` names a function of netfig.export.painting.

    A painting process that ended through no fault of this file is replaced once. Raises
    PaintingFailed when it fails, runs out of its limits, or cannot be started.
    """
    try:
        try:
            return _asked(kind, content, settings)
        except (OSError, EOFError):
            return _asked(kind, content, settings)
    except (OSError, EOFError, ValueError) as error:
        raise PaintingFailed(
            "The file could not be made.",
            hint="PDF, PNG and EPS need the Cairo library (Debian and Ubuntu: libcairo2).",
        ) from error


def _asked(kind: str, content: bytes, settings: dict[str, Any]) -> bytes:
    """The answer of one painting process, which is kept unless it ended.

    Raises OSError or EOFError when it ended.
    """
    painter = _POOL.take()
    try:
        answer = painter.ask(kind, content, settings)
    except (OSError, EOFError, ValueError):
        painter.end()
        raise
    except PaintingFailed:
        _POOL.give_back(painter)
        raise
    _POOL.give_back(painter)
    return answer


def warm() -> None:
    """Start a painting process now, so that the first file need not wait for it."""
    _POOL.give_back(_POOL.take())


class _Painter:
    """One painting process, asked one thing at a time."""

    def __init__(self) -> None:
        faces = str(FACES)
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["FONTCONFIG_FILE"] = os.path.join(faces, "fonts.conf")
        environment["HOME"] = os.devnull  # fontconfig would keep its cache in a home it can write
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "netfig.export.render"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=faces,
            env=environment,
        )

    def ask(self, kind: str, content: bytes, settings: dict[str, Any]) -> bytes:
        assert self.process.stdin is not None and self.process.stdout is not None
        _send(self.process.stdin, {"kind": kind, "settings": settings}, content)
        header, answer = _receive(self.process.stdout)
        if header.get("error"):
            raise PaintingFailed(f"The file could not be made: {header['error']}.")
        return answer

    def end(self) -> None:
        if self.owner == os.getpid():
            self.process.kill()
            self.process.communicate()


class _Pool:
    """Painting processes that wait; as many as files were ever made at one time, four at most."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[_Painter] = []
        self._registered = False

    def take(self) -> _Painter:
        with self._lock:
            if not self._registered:
                self._registered = True
                atexit.register(self.end)
            while self._waiting:
                painter = self._waiting.pop()
                # A process inherited by fork belongs to the parent, which still talks to it.
                if painter.owner == os.getpid() and painter.process.poll() is None:
                    return painter
        return _Painter()

    def give_back(self, painter: _Painter) -> None:
        with self._lock:
            if len(self._waiting) < 4:
                self._waiting.append(painter)
                return
        painter.end()

    def end(self) -> None:
        with self._lock:
            for painter in self._waiting:
                painter.end()
            self._waiting.clear()


_POOL = _Pool()


def _send(stream: IO[bytes], header: dict[str, Any], content: bytes) -> None:
    head = json.dumps(header).encode()
    stream.write(struct.pack(">II", len(head), len(content)) + head)
    stream.write(content)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    sizes = stream.read(8)
    if len(sizes) < 8:
        raise EOFError("the painting process ended")
    head, body = struct.unpack(">II", sizes)
    if head > LARGEST or body > LARGEST:
        raise ValueError("too large")
    header, content = json.loads(stream.read(head)), stream.read(body)
    if len(content) < body:
        raise EOFError("the painting process ended")
    return header, content


def serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """The painting process: answer requests until the asker closes them."""
    from netfig.export import painting

    painting.warm()
    while True:
        try:
            header, content = _receive(requests)
        except EOFError:
            return
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            _paint(painting, header, content, write)
        os.close(write)
        with os.fdopen(read, "rb") as answer:
            result = answer.read(LARGEST)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) == 0 and result[:1] == b"+":
            _send(replies, {}, result[1:])
        else:
            reason = result[1:].decode(errors="replace") if result[:1] == b"-" else "its limits"
            _send(replies, {"error": reason or "its limits"}, b"")


def _paint(painting: Any, header: dict[str, Any], content: bytes, write: int) -> None:
    """In the child: take on the limits, paint, write "+" and the file or "-" and why not."""
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(WALL_SECONDS)
        task = {
            "pdf": painting.pdf,
            "png": painting.png,
            "eps": painting.eps,
            "attached": painting.attached,
        }[header["kind"]]
        try:
            answer = b"+" + task(content, **header["settings"])
        except Exception as error:
            answer = b"-" + type(error).__name__.encode()
        with os.fdopen(write, "wb") as stream:
            stream.write(answer)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
