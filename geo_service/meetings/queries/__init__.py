"""Questions about meetings. Each returns SQL; the caller decides when to run it."""
