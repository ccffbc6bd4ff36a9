"""A job, and the files from which jobs were taken in."""

from geo_service.jobs.models.batch import JobBatch, JobRow, Outcome
from geo_service.jobs.models.job import QUESTIONS_AT_MOST, Job, JobState, PayUnit, Turn

__all__ = [
    "QUESTIONS_AT_MOST",
    "Job",
    "JobBatch",
    "JobRow",
    "JobState",
    "Outcome",
    "PayUnit",
    "Turn",
]
