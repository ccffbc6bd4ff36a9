"""Questions about all that is one person's. Each returns SQL; the caller decides when to run it."""
