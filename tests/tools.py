"""The programs outside Python that tests use: how to see that one is there, how to get it."""

import glob
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Tool:
    """`present` looks once; `get` completes the sentence "to have it: …"."""

    present: Callable[[], bool]
    get: str


def _on_path(*programs: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(program) for program in programs)


def _docker() -> bool:
    """An engine that answers, with the guest image of this checkout: made here where it must be."""
    if shutil.which("docker") is None:
        return False
    if subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        return False
    script = str(ROOT / "sandbox/engine.sh")
    return subprocess.run([script], capture_output=True, check=False).returncode == 0


def _guest() -> bool:
    return _docker() or (ROOT / ".venv-guest/bin/python").exists()


def local_guest() -> bool:
    """Whether the guest's own environment is here."""
    return (ROOT / ".venv-guest/bin/python").exists()


TOOLS: dict[str, Tool] = {
    "docker": Tool(_docker, "make engine (as root)"),
    "guest": Tool(_guest, "make run once, which makes the guest image or .venv-guest"),
    "root": Tool(lambda: os.geteuid() == 0, "run the tests as root"),
    "chromium": Tool(_on_path("chromium", "chromium-browser"), "apt install chromium"),
    "poppler": Tool(_on_path("pdffonts"), "apt install poppler-utils"),
    "rsvg": Tool(_on_path("rsvg-convert"), "apt install librsvg2-bin"),
    "ghostscript": Tool(_on_path("gs"), "apt install ghostscript"),
    "inkscape": Tool(_on_path("inkscape"), "apt install inkscape"),
    "libreoffice": Tool(_on_path("soffice"), "apt install libreoffice-impress"),
    "latex": Tool(_on_path("pdflatex"), "apt install texlive-latex-extra texlive-pictures"),
    "redis": Tool(_on_path("redis-server"), "apt install redis-server"),
    "postgresql": Tool(
        lambda: bool(glob.glob("/usr/lib/postgresql/*/bin/initdb")), "apt install postgresql"
    ),
    "nginx": Tool(_on_path("nginx"), "apt install nginx"),
    "compose": Tool(_on_path("docker-compose"), "apt install docker-compose"),
    "node": Tool(_on_path("node"), "apt install nodejs npm"),
}


@cache
def present(name: str) -> bool:
    """Whether the tool is here. Raises KeyError for a name that TOOLS lacks."""
    return TOOLS[name].present()


def reason(name: str) -> str:
    """What a skipped test says."""
    return f"needs {name}; to have it: {TOOLS[name].get}"
