"""On whose behalf: district offices, dong centres, libraries and other institutions."""
