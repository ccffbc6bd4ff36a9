"""Official files of public facilities become spaces: read, repaired, matched, and undone if need be."""
