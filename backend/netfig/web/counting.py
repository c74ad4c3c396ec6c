"""Prometheus counters of one application."""

import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from netfig.web.runs import Runs

_SECONDS = (0.01, 0.03, 0.06, 0.12, 0.25, 0.5, 1, 2, 4, 8, 16)


def install(app: Flask, runs: Runs) -> CollectorRegistry:
    """Count the requests of `app`; the registry that /metrics prints."""
    registry = CollectorRegistry()
    requests = Counter(
        "netfig_requests", "Requests answered", ["endpoint", "status"], registry=registry
    )
    seconds = Histogram(
        "netfig_request_seconds",
        "Time to the answer, or to the first event of a stream",
        ["endpoint"],
        registry=registry,
        buckets=_SECONDS,
    )
    Gauge("netfig_runs", "Runs under way", registry=registry).set_function(lambda: len(runs))

    @app.after_request
    def count(response: Response) -> Response:
        # The endpoint and never the path: a stranger must not choose how many labels there are.
        endpoint = request.endpoint or "none"
        requests.labels(endpoint, response.status_code).inc()
        seconds.labels(endpoint).observe(time.monotonic() - g.get("began", time.monotonic()))
        return response

    return registry
