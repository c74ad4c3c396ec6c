"""A sandbox that does not run the same paste twice for the same person."""

import hashlib
import json
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Mapping

from netfig.sandbox_client.sandbox import Cancelled, OnStage, Sandbox, Status

_STATUS_EVERY = 5.0


class Remembering:
    """Keeps captures in memory, at most `limit` compressed bytes of them, the oldest going first.

    The key holds the session: what ran in one person's box, which that person's code may have
    tampered with, is never shown to another. It holds the guest's version and the options too.
    """

    def __init__(self, inner: Sandbox, *, limit: int) -> None:
        self._inner = inner
        self._limit = limit
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._weight = 0
        self._guest = ""
        self._asked = float("-inf")

    def capture(
        self,
        code: str,
        *,
        session: str,
        run: str,
        options: Mapping[str, object],
        on_stage: OnStage,
        cancelled: Cancelled,
    ) -> object:
        """See Sandbox. A capture with an error is not kept: it may be the machine's."""
        guest = self._version()
        key = _key(guest, session, code, options)
        with self._lock:
            packed = self._kept.get(key)
            if packed is not None:
                self._kept.move_to_end(key)
        if packed is not None:
            return json.loads(zlib.decompress(packed))
        capture = self._inner.capture(
            code,
            session=session,
            run=run,
            options=options,
            on_stage=on_stage,
            cancelled=cancelled,
        )
        if guest and isinstance(capture, dict) and not capture.get("error"):
            self._keep(key, zlib.compress(json.dumps(capture).encode(), 1))
        return capture

    def status(self) -> Status:
        """See Sandbox."""
        return self._inner.status()

    def _version(self) -> str:
        if time.monotonic() - self._asked > _STATUS_EVERY:
            self._guest = self._inner.status().guest
            self._asked = time.monotonic()
        return self._guest

    def _keep(self, key: bytes, packed: bytes) -> None:
        with self._lock:
            if key not in self._kept and len(packed) <= self._limit:
                self._kept[key] = packed
                self._weight += len(packed)
            while self._weight > self._limit:
                _, gone = self._kept.popitem(last=False)
                self._weight -= len(gone)


def _key(guest: str, session: str, code: str, options: Mapping[str, object]) -> bytes:
    content = json.dumps([guest, session, code, options], sort_keys=True)
    return hashlib.sha256(content.encode()).digest()
