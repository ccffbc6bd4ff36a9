"""Files of public figures."""
