"""Questions about cases. Each returns SQL; the caller decides when to run it."""

from typing import Any, TypeAlias

from sqlalchemy import Select

Rows: TypeAlias = "Select[*tuple[Any, ...]]"
"""Columns and not things; a question says which."""
