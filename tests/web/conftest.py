"""The service over a real runner with the local guest, a real store, and no network."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tools
from flask.testing import FlaskClient
from netfig.sandbox_client import RunnerSandbox
from netfig.sandbox_client.launch import RunnerProcess
from netfig.settings import Settings
from netfig.store import Store, opened
from netfig.web.app import create_app
from netfig.web.sessions import COOKIE
from werkzeug.test import TestResponse

CODE = """\
import keras
from keras import layers

def block(x, n):
    x = layers.Conv2D(n, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D()(x)

image = keras.Input((32, 32, 3), name="image")
x = block(image, 8)
x = block(x, 16)
model = keras.Model(image, layers.Dense(10)(layers.Flatten()(x)), name="small")
"""


@pytest.fixture(scope="session")
def sandbox() -> Iterator[RunnerSandbox]:
    """A runner of our own with the local guest; a socket's path must be short."""
    if not tools.present("guest"):
        pytest.skip(tools.reason("guest"))
    folder = Path(tempfile.mkdtemp(prefix="nf-"))
    runner = RunnerProcess(folder, guest="local", name=f"netfig-{folder.name}", warm=1)
    runner.start()
    try:
        runner.wait()
        yield RunnerSandbox(runner.path)
    finally:
        runner.stop()
        shutil.rmtree(folder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(f"sqlite:///{tmp_path}/figures.sqlite3", quota=100_000_000)
    yield store
    store.close()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A built page, in miniature."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text('<!doctype html><meta content="__CSP_NONCE__">')
    (folder / "assets" / "index-AbCd1234.js").write_text("export {}")
    (folder / "icon.svg").write_text("<svg/>")
    (tmp_path / "outside.txt").write_text("not yours")
    return folder


@pytest.fixture
def settings(page: Path) -> Settings:
    return Settings(page=str(page), limits=False)


class Caller:
    """A client that speaks JSON, from the session of its own cookie."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        # One person's session for all tests: a box of the sandbox takes seconds to start.
        client.set_cookie(COOKIE, "one-session-for-tests-", path="/api")

    def __call__(
        self, method: str, path: str, body: Any = None, *, token: str = "", **headers: str
    ) -> TestResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        raw = None if body is None else json.dumps(body)
        kind = None if body is None else "application/json"
        return self.client.open(path, method=method, data=raw, content_type=kind, headers=sent)

    def make(self, code: str = CODE, **more: Any) -> Any:
        """A figure made from code."""
        answer = self("POST", "/api/figures", {"source": {"kind": "keras", "code": code}, **more})
        assert answer.status_code == 201, answer.text
        return answer.json


@pytest.fixture
def caller(settings: Settings, sandbox: RunnerSandbox, store: Store) -> Caller:
    return Caller(create_app(settings, sandbox, store).test_client())


@pytest.fixture
def without_sandbox(settings: Settings, store: Store, tmp_path: Path) -> Caller:
    """The service while no runner is there."""
    return Caller(create_app(settings, RunnerSandbox(tmp_path / "none"), store).test_client())


Served = Callable[[Settings], Caller]


@pytest.fixture
def served(store: Store, tmp_path: Path) -> Served:
    """The service by given settings, without a runner."""
    return lambda settings: Caller(
        create_app(settings, RunnerSandbox(tmp_path / "none"), store).test_client()
    )
