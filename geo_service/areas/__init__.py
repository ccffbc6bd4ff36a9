"""Areas of Korea: provinces, districts and dongs, with codes that change and outlines that stay."""
