"""Whether this host is there: `python -m netfig_sandbox.alive` ends with 0 when it is.

A worker says so in Redis once a second, as long as its runner answers it (tasks.py).
"""

import os
import socket
import sys

import redis


def alive(url: str, host: str) -> bool:
    """Whether the host has said so in the last few seconds. Raises redis.RedisError."""
    with redis.Redis.from_url(url, socket_timeout=3) as store:
        return bool(store.exists(f"netfig:host:{host}"))


if __name__ == "__main__":
    sys.exit(
        not alive(
            os.environ.get("NETFIG_BROKER", "redis://127.0.0.1:6379/0"),
            os.environ.get("NETFIG_HOST", socket.gethostname()),
        )
    )
