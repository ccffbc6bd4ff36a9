"""Small public jobs within a walk of home."""
