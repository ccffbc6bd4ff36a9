"""On whose behalf: district offices, dong centres, libraries, senior centres and other institutions."""
