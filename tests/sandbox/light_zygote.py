"""A zygote without libraries: the real process, channel and walls around a bare `exec`.

Starts in a tenth of a second, for tests of everything but the capture.
"""

import contextlib
import io
import sys
from typing import Any

from netfig_sandbox.guest import zygote


def run(code: str, options: dict[str, Any]) -> dict[str, Any]:
    printed = io.StringIO()
    error = None
    with contextlib.redirect_stdout(printed):
        try:
            exec(code, {"__name__": "__main__", "options": options})
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
    return {"output": printed.getvalue()[-100_000:], "error": error}


if __name__ == "__main__":
    sys.exit(zygote.main(sys.argv[1:], lambda: run))
