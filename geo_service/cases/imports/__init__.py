"""Lists of households that somebody else kept."""
