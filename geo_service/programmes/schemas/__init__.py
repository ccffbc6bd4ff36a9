"""A programme as it crosses the border: as JSON, and in forms."""
