"""The painting process: apart, limited, and replaced when it dies."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from export.resnet50_scene import resnet50
from netfig.export import EXPORTERS, Options, render

EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt" viewBox="0 0 9 9">'


def test_the_asking_process_never_loads_the_painters() -> None:
    program = (
        "import sys\n"
        "from netfig.export import EXPORTERS, Options\n"
        "from netfig.model.scene import Scene\n"
        "for exporter in EXPORTERS.values():\n"
        "    exporter.export(Scene(width=9, height=9, items=()), Options(dpi=72))\n"
        "print(sorted({'cairosvg', 'cairocffi', 'pikepdf', 'PIL'} & set(sys.modules)))\n"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert (printed.stdout, printed.stderr) == ("[]\n", "")


@pytest.mark.parametrize("reference", ["file:///etc/passwd", "http://127.0.0.1:9/x.svg"])
def test_no_address_is_opened(reference: str) -> None:
    tail = b'<image width="5" height="5" href="%s"/></svg>' % reference.encode()
    plain = render.render("png", EMPTY + b"</svg>", width=9, height=9)
    with suppress(render.PaintingFailed):
        assert render.render("png", EMPTY + tail, width=9, height=9) == plain


def test_a_failure_costs_one_file_and_says_so() -> None:
    with pytest.raises(render.PaintingFailed, match="could not be made"):
        render.render("pdf", b"no svg", title="", description="", document="")
    assert render.render("png", EMPTY + b"</svg>", width=9, height=9).startswith(b"\x89PNG")


def test_too_large_a_picture_meets_the_limit_and_the_next_is_painted() -> None:
    with pytest.raises(render.PaintingFailed):
        render.render("png", EMPTY + b"</svg>", width=32_000, height=32_000)
    assert render.render("png", EMPTY + b"</svg>", width=9, height=9).startswith(b"\x89PNG")


def test_a_dead_painter_is_replaced() -> None:
    render.warm()
    painter = render._POOL.take()
    os.kill(painter.process.pid, signal.SIGKILL)
    painter.process.wait()
    render._POOL.give_back(painter)
    assert EXPORTERS["pdf"].export(resnet50(), Options()).content.startswith(b"%PDF")


def test_a_painter_that_dies_with_a_file_in_its_hands_is_replaced() -> None:
    render._POOL.end()
    render.warm()
    painter = render._POOL._waiting[-1].process
    os.kill(painter.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as asker:
        asked = asker.submit(render.render, "png", EMPTY + b"</svg>", width=9, height=9)
        while render._POOL._waiting:
            time.sleep(0.01)
        painter.kill()
        assert asked.result(60).startswith(b"\x89PNG")


def test_many_at_once_get_each_their_own() -> None:
    sizes = range(5, 25)

    def paint(size: int) -> tuple[int, bytes]:
        return size, render.render("png", EMPTY + b"</svg>", width=size, height=size)

    with ThreadPoolExecutor(5) as threads:
        for size, content in threads.map(paint, sizes):
            assert content[16:24] == size.to_bytes(4, "big") * 2


def test_the_painter_sees_neither_secrets_nor_the_machines_fonts() -> None:
    render.warm()
    painter = render._POOL.take()
    with open(f"/proc/{painter.process.pid}/environ", "rb") as file:
        environment = file.read()
    render._POOL.give_back(painter)
    names = {entry.split(b"=")[0].decode() for entry in environment.split(b"\0") if entry}
    assert names <= {*render._KEPT, "FONTCONFIG_FILE", "HOME"}
    with open(f"/proc/{painter.process.pid}/maps") as file:
        mapped = file.read()
    assert "/usr/share/fonts" not in mapped
