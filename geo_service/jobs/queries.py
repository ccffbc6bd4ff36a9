"""Questions about jobs."""

from uuid import UUID

from sqlalchemy import Select, select

from geo_service.jobs.models import Job
from geo_service.listings.models import Visibility
from geo_service.listings.queries.visible import AT


def the_job(job_id: UUID) -> Select[Job]:
    """One job published for everybody `:at` a moment; a closed one too, which says so."""
    return select(Job).where(
        Job.id == job_id, Job.visibility == Visibility.PUBLIC, Job.published_at <= AT
    )
