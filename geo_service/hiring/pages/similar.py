"""What to do instead, when a job takes nobody any more."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from geo_service.jobs.models import Job
from geo_service.listings.models import Kind
from geo_service.listings.queries.nearby import find
from geo_service.listings.queries.search import Search


def nearest_other(session: Session, job: Job, *, at: datetime) -> dict[str, Any] | None:
    """The nearest job that can be applied for, as its card shows it; None if there is none."""
    found = find(session, Search(job.place, kinds=(Kind.JOB,), limit=2), at=at)
    others = [feature["properties"] for feature in found.features if feature["id"] != str(job.id)]
    if others:
        return dict(others[0])
    beyond = found.nearest_beyond
    return beyond and dict(beyond["properties"])
