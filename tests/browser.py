"""Debian's Chromium, opened for one test, with no way to the network."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright


@contextmanager
def page(width: int = 1000, height: int = 800, scale: float = 1.0) -> Iterator[Page]:
    """An empty page; a request to any address but data: fails the test."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--force-color-profile=srgb"]
        )
        context = browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=scale, offline=True
        )
        opened = context.new_page()
        asked: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        yield opened
        browser.close()
        outside = [url for url in asked if not url.startswith(("data:", "about:"))]
        assert not outside, outside
