"""The pilot district, Gwangsan-gu: its dong centres and believable demo listings from `data/`."""
