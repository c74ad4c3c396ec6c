"""What a file that leaves the service is called."""

import re


def file_name(title: str) -> str:
    """A name without its suffix that needs no quoting anywhere."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", title).strip("-")[:60] or "figure"
