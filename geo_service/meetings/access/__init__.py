"""The meeting that a door is about, and whoever may change it."""
