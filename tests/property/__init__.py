"""Laws that hold anywhere on Earth."""
