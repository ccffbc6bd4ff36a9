"""The listing: kind, title, place, time, visibility, office."""

from datetime import date, datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    Computed,
    FetchedValue,
    ForeignKey,
    Index,
    String,
    Text,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import (
    ARRAY,
    INT4MULTIRANGE,
    JSONB,
    TSTZRANGE,
    Range,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.areas.models import Area
from geo_service.db.base import Base
from geo_service.geo.located import Located, located_indexes
from geo_service.offices.models import Office


class Kind(StrEnum):
    """What can be found nearby. One package per kind."""

    JOB = auto()
    SPACE = auto()
    MEETING = auto()


class Visibility(StrEnum):
    """For whose eyes."""

    PUBLIC = auto()
    NEIGHBOURS = auto()
    OFFICE = auto()


DEMO = "demo"
"""The `source` of invented listings; pages and data say so."""

FEATURE_END = "}}"
"""Ends the properties of a GeoJSON Feature, and the Feature itself."""

ALWAYS: Range[datetime] = Range(None, None)
"""On offer without a beginning or an end."""


class Listing(Located, Base):
    """Anything a neighbour can find nearby.

    Every kind is a joined table sharing this key, so "what is near me now?" is one query on
    one table with one index, whatever the number of kinds.
    """

    __tablename__ = "listing"
    __mapper_args__ = {"polymorphic_on": "kind"}
    __table_args__: Any = (
        CheckConstraint("kind IN ('job', 'space', 'meeting')", name="kind"),
        CheckConstraint("visibility IN ('public', 'neighbours', 'office')", name="visibility"),
        CheckConstraint("length(btrim(title)) BETWEEN 1 AND 140", name="titled"),
        CheckConstraint("NOT isempty(open_during)", name="open_some_time"),
        CheckConstraint("closed_at >= published_at", name="closed_after_published"),
        CheckConstraint("NOT filled OR closed_at IS NOT NULL", name="filled_is_closed"),
        CheckConstraint(
            "done_at IS NULL OR (closed_at IS NOT NULL AND done_at >= closed_at)",
            name="done_after_closed",
        ),
        CheckConstraint("removed_at IS NULL OR published_at IS NULL", name="removed_draft"),
        CheckConstraint("open_week <@ '{[0,10080)}'::int4multirange", name="one_week"),
        CheckConstraint("jsonb_typeof(essentials) = 'object'", name="essentials_object"),
        *located_indexes(
            "listing", shown="shown", carried=("open_during", "published_at"), by=("kind",)
        ),
        Index(
            "listing_words_idx",
            "words",
            postgresql_using="gin",
            postgresql_ops={"words": "gin_trgm_ops"},
            postgresql_where=text("shown"),
        ),
        Index("listing_place_idx", text("(place::geometry)"), postgresql_using="gist"),
        Index("listing_area_id_idx", "area_id", "id", postgresql_where=text("shown")),
        Index("listing_office_id_idx", "office_id"),
        Index(
            "listing_proposed_idx",
            "place",
            postgresql_using="gist",
            postgresql_where=text("kind = 'meeting' AND published_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    kind: Mapped[Kind] = mapped_column(init=False)
    title: Mapped[str] = mapped_column(String(140))
    summary: Mapped[str] = mapped_column(String(1000), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    area_id: Mapped[int | None] = mapped_column(ForeignKey(Area.id), default=None)
    office_id: Mapped[UUID] = mapped_column(ForeignKey(Office.id))
    office: Mapped[Office] = relationship(init=False, lazy="joined", innerjoin=True)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    filled: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Closed because nothing is left to take up; something given back opens it again."""
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    """When all that followed from it was settled."""
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    """When its draft was thrown away; it can be had back for a while."""
    open_during: Mapped[Range[datetime]] = mapped_column(
        TSTZRANGE, default=ALWAYS, server_default=text("'(,)'")
    )
    """While it can be taken up at all."""
    open_week: Mapped[list[Range[int]] | None] = mapped_column(INT4MULTIRANGE, default=None)
    """Open minutes of the week, from Monday 00:00 in Korea; None is always, empty is unknown."""
    closed_days: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default_factory=list, server_default=text("'{}'")
    )
    """Days shut all the same, as `hours.closures` names them."""
    visibility: Mapped[Visibility] = mapped_column(
        default=Visibility.PUBLIC, server_default=text("'public'")
    )
    source: Mapped[str] = mapped_column(String(140), default="office")
    """Who said so: `office`, `demo`, or the name of an official dataset."""
    reference_on: Mapped[date | None] = mapped_column(default=None)
    """The day for which the source vouches."""
    essentials: Mapped[dict[str, Any]] = mapped_column(
        JSONB, init=False, server_default=text("'{}'")
    )
    """What its kind shows on a card and in GeoJSON: always what `tell` said at the last flush."""
    shown: Mapped[bool] = mapped_column(
        Computed(
            "published_at IS NOT NULL AND closed_at IS NULL AND visibility = 'public'",
            persisted=True,
        ),
        init=False,
        deferred=True,
    )
    """Whether anybody at all may find it, once its publication time has come."""
    updated_at: Mapped[datetime] = mapped_column(
        server_default=FetchedValue(), server_onupdate=FetchedValue(), init=False
    )
    """Set by a trigger at every write."""
    words: Mapped[str] = mapped_column(
        Text,
        server_default=FetchedValue(),
        server_onupdate=FetchedValue(),
        init=False,
        deferred=True,
    )
    """Title, office and address in lower case without spaces, for search. Set by a trigger."""
    feature_head: Mapped[str] = mapped_column(
        Text,
        server_default=FetchedValue(),
        server_onupdate=FetchedValue(),
        init=False,
        deferred=True,
    )
    """The GeoJSON Feature of this listing as text, without the `FEATURE_END`. Set by a trigger.

    What is not known is left out, and so is `demo` where it is not one.

    What depends on who asks is appended to its properties: to reopen a finished text costs the
    nearby search more than all else that it does with it.
    """

    @property
    def feature(self) -> str:
        """The same, complete."""
        return self.feature_head + FEATURE_END

    @property
    def is_demo(self) -> bool:
        """Whether it is invented, for trying things out."""
        return self.source == DEMO

    def is_over(self, at: datetime) -> bool:
        """Whether it can no longer be taken up: somebody closed it, or its time has run out."""
        end = self.open_during.upper
        return self.closed_at is not None or (end is not None and end <= at)

    def tell(self) -> dict[str, Any]:
        """What a card of this kind shows, as JSON; each kind has its own answer."""
        return {}

    def describe(self) -> dict[str, Any]:
        """What its own page shows besides, as JSON; each kind has its own answer."""
        return {}


@event.listens_for(Listing, "before_insert", propagate=True)
@event.listens_for(Listing, "before_update", propagate=True)
def _keep_essentials(_mapper: object, _connection: object, listing: Listing) -> None:
    told = listing.tell()
    if listing.__dict__.get("essentials") != told:
        listing.essentials = told
