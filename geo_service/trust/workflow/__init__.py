"""What is done for trust: write and answer reviews, and tell a record."""
