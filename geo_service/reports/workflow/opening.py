"""What was told, opened for who may read it; whoever opens it writes the look down before."""

import json
from dataclasses import dataclass
from typing import Any

from geo_service.confidential.sealing import Seal
from geo_service.geo.place import Place
from geo_service.reports.files.told import Knows, Since, Told, Way, Whom
from geo_service.reports.models import Message, Photo, Report
from geo_service.reports.schemas.progress import Said


@dataclass(frozen=True, slots=True)
class Contact:
    """How the reporter is reached, as far as they said so."""

    way: Way = Way.NONE
    email: str | None = None
    phone: str | None = None
    tongue: str = "ko"


def opened(seal: Seal, report: Report) -> Told:
    """A report in plain words, without its photo. Raises: SealIsBroken."""
    subject = _told(seal, "subject", report.subject_sealed)
    place = _told(seal, "place", report.place_sealed)
    signs = _told(seal, "signs", report.signs_sealed)
    consent = _told(seal, "consent", report.consent_sealed)
    contact = contact_of(seal, report)
    return Told(
        whom=Whom(subject.get("whom", Whom.NEIGHBOUR)),
        subject=subject.get("words", ""),
        kinds=tuple(report.categories),
        place=Place(place["lat"], place["lng"]) if place else None,
        where_words=seal.text("where_words", report.where_words_sealed) or "",
        story=seal.text("story", report.story_sealed) or "",
        since=Since(signs.get("since", Since.UNKNOWN)),
        knows=Knows(consent.get("knows", Knows.UNAWARE)),
        way=contact.way,
        email=contact.email,
        phone=contact.phone,
    )


def contact_of(seal: Seal, report: Report) -> Contact:
    """How to reach who told it. Raises: SealIsBroken."""
    told = _told(seal, "contact", report.contact_sealed)
    return Contact(**told | {"way": Way(told["way"])}) if told else Contact()


def said_of(seal: Seal, message: Message) -> Said:
    """A message in plain words. Raises: SealIsBroken."""
    return Said(message.said_by, message.said_at, seal.text("text", message.text_sealed) or "")


def image_of(seal: Seal, photo: Photo) -> bytes:
    """A JPEG. Raises: SealIsBroken."""
    return seal.open("image", photo.image_sealed)


def _told(seal: Seal, field: str, sealed: bytes | None) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(seal.text(field, sealed) or "{}")
    return told
