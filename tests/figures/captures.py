"""Captures of many networks, made once: every constructor of keras.applications, every program of
tests/networks, the page's examples.

One process of the guest's environment makes them, forking for each (tests/sandbox/guest_side.py).
They are kept in .cache/captures, in a folder named after the guest's sources, so that a changed
guest captures anew. `python -m figures.captures`, from the folder tests, makes all of them.
"""

import gzip
import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from netfig.importers.capture import Capture, read
from networks.expectation import programs
from sandbox.asking import ask, captured

ROOT = Path(__file__).resolve().parents[2]
GUEST = ROOT / "sandbox/netfig_sandbox/guest"
KEPT = ROOT / ".cache/captures"

APPLICATIONS = (
    "ConvNeXtBase", "ConvNeXtLarge", "ConvNeXtSmall", "ConvNeXtTiny", "ConvNeXtXLarge",
    "DenseNet121", "DenseNet169", "DenseNet201", "EfficientNetB0", "EfficientNetB1",
    "EfficientNetB2", "EfficientNetB3", "EfficientNetB4", "EfficientNetB5", "EfficientNetB6",
    "EfficientNetB7", "EfficientNetV2B0", "EfficientNetV2B1", "EfficientNetV2B2",
    "EfficientNetV2B3", "EfficientNetV2L", "EfficientNetV2M", "EfficientNetV2S",
    "InceptionResNetV2", "InceptionV3", "MobileNet", "MobileNetV2", "MobileNetV3Large",
    "MobileNetV3Small", "NASNetLarge", "NASNetMobile", "ResNet101", "ResNet101V2", "ResNet152",
    "ResNet152V2", "ResNet50", "ResNet50V2", "VGG16", "VGG19", "Xception",
)  # fmt: skip
"""All of keras.applications; `test_matrix` compares the list with Keras's own."""


def _sources() -> dict[str, str]:
    examples = sorted((ROOT / "backend/netfig/web/examples").glob("*.py"))
    return {
        **{
            f"applications/{name}": f"import keras\nm = keras.applications.{name}(weights=None)\n"
            for name in APPLICATIONS
        },
        **{program.name: program.code for program in programs()},
        **{f"examples/{e.stem}": e.read_text() for e in examples if e.stem != "__init__"},
    }


SOURCES = _sources()
"""Name -> the code that makes the network."""


@cache
def _folder() -> Path:
    """Where the captures of this guest lie."""
    found = hashlib.sha256()
    for source in sorted(GUEST.rglob("*.py")):
        found.update(source.relative_to(GUEST).as_posix().encode() + b"\0" + source.read_bytes())
    return KEPT / found.hexdigest()[:16]


def raw(name: str) -> Any:
    """The capture of a network of SOURCES as the guest gave it, run only if it is not kept."""
    code = SOURCES[name]
    digest = hashlib.sha256(code.encode()).hexdigest()[:16]
    path = _folder() / f"{name.replace('/', '-')}-{digest}.json.gz"
    if not path.exists():
        written = json.dumps(captured(code, deadline=120), separators=(",", ":")).encode()
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(gzip.compress(written, compresslevel=3, mtime=0))
        part.replace(path)  # whole or not at all, whoever else captures at the same time
    return json.loads(gzip.decompress(path.read_bytes()))


def capture(name: str) -> Capture:
    """The checked capture of a network of SOURCES."""
    return read(raw(name))


def constructors() -> set[str]:
    """The names of keras.applications, as Keras lists them."""
    return set(ask(list="applications"))


def main() -> None:
    """Capture whatever is not kept yet."""
    for name in SOURCES:
        found = capture(name)
        print(name, len(found.models), found.error.message if found.error else "", flush=True)


if __name__ == "__main__":
    main()
