"""Files of jobs: their columns, and what a cell means."""
