"""What pages ask, and what programs send and get."""
