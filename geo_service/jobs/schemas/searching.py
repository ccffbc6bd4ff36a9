"""A job as search engines read it.

Source: https://schema.org/JobPosting
"""

from typing import Any

from geo_service.clock import KOREA
from geo_service.jobs.models import Job, PayUnit


def posting(job: Job, *, url: str) -> dict[str, Any]:
    """The schema.org JobPosting; what we do not know is left out."""
    salary: dict[str, Any] = {"@type": "MonetaryAmount", "currency": "KRW", "value": job.pay_won}
    if job.pay_unit is PayUnit.HOUR:
        salary["value"] = {
            "@type": "QuantitativeValue",
            "value": job.pay_won,
            "unitText": "HOUR",
        }
    ends_at = job.closed_at or job.open_during.upper
    known = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": job.title,
        "description": job.summary or job.title,
        "identifier": {"@type": "PropertyValue", "name": "동네이음", "value": str(job.id)},
        "url": url,
        "datePosted": job.published_at and job.published_at.astimezone(KOREA).date().isoformat(),
        "validThrough": ends_at and ends_at.isoformat(),
        "employmentType": "PART_TIME",
        "totalJobOpenings": job.seats,
        "workHours": job.hours_words or None,
        "hiringOrganization": {"@type": "Organization", "name": job.office.name},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "KR",
                "streetAddress": job.address,
            },
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": job.place.lat,
                "longitude": job.place.lng,
            },
        },
        "baseSalary": salary,
    }
    return {name: value for name, value in known.items() if value is not None}
