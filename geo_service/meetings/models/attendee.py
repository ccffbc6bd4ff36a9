"""Who comes to a meeting."""

from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from geo_service.accounts.models import Person
from geo_service.db.base import Base
from geo_service.meetings.models.meeting import Meeting


class Going(StrEnum):
    """Whether there is room for them."""

    COMING = auto()
    WAITING = auto()
    """In line, until somebody gives up their seat."""


class Interpreter(StrEnum):
    """In which language they would understand best."""

    SIGN = auto()
    """수어."""
    EN = auto()
    ZH = auto()
    VI = auto()
    RU = auto()
    OTHER = auto()


class Attendee(Base):
    """Somebody who comes, with their children.

    Either with an account, or with a name, a phone number and a code; of the latter only the wishes
    stay once they are wiped. Who no longer comes has no row.
    """

    __tablename__ = "meeting_attendee"
    __table_args__ = (
        CheckConstraint("going IN ('coming', 'waiting')", name="going"),
        CheckConstraint("children BETWEEN 0 AND 9", name="children"),
        CheckConstraint("interpreter IN ('sign', 'en', 'zh', 'vi', 'ru', 'other')", name="tongue"),
        CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name="callable"),
        CheckConstraint("length(code_hash) = 32", name="hashed"),
        CheckConstraint(
            "CASE WHEN person_id IS NOT NULL OR wiped_at IS NOT NULL"
            " THEN name = '' AND phone IS NULL AND code_hash IS NULL"
            " ELSE btrim(name) <> '' AND phone IS NOT NULL AND code_hash IS NOT NULL END",
            name="known",
        ),
        Index(
            "meeting_attendee_person_key",
            "meeting_id",
            "person_id",
            unique=True,
            postgresql_where=text("person_id IS NOT NULL"),
        ),
        Index(
            "meeting_attendee_phone_key",
            "meeting_id",
            "phone",
            unique=True,
            postgresql_where=text("phone IS NOT NULL"),
        ),
        Index("meeting_attendee_line_idx", "meeting_id", "joined_at", "id"),
        Index("meeting_attendee_person_id_idx", "person_id"),
        Index(
            "meeting_attendee_code_key",
            "code_hash",
            unique=True,
            postgresql_where=text("code_hash IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(Meeting.id, ondelete="CASCADE"))
    meeting: Mapped[Meeting] = relationship(init=False)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), default=None)
    person: Mapped[Person | None] = relationship(init=False)
    name: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))
    """Without an account."""
    phone: Mapped[str | None] = mapped_column(String(20), default=None)
    """E.164; without an account."""
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    """SHA-256 of the code with which they change their mind; without an account."""
    going: Mapped[Going]
    children: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    step_free: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether they need a way without steps."""
    interpreter: Mapped[Interpreter | None] = mapped_column(default=None)
    named: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether they agree to be named in the minutes."""
    joined_at: Mapped[datetime]
    """Whose turn it is, in the line."""
    to_call_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when there is something to tell them that only a call can."""
    came: Mapped[bool | None] = mapped_column(default=None)
    """Whether they were there, as the sign-in sheet says."""
    wiped_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def people(self) -> int:
        """How many seats they take."""
        return 1 + self.children
