"""Where real official files lie, on machines that have them; tests go on without."""

from pathlib import Path

REAL = Path(__file__).parents[2] / "shared" / "data"
"""Beside the project, and no part of it: ask whether a file is there before reading it."""

BOUNDARIES = REAL / "01_boundaries"
"""Outlines of areas."""

FACILITIES = REAL / "02_facilities"
"""Public rooms, as offices publish them."""
