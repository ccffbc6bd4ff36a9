"""A job as its office reads it over the API."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from geo_service.jobs.models import Job, JobState
from geo_service.jobs.schemas.offers import Offer, offer_of


class JobIn(Offer):
    """A new job."""

    office_id: UUID | None = None
    """Whose it is; may be left out by who works in one office only."""


class PublicationIn(BaseModel):
    """From when everybody may find it; now, if nothing is said."""

    on: datetime | None = None


class JobOut(Offer):
    """All that its office knows of a job."""

    id: UUID
    office_id: UUID
    office: str
    state: JobState
    version: int
    taken: int
    hours_words: str
    published_at: datetime | None
    closed_at: datetime | None
    done_at: datetime | None
    removed_at: datetime | None

    @classmethod
    def of(cls, job: Job) -> "JobOut":
        """As it is now."""
        said: dict[str, Any] = dict(offer_of(job))
        return cls.model_construct(
            **said,
            id=job.id,
            office_id=job.office_id,
            office=job.office.name,
            state=job.state,
            version=job.version,
            taken=job.taken,
            hours_words=job.hours_words,
            published_at=job.published_at,
            closed_at=job.closed_at,
            done_at=job.done_at,
            removed_at=job.removed_at,
        )


class JobsOut(BaseModel):
    """Some jobs of one's offices, what was last worked on first."""

    jobs: list[JobOut]
    more: bool
    """Whether there are more: ask with a larger `skip`."""
