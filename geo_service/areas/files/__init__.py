"""Areas as others write them down: tables of codes, outlines in map files."""
