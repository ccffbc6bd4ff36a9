"""What is done with a meeting: one function for each deed."""
