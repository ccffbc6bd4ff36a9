"""What crosses the border: forms that people fill, and JSON."""
