"""What 'near' means: places, walks, hexagons, and how to ask PostGIS about them.

`place`, `walking`, `ellipsoid`, `plane` and `cells` are pure arithmetic. `columns`, `located`
and `nearby` teach the same words to the database, for any table that has a place.
"""
