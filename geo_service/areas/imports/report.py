"""What an import is asked to do, and what it did."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from geo_service.areas.models import Level, Register


@dataclass(frozen=True, slots=True)
class Scope:
    """What a map file is about."""

    level: Level
    register: Register
    on: date
    """The day from which the file describes the country."""
    source: str
    whole: bool | None = None
    """Whether each district in the file is there in full, so that what is missing no longer
    exists; None refuses a file that would close more dongs than it keeps."""


@dataclass(slots=True)
class Supersession:
    """What became of the areas of a file; every row is counted in exactly one of the first four.

    Shape: full names.
    """

    added: list[str] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)
    """Known but closed until now."""
    changed: list[str] = field(default_factory=list)
    """Drawn anew, or for the first time, or renamed."""
    unchanged: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    """No longer in the file: they end on its day."""
    repaired: list[str] = field(default_factory=list)
    """Rows whose outline crossed itself and was mended."""
    districts: list[str] = field(default_factory=list)
    """Districts that were not known before the file named them."""

    @property
    def rows(self) -> int:
        """How many rows the file had."""
        return sum(map(len, (self.added, self.reopened, self.changed, self.unchanged)))

    def as_dict(self) -> dict[str, Any]:
        """The same for programs."""
        return {"rows": self.rows} | asdict(self)
