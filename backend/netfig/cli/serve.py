"""netfig serve: the service on this machine, with a runner of its own.

The order: check what may be served where, bring the tables up to date, start the runner, wait until
it can run code, answer requests. Ending goes backwards; whatever ends this process ends the runner.
"""

import os
import sys
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import click

from netfig.cli.asking import Failure, failing
from netfig.cli.guest import guest_option
from netfig.cli.gunicorn_server import Server, sandbox_of
from netfig.sandbox_client.launch import RunnerProcess
from netfig.settings import Settings, from_environment, run_folder
from netfig.store.engine import engine_for, migrate
from netfig.web.log import configure


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@guest_option
def serve(host: str, port: int, guest: str) -> None:
    """Serve the page and the HTTP interface, until ^C.

    Everything else is read from NETFIG_… variables; see backend/netfig/settings.py.
    """
    try:
        settings = from_environment(os.environ)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    public = not _private(host, settings)
    if public and guest == "local":
        raise click.UsageError(
            "The local guest is for a loopback address alone: it has no container around it. "
            "Set up Docker (`make engine`), or serve on 127.0.0.1."
        )
    with failing():
        _serve(settings, host, port, "docker" if public and guest == "auto" else guest, public)


def _serve(settings: Settings, host: str, port: int, guest: str, public: bool) -> None:
    configure(plain=sys.stderr.isatty())
    migrate(engine_for(settings.database_url))
    runner: RunnerProcess | None = None
    if settings.runner or settings.broker:
        path = Path(settings.runner)
        status = sandbox_of(settings, path).status()
    else:
        name = f"serve-{port}"
        runner = RunnerProcess(run_folder(os.environ) / name, guest=guest, name=f"netfig-{name}")
        path = runner.path
        _say("starting the sandbox …")
        runner.start()
    try:
        if runner is not None:
            status = runner.wait()
            runner.watch()
        if status.kind == "local" and public:
            raise Failure("the local guest is for a loopback address alone", "Run `make engine`.")
        if status.kind == "local":
            _say("pasted code runs in a local process with limits: for one person, on one machine")
            if why := status.answer.get("no_containers"):
                _say(f"and not in a container: {str(why)[:300]}")
        _say(f"sandbox: {status.kind or 'not answering'} ({status.tier or status.problem})")
        _say(f"serving on http://{f'[{host}]' if ':' in host else host}:{port}")
        Server(settings, path, host, port).run()
    finally:
        if runner is not None:
            runner.stop()


def _private(host: str, settings: Settings) -> bool:
    """Whether nobody but this machine's own people can reach the service."""
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        loopback = False
    name = urlsplit(settings.public_url).hostname or "localhost"
    return loopback and settings.proxies == 0 and name in ("localhost", "127.0.0.1", "::1")


def _say(line: str) -> None:
    click.echo(f"   {line}", err=True)
