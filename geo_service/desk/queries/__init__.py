"""Questions about what waits in offices. Each returns SQL; the caller decides when to run it."""
