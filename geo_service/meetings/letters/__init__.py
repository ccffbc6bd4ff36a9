"""What we write to people about meetings."""
