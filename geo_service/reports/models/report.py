"""What a neighbour told about somebody who may need help."""

from datetime import date, datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from geo_service.clock import now
from geo_service.confidential.models import SCHEMA
from geo_service.confidential.sealing import SealedType
from geo_service.db.base import Base
from geo_service.reports.models.case_file import CaseFile


class Routing(StrEnum):
    """How sure it is that the centre which was told is the one that answers."""

    SURE = auto()
    BORDER = auto()
    """Two centres were told, and one must accept."""
    UNCONFIRMED = auto()
    """The place is unknown, or its dong is."""
    HANDED = auto()
    """Another centre had it before, and this one accepted."""


class Urgency(StrEnum):
    """How soon somebody should look after it, as far as told."""

    USUAL = auto()
    SOON = auto()
    TODAY = auto()


class AnswerBy(StrEnum):
    """How the reporter wants to learn the stage."""

    MAIL = auto()
    RECEIPT = auto()
    NONE = auto()


class Report(Base):
    """What a neighbour told. What they said is sealed; `field` is sealed as `field_sealed`."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("number ~ '^[0-9A-Z][0-9A-Z-]{5,19}$'", name="numbered"),
        CheckConstraint("routing IN ('sure', 'border', 'unconfirmed', 'handed')", name="routing"),
        CheckConstraint("urgency IN ('usual', 'soon', 'today')", name="urgency"),
        CheckConstraint("answer_by IN ('mail', 'receipt', 'none')", name="answer_by"),
        CheckConstraint("second_centre_id <> centre_id", name="two_centres"),
        CheckConstraint("second_centre_id IS NULL OR routing = 'border'", name="second_at_border"),
        CheckConstraint("length(reporter_hash) = 32 AND length(receipt_hash) = 32", name="hashed"),
        CheckConstraint("cardinality(categories) > 0", name="categorised"),
        CheckConstraint("warned_at IS NULL OR closed_at IS NOT NULL", name="warned_when_closed"),
        CheckConstraint(
            "shredded_at IS NULL OR (place_sealed IS NULL AND where_words_sealed IS NULL"
            " AND story_sealed IS NULL AND signs_sealed IS NULL AND subject_sealed IS NULL"
            " AND consent_sealed IS NULL AND contact_sealed IS NULL AND cell IS NULL"
            " AND reporter_hash IS NULL AND receipt_hash IS NULL)",
            name="shredded_whole",
        ),
        UniqueConstraint("number"),
        UniqueConstraint("receipt_hash"),
        Index("report_cell_idx", "cell", postgresql_where=text("cell IS NOT NULL")),
        Index("report_centre_id_told_at_idx", "centre_id", "told_at"),
        Index(
            "report_second_centre_id_idx",
            "second_centre_id",
            postgresql_where=text("second_centre_id IS NOT NULL"),
        ),
        Index("report_case_id_idx", "case_id"),
        Index(
            "report_untaken_idx",
            "centre_id",
            "told_at",
            postgresql_where=text("case_id IS NULL"),
        ),
        Index("report_reporter_hash_idx", "reporter_hash"),
        Index("report_shred_on_idx", "shred_on", postgresql_where=text("shredded_at IS NULL")),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    number: Mapped[str] = mapped_column(String(20))
    """By which people speak of it; says nothing about order or how many there are."""
    told_at: Mapped[datetime] = mapped_column(default_factory=now)
    centre_id: Mapped[UUID]
    """The dong centre that answers."""
    second_centre_id: Mapped[UUID | None] = mapped_column(default=None)
    """The other one at a border, until one of them accepts."""
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    routing: Mapped[Routing]
    cell: Mapped[int | None] = mapped_column(BigInteger, default=None)
    """Its hexagon of H3 at resolution 10; none where the place is unknown."""
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text))
    urgency: Mapped[Urgency] = mapped_column(default=Urgency.USUAL, server_default=text("'usual'"))
    answer_by: Mapped[AnswerBy] = mapped_column(
        default=AnswerBy.NONE, server_default=text("'none'")
    )
    watcher: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a watcher told it."""
    reporter_hash: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    """A keyed digest of who told it; none for who wants to stay unknown."""
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    """A keyed digest of the receipt code."""
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey(CaseFile.id), default=None)
    escalated_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the district's lead was told that nobody had taken it up."""
    idle_told_at: Mapped[datetime | None] = mapped_column(init=False, default=None)
    """When they were last told that still nobody has."""
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    shred_on: Mapped[date | None] = mapped_column(default=None)
    """When its time is over; none as long as its case is open. Set when that is closed."""
    warned_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the centre was told that it will be destroyed."""
    shredded_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    place_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
    where_words_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
    story_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
    signs_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
    subject_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
    """Who it is about, as far as told."""
    consent_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
    contact_sealed: Mapped[bytes | None] = mapped_column(SealedType, default=None)
