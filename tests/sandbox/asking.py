"""Asks the guest's own environment: a process of guest_side.py, started once."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@cache
def _process() -> subprocess.Popen[str]:
    environment = dict(
        os.environ, PYTHONPATH=str(ROOT / "sandbox"), OPENBLAS_NUM_THREADS="1",
        TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", KERAS_BACKEND="tensorflow",
    )  # fmt: skip
    return subprocess.Popen(
        [str(ROOT / ".venv-guest/bin/python"), str(Path(__file__).with_name("guest_side.py"))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=environment,
    )  # fmt: skip


def ask(**request: Any) -> Any:
    """The answer of guest_side.py to a request."""
    process = _process()
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps(request) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    assert line.strip(), "the guest died over this request"
    return json.loads(line)


def captured(code: str, **options: Any) -> dict[str, Any]:
    """The capture of a paste."""
    found = ask(code=code, options=options)
    assert isinstance(found, dict)
    return found
