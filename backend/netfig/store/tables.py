"""The table of figures. Migrations change it; this says what it is now."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables."""


class FigureRow(Base):
    """A figure.

    `token` is the SHA-256 of the edit token: who reads the table cannot edit with it. `capture`
    is JSON, zlib-compressed; `digest` names its content, for caches. `spec` is the FigureSpec as
    JSON. `version` counts changes from 1. `size` is what the row weighs in bytes.
    """

    __tablename__ = "figures"
    __table_args__ = (Index("figures_updated", "updated"),)

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    token: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    code: Mapped[str] = mapped_column(Text)
    capture: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(32))
    model: Mapped[int] = mapped_column(Integer)
    spec: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(BigInteger)
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated: Mapped[datetime] = mapped_column(DateTime(timezone=True))
