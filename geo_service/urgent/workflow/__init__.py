"""What is done in urgent calls: say when one is free, ring, and answer."""
