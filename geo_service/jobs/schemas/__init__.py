"""A job as it crosses the border: what an officer says, what programs and search engines read."""
