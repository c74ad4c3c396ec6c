"""Saved figures, on SQLite or PostgreSQL. It knows texts and bytes, not what they draw."""

from netfig.store.figures import Record, Store, opened

__all__ = ["Record", "Store", "opened"]
