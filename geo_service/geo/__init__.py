"""What 'near' means: places, walks, hexagons, and how to ask PostGIS about them.

`place`, `walking`, `ellipsoid`, `plane`, `cells` and `partition` are pure arithmetic; the last
makes maps that tell how often, and not where. `columns`, `located` and `nearby` teach the same
words to the database, for any table that has a place.
"""
