"""What is neither a table nor a wish: kinds of worries from `data/`, photos, and codes."""
