"""When a door is open: hours of the week, and the days on which it stays shut."""
