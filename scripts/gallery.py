"""`make gallery`: draws the page's examples and every program of tests/networks, side by side.

Writes .cache/gallery/index.html and an SVG for each; a look at it is how a change of style is
judged.
"""

import html
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / ".cache" / "gallery"
NETFIG = Path(sys.executable).parent / "netfig"

HEAD = """<!doctype html><meta charset="utf-8"><title>Netfig: gallery</title>
<style>body{font:14px sans-serif;margin:2em;max-width:1000px}figure{margin:0 0 2.5em}
img{max-width:100%;border:1px solid #ddd}figcaption{margin-bottom:.5em}pre{color:#a00}</style>
"""


def sources() -> list[Path]:
    """The examples, then the programs, by name."""
    return [
        *sorted((ROOT / "backend/netfig/web/examples").glob("*.py")),
        *sorted((ROOT / "tests/networks").glob("*/*.py")),
        *sorted((ROOT / "tests/networks").glob("*/*.ipynb")),
    ]


def entry(source: Path) -> str:
    """Draw one and show it, or what went wrong."""
    name = f"{source.parent.name}/{source.stem}"
    picture = OUT / f"{name.replace('/', '-')}.svg"
    start = time.monotonic()
    run = subprocess.run(
        [str(NETFIG), "draw", str(source), "-o", str(picture)],
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - start
    said = html.escape(run.stderr.strip())
    print(f"{'ok  ' if run.returncode == 0 else 'FAIL'} {seconds:5.1f} s  {name}", flush=True)
    shown = f'<img src="{picture.name}" alt="{name}">' if run.returncode == 0 else ""
    note = f"<pre>{said}</pre>" if said else ""
    return f"<figure><figcaption><b>{name}</b></figcaption>{shown}{note}</figure>\n"


def main() -> None:
    """Draw them all."""
    OUT.mkdir(parents=True, exist_ok=True)
    page = HEAD + "".join(entry(source) for source in sources())
    (OUT / "index.html").write_text(page)
    print(f"wrote {OUT.relative_to(ROOT)}/index.html")


if __name__ == "__main__":
    main()
