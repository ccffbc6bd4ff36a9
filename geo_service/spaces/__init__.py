"""Public rooms that stand idle part of the day."""
