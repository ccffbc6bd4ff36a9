"""What programs send when they tell, and what they get."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geo_service.geo.place import Place
from geo_service.reports.files.told import Knows, Since, Told, Way, Whom
from geo_service.reports.models import SaidBy, Stage
from geo_service.reports.schemas.forms import Kinds, Message, Story, Subject, WhereWords
from geo_service.reports.schemas.progress import Progress, Sent
from geo_service.web.fields import Email, Telephone, unfit
from geo_service.web.params import Latitude, Longitude


class _Strict(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, extra="forbid", frozen=True)


class PointIn(_Strict):
    """A place in degrees."""

    lat: Latitude
    lng: Longitude


class ReportIn(_Strict):
    """All that somebody tells. In an emergency call 119 or 112 instead."""

    whom: Whom = Whom.NEIGHBOUR
    subject: Subject = ""
    place: PointIn | None = None
    where: WhereWords = ""
    dong: Annotated[
        str | None,
        Field(
            pattern="^[0-9]{10}$",
            description="Official code of the administrative dong, where the place is unknown.",
        ),
    ] = None
    categories: Kinds
    story: Story
    since: Since = Since.UNKNOWN
    knows: Knows = Knows.UNAWARE
    answer_by: Way = Way.RECEIPT
    email: Email | None = None
    phone: Telephone | None = None

    @model_validator(mode="after")
    def _is_reachable(self) -> Self:
        if self.answer_by is Way.MAIL and self.email is None:
            raise unfit("`email` is needed to answer by mail.", "소식 받을 주소를 적어 주세요.")
        return self

    def told(self) -> Told:
        """The same as pages tell it."""
        is_reached = self.answer_by in {Way.MAIL, Way.ACCOUNT}
        return Told(
            whom=self.whom,
            subject=self.subject,
            place=Place(self.place.lat, self.place.lng) if self.place else None,
            where_words=self.where,
            kinds=tuple(self.categories),
            story=self.story,
            since=self.since,
            knows=Knows.MYSELF if self.whom is Whom.MYSELF else self.knows,
            way=self.answer_by,
            email=self.email if self.answer_by is Way.MAIL else None,
            phone=self.phone if is_reached else None,
        )


class MessageIn(_Strict):
    """A word more."""

    text: Message


class ToldOut(BaseModel):
    """What its sender must keep: the code is told now and never again."""

    number: str
    report_id: UUID | None
    """For who told it by their account."""
    receipt_code: str | None
    centre: str

    @classmethod
    def of(cls, sent: Sent) -> Self:
        """As it was sent."""
        return cls(
            number=sent.number,
            report_id=UUID(sent.report_id) if sent.way == Way.ACCOUNT else None,
            receipt_code=sent.code or None,
            centre=sent.centre,
        )


class MessageOut(BaseModel):
    """One message of a conversation."""

    said_by: SaidBy
    said_at: datetime
    text: str


class ReportOut(BaseModel):
    """How far a report is; what was told is not told again."""

    id: UUID
    number: str
    told_at: datetime
    centre: str
    stage: Stage
    since: datetime
    messages: list[MessageOut]

    @classmethod
    def of(cls, progress: Progress) -> Self:
        """As its reporter learns it."""
        return cls(
            id=progress.id,
            number=progress.number,
            told_at=progress.told_at,
            centre=progress.centre,
            stage=progress.stage,
            since=progress.since,
            messages=[
                MessageOut(said_by=said.said_by, said_at=said.said_at, text=said.text)
                for said in progress.messages
            ],
        )


class ReportsOut(BaseModel):
    """All that one told by one's account."""

    reports: list[ReportOut]
