"""Saved figures on both databases: kept, changed by one at a time, guarded, limited, forgotten."""

import hashlib
import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from netfig.errors import Conflict, NetfigError, NotAllowed, NotFound, StorageFull
from netfig.store import Record, Store, opened
from netfig.store.engine import engine_for, migrate
from netfig.store.tables import FigureRow
from sqlalchemy import inspect, text


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = opened(url, quota=1_000_000)
    yield store
    store.close()


def make(store: Store, code: str = "import keras") -> tuple[Record, str]:
    return store.create(kind="keras", code=code, capture={"models": [1, "ü"]}, model=0, spec="{}")


def test_what_is_stored_is_what_comes_back(store: Store) -> None:
    made, _ = make(store, "x = 'größe 🙂'")
    read = store.get(made.id)
    assert read == made
    assert (read.code, read.capture, read.model) == ("x = 'größe 🙂'", {"models": [1, "ü"]}, 0)
    assert read.version == 1
    assert abs(read.created - datetime.now(UTC)) < timedelta(minutes=1)


def test_ids_and_tokens_cannot_be_guessed_nor_read_from_the_table(store: Store, url: str) -> None:
    pairs = [make(store) for _ in range(20)]
    words = [record.id for record, _ in pairs] + [token for _, token in pairs]
    assert len(set(words)) == 40
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", word) for word in words)
    with engine_for(url).connect() as connection:
        rows = connection.execute(text("SELECT token FROM figures")).scalars().all()
    assert set(rows) == {hashlib.sha256(token.encode()).hexdigest() for _, token in pairs}


def test_only_its_own_token_opens_a_figure(store: Store) -> None:
    (first, token), (_, foreign) = make(store), make(store)
    store.authorise(first.id, token)
    for wrong in (foreign, "", token[:-1], token + "A", "\ud800", "ü" * 22):
        with pytest.raises(NotAllowed):
            store.authorise(first.id, wrong)


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", "a/b", "x" * 10_000, "ａ" * 22, "%00", "'; DROP--"]
)
def test_an_id_that_is_none_is_not_found(store: Store, name: str) -> None:
    with pytest.raises(NotFound):
        store.get(name)
    with pytest.raises(NotFound):
        store.authorise(name, "x" * 22)


def test_a_change_leaves_what_it_does_not_name(store: Store) -> None:
    made, _ = make(store)
    changed = store.change(made.id, version=1, spec='{"title":"a"}')
    assert (changed.version, changed.spec, changed.digest) == (2, '{"title":"a"}', made.digest)
    again = store.change(made.id, version=2, source=("keras", "y", {"models": []}), model=3)
    assert (again.version, again.code, again.model) == (3, "y", 3)
    assert again.spec == '{"title":"a"}'
    assert again.digest != made.digest
    assert store.get(made.id) == again


def test_who_comes_second_is_told_so(store: Store) -> None:
    made, _ = make(store)
    store.change(made.id, version=1, spec="[1]")
    with pytest.raises(Conflict):
        store.change(made.id, version=1, spec="[2]")
    assert store.get(made.id).spec == "[1]"
    assert store.change(made.id, version=None, spec="[3]").version == 3


def test_of_many_at_once_each_wins_or_is_told(store: Store) -> None:
    made, _ = make(store)

    def change(number: int) -> bool:
        try:
            store.change(made.id, version=1, spec=f"[{number}]")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = [number for number, did in enumerate(pool.map(change, range(16))) if did]
    assert len(won) == 1
    assert store.get(made.id).spec == f"[{won[0]}]"
    assert store.get(made.id).version == 2


def test_deleted_is_gone(store: Store) -> None:
    (made, token), (other, _) = make(store), make(store)
    store.delete(made.id)
    for look in (
        lambda: store.get(made.id),
        lambda: store.authorise(made.id, token),
        lambda: store.change(made.id, version=None, spec="{}"),
    ):
        with pytest.raises(NotFound):
            look()
    store.delete(made.id)
    assert store.get(other.id) == other


def test_deleted_code_is_not_left_on_the_disk(tmp_path: Path) -> None:
    store = opened(f"sqlite:///{tmp_path}/figures.sqlite3", quota=1_000_000)
    made, _ = make(store, "secret_project_marker = 1")

    def holds() -> bool:
        files = tmp_path.glob("figures.sqlite3*")
        return any(b"secret_project_marker" in file.read_bytes() for file in files)

    assert holds()
    store.delete(made.id)
    assert not holds()


def test_the_store_takes_no_more_than_its_quota(url: str) -> None:
    store = opened(url, quota=10_000)
    kept, _ = make(store, "x" * 8_000)
    with pytest.raises(StorageFull):
        make(store, "x" * 8_000)
    assert store.get(kept.id).code == "x" * 8_000
    store.close()


def test_a_full_disk_is_told_and_reading_goes_on(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/figures.sqlite3"
    store = opened(url, quota=100_000_000)
    kept, _ = make(store)
    size = sqlite3.connect(tmp_path / "figures.sqlite3").execute("PRAGMA page_count").fetchone()[0]
    from sqlalchemy import event

    def shrink(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={size}")

    engine = engine_for(url)
    event.listen(engine, "connect", shrink)
    full = Store(engine, quota=100_000_000)
    with pytest.raises(StorageFull):
        make(full, "x" * 500_000)
    assert full.get(kept.id) == kept


def test_untouched_figures_are_purged(store: Store, url: str) -> None:
    (old, _), (new, _) = make(store), make(store)
    with engine_for(url).begin() as connection:
        connection.execute(
            FigureRow.__table__.update()  # type: ignore[attr-defined]
            .where(FigureRow.id == old.id)
            .values(updated=datetime.now(UTC) - timedelta(days=91))
        )
    assert store.purge(90) == 1
    assert store.get(new.id) == new
    with pytest.raises(NotFound):
        store.get(old.id)


def test_a_damaged_row_does_not_fill_the_memory(store: Store, url: str) -> None:
    made, _ = make(store)
    bomb = zlib.compress(json.dumps("x" * 64_000_000).encode(), 9)
    with engine_for(url).begin() as connection:
        connection.execute(
            FigureRow.__table__.update().values(capture=bomb)  # type: ignore[attr-defined]
        )
    with pytest.raises((ValueError, NetfigError)):
        store.get(made.id)


def test_migrations_give_the_tables_the_code_speaks_of(url: str) -> None:
    engine = engine_for(url)
    migrate(engine)
    migrate(engine)
    described = {column["name"]: column for column in inspect(engine).get_columns("figures")}
    declared = {column.name: column for column in FigureRow.__table__.columns}
    assert described.keys() == declared.keys()
    for name, column in declared.items():
        assert described[name]["nullable"] == column.nullable, name
        assert str(described[name]["type"].compile(engine.dialect)) == str(
            column.type.compile(engine.dialect)
        ), name
    assert [i["name"] for i in inspect(engine).get_indexes("figures")] == ["figures_updated"]


def test_several_may_start_at_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: opened(url, quota=1).close(), range(4)))
