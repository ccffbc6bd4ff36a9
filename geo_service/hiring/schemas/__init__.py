"""Applications as they cross the border: what people fill in, what programs read."""
