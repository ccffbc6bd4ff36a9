"""Cases as they cross the border."""
