"""The real runner over light zygotes. The arguments are the runner's own."""

import sys
from pathlib import Path
from typing import Any

from netfig_sandbox import runner
from netfig_sandbox.local import LocalBoxes

LIGHT = str(Path(__file__).with_name("light_zygote.py"))


def choose(*_: Any, **__: Any) -> tuple[LocalBoxes, str]:
    return LocalBoxes(Path(sys.executable), program=[LIGHT]), ""


runner.choose = choose

if __name__ == "__main__":
    raise SystemExit(runner.main())
