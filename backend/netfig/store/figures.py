"""Saved figures: made, read, changed by whoever holds the edit token, deleted for good.

Ids and tokens are 128 random bits. A change names the version it started from; when somebody else
was first it is refused and nothing is lost.
"""

import hashlib
import hmac
import json
import re
import secrets
import threading
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from netfig.errors import Conflict, NotAllowed, NotFound, StorageFull
from netfig.store.engine import engine_for, migrate
from netfig.store.tables import FigureRow

ID = re.compile(r"[A-Za-z0-9_-]{22}")

_COUNTED_EVERY = 30.0
_CAPTURE_BYTES = 32_000_000
"""More than any capture that was ever stored, so that a damaged row cannot fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A saved figure: pasted code, the sandbox's answer (JSON), the chosen model, the spec (JSON).

    `digest` changes with the capture alone, `version` with every change.
    """

    id: str
    version: int
    kind: str
    code: str
    capture: Any
    digest: str
    model: int
    spec: str
    created: datetime
    updated: datetime


class Store:
    """All saved figures. `quota` is how many bytes they may weigh together."""

    def __init__(self, engine: Engine, *, quota: int) -> None:
        self._engine = engine
        self._quota = quota
        self._lock = threading.Lock()
        self._weight = 0
        self._counted = float("-inf")

    def create(
        self, *, kind: str, code: str, capture: object, model: int, spec: str
    ) -> tuple[Record, str]:
        """A new figure and its edit token, which is told once and kept nowhere.

        Raises StorageFull.
        """
        token = secrets.token_urlsafe(16)
        packed, digest = _packed(capture)
        now = datetime.now(UTC)
        row = FigureRow(
            id=secrets.token_urlsafe(16),
            token=_hash(token),
            kind=kind,
            code=code,
            capture=packed,
            digest=digest,
            model=model,
            spec=spec,
            version=1,
            size=len(code.encode("utf-8", "surrogatepass")) + len(packed) + len(spec),
            created=now,
            updated=now,
        )
        self._make_room(row.size)
        with _Writing(), Session(self._engine, expire_on_commit=False) as session:
            session.add(row)
            session.commit()
        return _record(row, capture), token

    def get(self, figure: str) -> Record:
        """The figure. Raises NotFound, for an id that is none as for one that was deleted."""
        with Session(self._engine) as session:
            row = session.get(FigureRow, figure) if ID.fullmatch(figure) else None
            if row is None:
                raise _missing()
            return _record(row)

    def authorise(self, figure: str, token: str) -> None:
        """Raises NotAllowed unless `token` is the edit token, NotFound if there is no figure."""
        with Session(self._engine) as session:
            kept = (
                session.scalar(select(FigureRow.token).where(FigureRow.id == figure))
                if ID.fullmatch(figure)
                else None
            )
        if kept is None:
            raise _missing()
        if not hmac.compare_digest(kept, _hash(token)):
            raise NotAllowed(
                "This link can be looked at, not changed.", hint="Use the link for editing."
            )

    def change(
        self,
        figure: str,
        *,
        version: int | None,
        source: tuple[str, str, object] | None = None,
        model: int | None = None,
        spec: str | None = None,
    ) -> Record:
        """The figure with new source (kind, code, capture), model or spec; None leaves each.

        `version` is the one the change started from, None for whichever. Raises Conflict when the
        figure has moved on, NotFound when it is gone, StorageFull.
        """
        before = self.get(figure)
        if version is not None and before.version != version:
            raise _overtaken()
        kind, code, capture = source or (before.kind, before.code, before.capture)
        packed, digest = _packed(capture)
        chosen = before.spec if spec is None else spec
        values = {
            "kind": kind,
            "code": code,
            "capture": packed,
            "digest": digest,
            "model": before.model if model is None else model,
            "spec": chosen,
            "version": before.version + 1,
            "size": len(code.encode("utf-8", "surrogatepass")) + len(packed) + len(chosen),
            "updated": datetime.now(UTC),
        }
        with _Writing(), Session(self._engine) as session:
            changed = session.execute(
                update(FigureRow)
                .where(FigureRow.id == figure, FigureRow.version == before.version)
                .values(values)
            )
            session.commit()
        if changed.rowcount != 1:  # type: ignore[attr-defined]
            raise _overtaken()
        return self.get(figure)

    def delete(self, figure: str) -> None:
        """Forget the figure; on SQLite its bytes are overwritten, in the log too."""
        with _Writing(), Session(self._engine) as session:
            session.execute(delete(FigureRow).where(FigureRow.id == figure))
            session.commit()
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def purge(self, days: int) -> int:
        """Delete what nobody has changed for that many days; how many figures that were."""
        before = datetime.now(UTC) - timedelta(days=days)
        with _Writing(), Session(self._engine) as session:
            gone = session.execute(delete(FigureRow).where(FigureRow.updated < before))
            session.commit()
        return int(gone.rowcount)  # type: ignore[attr-defined]

    def count(self) -> int:
        """How many figures there are."""
        with Session(self._engine) as session:
            return int(session.scalar(select(func.count()).select_from(FigureRow)) or 0)

    def check(self) -> None:
        """Raises an SQLAlchemyError when the database does not answer."""
        with self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _make_room(self, size: int) -> None:
        with self._lock:
            if time.monotonic() - self._counted > _COUNTED_EVERY:
                with Session(self._engine) as session:
                    self._weight = int(session.scalar(select(func.sum(FigureRow.size))) or 0)
                self._counted = time.monotonic()
            if self._weight + size > self._quota:
                raise _full()
            self._weight += size


def opened(url: str, *, quota: int) -> Store:
    """The store at a SQLAlchemy URL, its tables brought up to date."""
    engine = engine_for(url)
    migrate(engine)
    return Store(engine, quota=quota)


class _Writing:
    """Turns a full disk into StorageFull: figures can be read then and not made."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, DBAPIError):
            said = str(error.orig).lower()
            if "is full" in said or "no space" in said or "readonly" in said:
                raise _full() from error


def _record(row: FigureRow, capture: object | None = None) -> Record:
    return Record(
        id=row.id,
        version=row.version,
        kind=row.kind,
        code=row.code,
        capture=_unpacked(row.capture) if capture is None else capture,
        digest=row.digest,
        model=row.model,
        spec=row.spec,
        created=_utc(row.created),
        updated=_utc(row.updated),
    )


def _packed(capture: object) -> tuple[bytes, str]:
    plain = json.dumps(capture, allow_nan=False, separators=(",", ":")).encode()
    return zlib.compress(plain, 6), hashlib.sha256(plain).hexdigest()[:32]


def _unpacked(packed: bytes) -> object:
    return json.loads(zlib.decompressobj().decompress(packed, _CAPTURE_BYTES))


def _utc(moment: datetime) -> datetime:
    # SQLite keeps no time zone.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _missing() -> NotFound:
    return NotFound("There is no such figure.", hint="It may have been deleted.")


def _overtaken() -> Conflict:
    return Conflict("Somebody else has changed this figure.", hint="Load it again, then edit.")


def _full() -> StorageFull:
    return StorageFull(
        "The store of figures is full.", hint="Download this one; try to save it later."
    )
