"""The Flask application: which parts there are, in which order they act on a request."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from netfig.sandbox_client import Sandbox
from netfig.settings import Settings
from netfig.store import Store
from netfig.web import bodies, counting, log, problems, protection, rates
from netfig.web.condition import Condition
from netfig.web.figures import figures
from netfig.web.files import files
from netfig.web.pages import pages
from netfig.web.runs import Runs
from netfig.web.sandbox_counting import SandboxCollector
from netfig.web.service import service
from netfig.web.state import State
from netfig.web.studio import Studio
from netfig.web.tables import tables

_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def create_app(settings: Settings, sandbox: Sandbox, store: Store) -> Flask:
    """The service over the given sandbox and store."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=bodies.BYTES,
        MAX_FORM_MEMORY_SIZE=1,
        MAX_FORM_PARTS=1,
        TRUSTED_HOSTS=_hosts(settings),
        PROPAGATE_EXCEPTIONS=False,
    )
    app.url_map.strict_slashes = False
    runs = Runs()
    protection.install(app, settings)
    log.install(app)
    registry = counting.install(app, runs)
    condition = Condition(sandbox)
    registry.register(SandboxCollector(condition))
    problems.install(app)
    for part in (figures, files, tables, service, pages):
        app.register_blueprint(part)
    rates.install(app, settings)
    State(
        settings=settings,
        studio=Studio(sandbox, store),
        runs=runs,
        condition=condition,
        registry=registry,
    ).hang_on(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=0, x_port=0, x_prefix=0
        )
    return app


def _hosts(settings: Settings) -> list[str]:
    named = [host.strip() for host in settings.hosts.split(",") if host.strip()]
    public = urlsplit(settings.public_url).hostname
    return [*_LOOPBACK, *named, *([public] if public else [])]
