"""Models that carry code: whatever they run, they run it in the box, and nobody else ever does.

Each program makes a model file or a message whose reading runs code, reads it without Keras's own
caution, and the code tries to leave a file wherever it can. What counts is where one is found.
"""

# The programs are tables, one a row.
# ruff: noqa: E501

import contextlib
import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import tools
from cli.test_serve import Service, running

MARK = "netfig-payload-was-here"

# Past the capture, which hands programs files that are none: posix itself.
DEED = f'''
import keras, sys
import posix as _p
PLACES = ["", "/tmp/", "/var/tmp/", "/dev/shm/", "/run/", "/run/z/", "/home/", "/root/", "../", "../../"] + PLACES
def deed(*arguments):
    left = []
    for place in PLACES:
        try:
            _p.close(_p.open(place + "{MARK}", 66, 0o666)); left.append(place or "own")
        except BaseException as error:
            pass
    print("DEED", sorted(left))
    return arguments[0] if arguments else 0
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
'''

ROWS = {
    "lambda in the paste": (
        "model = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: deed(x)), keras.layers.Dense(2)])\n"
    ),
    "custom layer": (
        "class L(keras.layers.Layer):\n    def call(self, x):\n        return deed(x)\n"
        "    def compute_output_shape(self, s):\n        deed(); return s\n"
        "model = keras.Sequential([keras.Input((4,)), L()])\n"
    ),
    "reduce": (
        "import pickle\nclass P:\n    def __reduce__(self): return (deed, ())\n"
        "pickle.loads(pickle.dumps(P()))\n"
    ),
    "lambda's code in JSON": (
        "import base64, json, marshal\ncode = compile('deed()', 'x', 'eval')\n"
        "stored = json.dumps({'code': base64.b64encode(marshal.dumps(code)).decode()})\n"
        "eval(marshal.loads(base64.b64decode(json.loads(stored)['code'])))\n"
    ),
    "model_from_json": (
        "config = model.to_json()\n"
        "class L(keras.layers.Layer):\n    def __init__(self, **k): super().__init__(**k); deed()\n"
        "config = config.replace('Dense', 'L')\n"
        "try: keras.models.model_from_json(config, custom_objects={'L': L})\n"
        "except BaseException as e: deed()\n"
    ),
    "names that are code": (
        "deed()\nmodel = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, "
        "name=\"__import__('os').system('touch " + MARK + "')\")])\n"
    ),
    ".h5 and .keras": (
        "import keras.src.saving.saving_api as s\n"
        "for end in ('h5', 'keras'):\n"
        "    try:\n"
        "        m = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: deed(x), output_shape=(4,))])\n"
        "        keras.config.enable_unsafe_deserialization()\n"
        "        s.save_model(m, 'm.' + end); s.load_model('m.' + end, safe_mode=False, compile=False)\n"
        "    except BaseException as e: print(type(e).__name__, str(e)[:80])\n"
        "deed()\n"
    ),
}


@pytest.fixture(scope="module", params=["docker", "local"])
def service(request: pytest.FixtureRequest) -> Iterator[tuple[Service, str, Path]]:
    """A whole service over each kind of guest, and the folder it may write in."""
    kind = request.param
    if not tools.present("docker" if kind == "docker" else "guest") or (
        kind == "local" and not tools.local_guest()
    ):
        pytest.skip(tools.reason("docker" if kind == "docker" else "guest"))
    with tempfile.TemporaryDirectory(prefix="nf-") as folder:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("NETFIG_")},
            "XDG_RUNTIME_DIR": folder,
            "XDG_DATA_HOME": f"{folder}/data",
            "NETFIG_GUEST": kind,
        }
        with running(environment) as service:
            yield service, kind, Path(folder)


def places(service: Service, folder: Path) -> list[Path]:
    """Where a file of the host could have been left: wherever these processes stand or write."""
    return [
        folder,
        Path.cwd(),
        tools.ROOT,
        tools.ROOT / "backend",
        tools.ROOT / "sandbox",
        Path.home(),
        Path("/"),
        *(Path(each) for each in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/home", "/root")),
        Path(os.readlink(f"/proc/{service.process.pid}/cwd")),
        Path(os.readlink(f"/proc/{service.runner()}/cwd")),
    ]


def left(service: Service, folder: Path) -> list[str]:
    found = [str(place / MARK) for place in places(service, folder) if (place / MARK).exists()]
    # What a local box may write lies below it too.
    with contextlib.suppress(OSError):
        found += [str(each) for each in folder.rglob(MARK)]
    return found


@pytest.mark.parametrize("name", ROWS)
def test_a_payload_runs_in_its_box_or_nowhere(
    service: tuple[Service, str, Path], name: str
) -> None:
    running_service, kind, folder = service
    aims = [f"{place}/" for place in places(running_service, folder)] if kind == "local" else []
    code = f"PLACES = {aims!r}\n{DEED}{ROWS[name]}"
    status, answer = running_service.ask(
        "POST", "/api/figures", {"source": {"kind": "keras", "code": code}}
    )
    assert status == 201, answer
    deeds = re.findall(r"DEED (\[.*?\])", answer["output"])
    # It did run: a test of a payload that never went off would prove nothing.
    assert deeds, answer["output"]
    assert all(set(json.loads(deed.replace("'", '"'))) <= {"own"} for deed in deeds), deeds
    # Drawn, written out and read again: nothing of it is run by whoever does that.
    for suffix in ("svg", "pdf"):
        connection = running_service.connection()
        connection.request("GET", f"/api/figures/{answer['id']}/figure.{suffix}")
        assert connection.getresponse().status == 200
    assert running_service.ask("GET", f"/api/figures/{answer['id']}")[0] == 200
    began = time.monotonic()
    while left(running_service, folder) and time.monotonic() - began < 5:
        time.sleep(0.1)
    assert left(running_service, folder) == []


def test_the_web_process_has_nothing_that_reads_models(
    service: tuple[Service, str, Path],
) -> None:
    running_service, _, _ = service
    pids = [running_service.process.pid]
    children = Path(f"/proc/{pids[0]}/task/{pids[0]}/children").read_text().split()
    runner = running_service.runner()
    for pid in {*pids, *map(int, children)} - {runner}:
        maps = Path(f"/proc/{pid}/maps").read_text()
        assert not re.search(r"tensorflow|h5py|onnx|cairo", maps), pid
    maps = Path(f"/proc/{runner}/maps").read_text()
    assert not re.search(r"tensorflow|h5py|onnx|numpy", maps)


@pytest.mark.parametrize("module", ["netfig.web", "netfig_sandbox.runner"])
def test_neither_web_nor_runner_imports_what_reads_models(module: str) -> None:
    code = (
        f"import sys, {module}\n"
        "bad = {'tensorflow', 'keras', 'h5py', 'onnx', 'cairosvg', 'cairocffi', 'numpy'}\n"
        + ("bad.add('docker')\n" if module == "netfig.web" else "")
        + "print(sorted(bad & set(sys.modules)))\n"
    )
    python = str(tools.ROOT / ".venv/bin/python")
    ran = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
