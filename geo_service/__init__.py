"""동네이음: everything within a ten-minute walk of home."""
