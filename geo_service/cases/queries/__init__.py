"""Questions about cases. Each returns SQL; the caller decides when to run it."""
