"""Make the goldens' captures anew: `python -m golden.recapture`, from the folder tests.

Runs the page's examples in the guest's own environment.
"""

import gzip
import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "backend/netfig/web/examples"


def main() -> None:
    """Write NAME.json.gz for every example."""
    for program in sorted(EXAMPLES.glob("*.py")):
        if program.stem == "__init__":
            continue
        answer = subprocess.run(
            [ROOT / ".venv-guest/bin/python", "-m", "netfig_sandbox.guest.capture", program],
            env={**os.environ, "PYTHONPATH": str(ROOT / "sandbox"), "OPENBLAS_NUM_THREADS": "1"},
            capture_output=True,
            check=True,
        )
        kept = json.dumps(json.loads(answer.stdout), separators=(",", ":"))
        target = Path(__file__).parent / f"{program.stem}.json.gz"
        target.write_bytes(gzip.compress(kept.encode(), mtime=0))


if __name__ == "__main__":
    main()
