"""How often one address may ask, and all together.

An address is the one the trusted proxies name; of IPv6 the first 64 bits, since one customer has
all the rest. A session is no key: it costs nothing to take a new one.
"""

from ipaddress import ip_address
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter

from netfig.settings import Settings


def install(app: Flask, settings: Settings) -> None:
    """Count the requests of `app`; raises RateLimitExceeded in them, answered as 429."""
    if not settings.limits:
        return
    limiter = Limiter(
        address,
        app=app,
        storage_uri=settings.redis or "memory://",
        strategy="moving-window" if not settings.redis else "fixed-window",
        default_limits=[settings.reads],
        default_limits_per_method=True,
        headers_enabled=False,
        swallow_errors=True,
    )
    views: dict[str, Any] = app.view_functions
    for name in ("figures.make", "figures.run_again"):
        limited = limiter.limit(settings.runs, override_defaults=True)(views[name])
        everybody = limiter.shared_limit(
            settings.global_runs, scope="runs", key_func=lambda: "everybody"
        )
        views[name] = everybody(limited)
    for name in ("figures.edit", "figures.choose", "figures.preview", "figures.delete"):
        views[name] = limiter.limit(settings.edits, override_defaults=True)(views[name])
    limiter.exempt(views["service.healthz"])
    # Its decorators hold it weakly.
    app.extensions["netfig-limiter"] = limiter


def address() -> str:
    """The caller's address, of IPv6 its network of 64 bits."""
    given = request.remote_addr or ""
    try:
        known = ip_address(given)
    except ValueError:
        return given
    if known.version == 4:
        return str(known)
    mapped = known.ipv4_mapped
    return str(mapped) if mapped else f"{ip_address(int(known) >> 64 << 64)}/64"
