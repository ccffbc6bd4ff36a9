"""The files of the pilot, checked before anything is kept."""
