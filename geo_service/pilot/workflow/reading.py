"""Read the two files, and say what is wrong with them by name."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from geo_service.errors import Invalid
from geo_service.pilot.schemas.district import (
    Entry,
    JobEntry,
    MeetingEntry,
    OfficeEntry,
    ProgrammeEntry,
    SpaceEntry,
)

AnyFile = TypeVar("AnyFile", bound=Entry)


class PilotIsMisspelt(Invalid):
    """A file of the pilot cannot be read."""


def read(file: Path, shape: type[AnyFile]) -> AnyFile:
    """What a file tells, every entry checked."""
    told = file.read_bytes()
    try:
        return shape.model_validate_json(told)
    except ValidationError as error:
        wrong = "; ".join(_mistake(each["loc"], each["msg"], told) for each in error.errors()[:5])
        raise PilotIsMisspelt(f"{file.name}: {wrong}") from error


def _mistake(at: tuple[int | str, ...], what: str, told: bytes) -> str:
    """What is wrong and where, with the entry's key instead of its number."""
    names = list(map(str, at))
    if len(at) > 1 and isinstance(at[1], int):
        names[1] = str(json.loads(told)[at[0]][at[1]].get("key", at[1]))
    return f"{'.'.join(names)}: {what}" if names else what


def check_keys(
    offices: list[OfficeEntry],
    listings: list[JobEntry | SpaceEntry],
    programmes: list[ProgrammeEntry],
    meetings: list[MeetingEntry],
) -> None:
    """Every key is there once, and whatever is referred to is there."""
    funds = {(entry.key, entry.office) for entry in programmes}
    office_keys = [entry.key for entry in offices]
    listing_keys = [entry.key for entry in (*listings, *meetings)]
    wholes = {entry.key for entry in listings if isinstance(entry, SpaceEntry)}
    for file, keys in (("pilot_offices", office_keys), ("pilot_listings", listing_keys)):
        for key in {key for key in keys if keys.count(key) > 1}:
            raise PilotIsMisspelt(f"{file}.json: {key}: key 가 두 번 적혀 있습니다")
    told: dict[str, Sequence[ProgrammeEntry | MeetingEntry | JobEntry | SpaceEntry]] = {
        "offices": programmes,
        "meetings": meetings,
        "listings": listings,
    }
    for file, entries in told.items():
        for each in entries:
            if each.office not in office_keys:
                raise PilotIsMisspelt(f"pilot_{file}.json: {each.key}: 없는 office: {each.office}")
    for entry in listings:
        paid_by = entry.programme if isinstance(entry, JobEntry) else None
        if paid_by and (paid_by, entry.office) not in funds:
            raise PilotIsMisspelt(
                f"pilot_listings.json: {entry.key}: 이 기관에 없는 programme: {paid_by}"
            )
        if isinstance(entry, SpaceEntry) and entry.part_of and entry.part_of not in wholes:
            raise PilotIsMisspelt(
                f"pilot_listings.json: {entry.key}: 없는 part_of: {entry.part_of}"
            )
