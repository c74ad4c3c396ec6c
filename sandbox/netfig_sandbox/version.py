"""The guest's version: a hash over everything that decides what a box answers.

`python -m netfig_sandbox.version` prints the tag of the guest image. Standard library only.
"""

import hashlib
from pathlib import Path

PACKAGE = Path(__file__).parent
REPOSITORY = "netfig-guest"


def sources() -> list[Path]:
    """The files that make the guest, in a fixed order. Outside a checkout only the package's."""
    root = PACKAGE.parent
    loose = [root / name for name in ("Dockerfile", "requirements-guest.txt")]
    return [
        *(path for path in loose if path.exists()),
        PACKAGE / "__init__.py",
        *sorted((PACKAGE / "guest").glob("*.py")),
    ]


def guest_version() -> str:
    """16 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sources():
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def image() -> str:
    """The guest image's name and tag."""
    return f"{REPOSITORY}:{guest_version()}"


if __name__ == "__main__":
    print(image())
