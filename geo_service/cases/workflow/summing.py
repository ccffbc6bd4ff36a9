"""A case in a few lines, edited by whoever looks after it."""

from dataclasses import dataclass

from geo_service.confidential.sealing import Seal
from geo_service.reports.models import CaseFile


@dataclass(frozen=True, slots=True)
class Summary:
    """As it is now, to be edited."""

    version: int
    summary: str


def summary_of(seal: Seal, case: CaseFile) -> Summary:
    """In plain words; whoever opens it has left a trace before."""
    return Summary(case.version, seal.text("summary", case.summary_sealed) or "")


def sum_up(case: CaseFile, seal: Seal, words: str) -> None:
    """Write it anew."""
    case.summary_sealed = seal.close("summary", words) if words else None
    case.version += 1
