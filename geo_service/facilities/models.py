"""What an import remembers: the batch, its rows, the facilities it keeps, and how to undo it.

Spaces are named by their table, not by their class: an import writes thousands of them at once and
none as an object, and all the classes around a space load longer than it takes.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.db.base import Base


class Outcome(StrEnum):
    """How a row ended; the package's story tells what each means."""

    ADDED = auto()
    CHANGED = auto()
    UNCHANGED = auto()
    REPAIRED = auto()
    HELD_BACK = auto()
    REFUSED = auto()


WRITTEN = (Outcome.ADDED, Outcome.CHANGED, Outcome.REPAIRED)
"""A listing is written."""

UNKEPT = (Outcome.REFUSED, Outcome.HELD_BACK)
"""Somebody has to mend these."""


class ImportBatch(Base):
    """One file, taken in as a whole."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint("rows >= 0 AND vanished >= 0", name="counted"),
        CheckConstraint("jsonb_typeof(counts) = 'object'", name="counts_object"),
        CheckConstraint("undone_at >= imported_at", name="undone_after_imported"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True, init=False)
    dataset: Mapped[str] = mapped_column(String(140))
    file: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    counts: Mapped[dict[str, int]] = mapped_column(JSONB)
    """How many rows ended in each outcome."""
    vanished: Mapped[int]
    imported_at: Mapped[datetime]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    office_ids: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid), default_factory=list, server_default=text("'{}'")
    )
    """The offices that it made."""

    @property
    def written(self) -> int:
        """How many of its rows became listings, or changed them."""
        return _sum_of(self.counts, WRITTEN)

    @property
    def is_idle(self) -> bool:
        """Whether it changed nothing at all."""
        return not self.written and not self.vanished


class ImportRow(Base):
    """How a row ended of which there is something to say; its batch counts them all."""

    __tablename__ = "import_row"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('added', 'changed', 'unchanged', 'repaired', 'held_back', 'refused')",
            name="outcome",
        ),
    )

    batch_id: Mapped[int] = mapped_column(
        ForeignKey(ImportBatch.id, ondelete="CASCADE"), primary_key=True
    )
    line: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[Outcome]
    name: Mapped[str] = mapped_column(String(140))
    key: Mapped[str] = mapped_column(Text)
    reasons: Mapped[list[Any]] = mapped_column(JSONB)
    """Pairs of a code for programs and a sentence for people."""
    original: Mapped[dict[str, str] | None] = mapped_column(JSONB, default=None)
    """The row as it was sent, where no facility keeps it: held back or refused."""


class FacilityFile(Base):
    """A file that an operator sent, on its way to a batch.

    looked through ──take in──▶ being taken in ──▶ a batch, or refused
    """

    __tablename__ = "facility_file"
    __table_args__ = (
        CheckConstraint("done >= 0", name="counted"),
        CheckConstraint("finished_at IS NULL OR begun_at IS NOT NULL", name="begun_first"),
        CheckConstraint(
            "(finished_at IS NULL) = (content IS NOT NULL)", name="kept_until_finished"
        ),
        CheckConstraint(
            "finished_at IS NOT NULL OR (batch_id IS NULL AND refusal = '')", name="ended_once"
        ),
        Index("facility_file_batch_id_idx", "batch_id"),
        Index("facility_file_sent_at_idx", "sent_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    file: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    provider: Mapped[str | None] = mapped_column(String(140), default=None)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """Its table, packed, without personal numbers; nothing once it is finished."""
    dataset: Mapped[str] = mapped_column(String(140), default="")
    counts: Mapped[dict[str, int]] = mapped_column(JSONB, default_factory=dict)
    """How many of its rows would end in each outcome."""
    vanished: Mapped[int] = mapped_column(default=0)
    troubled: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, default_factory=list, deferred=True
    )
    """Rows that need somebody; see `schemas.Trouble`."""
    sent_at: Mapped[datetime]
    begun_at: Mapped[datetime | None] = mapped_column(default=None)
    step: Mapped[str] = mapped_column(String(20), default="", server_default=text("''"))
    """What is being done to it now."""
    done: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How many of its rows are written."""
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    refusal: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    """Why it could not be taken in after all."""
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey(ImportBatch.id, ondelete="SET NULL"), default=None
    )
    """What it became."""

    @property
    def rows(self) -> int:
        """How many it has."""
        return sum(self.counts.values())

    @property
    def written(self) -> int:
        """How many of them would become listings, or change them."""
        return _sum_of(self.counts, WRITTEN)

    @property
    def unkept(self) -> int:
        """How many of them would be left out."""
        return _sum_of(self.counts, UNKEPT)

    @property
    def is_idle(self) -> bool:
        """Whether it would change nothing; rooms vanish only beside rows that are kept."""
        return not self.written and (not self.vanished or self.unkept == self.rows)


def _sum_of(counts: dict[str, int], outcomes: Iterable[Outcome]) -> int:
    return sum(counts.get(outcome, 0) for outcome in outcomes)


class Facility(Base):
    """A space that came from a file, under the key by which the next file finds it again."""

    __tablename__ = "facility"
    __table_args__ = (
        UniqueConstraint("dataset", "key", "ordinal"),
        CheckConstraint("ordinal > 0", name="counted_from_one"),
        CheckConstraint("jsonb_typeof(original) = 'object'", name="original_object"),
        Index("facility_name_key_idx", "name_key"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True, init=False)
    space_id: Mapped[UUID] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), unique=True)
    dataset: Mapped[str] = mapped_column(String(140))
    provider: Mapped[str] = mapped_column(String(140))
    provider_key: Mapped[str] = mapped_column(String(140))
    """Equal before and after provinces were renamed or merged."""
    key: Mapped[str] = mapped_column(Text)
    """Provider, facility and room, normalised."""
    ordinal: Mapped[int] = mapped_column(default=1)
    """Tells apart what the file itself calls by the same name, in its order."""
    name_key: Mapped[str] = mapped_column(Text)
    """Its title normalised: the same room under another provider's name has it too."""
    door: Mapped[str] = mapped_column(Text, default="")
    """District, road and number, normalised."""
    digest: Mapped[str] = mapped_column(String(32))
    """Of what was understood from its row: equal when nothing changed."""
    added_in: Mapped[int] = mapped_column(ForeignKey(ImportBatch.id), index=True)
    """The batch that brought it."""
    original: Mapped[dict[str, str]] = mapped_column(JSONB)
    """Its row, word for word, without personal numbers."""
    reference_on: Mapped[date | None] = mapped_column(default=None)
    gone_on: Mapped[date | None] = mapped_column(default=None)
    """The reference day of the file that no longer named it; then its listing is closed."""


class Change(StrEnum):
    """What a batch did to a facility that was there before."""

    CHANGED = auto()
    VANISHED = auto()


class FacilityChange(Base):
    """What a batch did to one facility, and what there was before."""

    __tablename__ = "facility_change"
    __table_args__ = (
        CheckConstraint("change IN ('changed', 'vanished')", name="change"),
        CheckConstraint("jsonb_typeof(before) = 'object'", name="before_object"),
        Index("facility_change_facility_id_idx", "facility_id"),
    )

    batch_id: Mapped[int] = mapped_column(
        ForeignKey(ImportBatch.id, ondelete="CASCADE"), primary_key=True
    )
    facility_id: Mapped[int] = mapped_column(
        ForeignKey(Facility.id, ondelete="CASCADE"), primary_key=True
    )
    change: Mapped[Change]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What the batch wrote over in listing, space and facility."""
