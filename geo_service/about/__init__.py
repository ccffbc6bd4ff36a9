"""Pages that explain: help, privacy, accessibility."""
