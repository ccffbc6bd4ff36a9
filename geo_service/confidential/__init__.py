"""Walls around what neighbours tell: each holds where all others have fallen.

    a door        asks who it is, and makes claims            access.py
      ↓           claims are signed for one transaction       claims.py, session.py
    a login       geo_reports, which alone enters the schema `reports`
      ↓           row level security reads the claims         migrations, `reports.claims()`
    a row         shows ids, stages and dates only
      ↓           what people said is sealed, under a key that no database holds
    a seal        is opened where a look was written down     keys.py, sealing.py, looks.py
      ↓           looks are sealed in turn, outside the database     checkpoints.py

A forgotten WHERE, injected SQL, a copied backup, an operator with psql: each meets a wall of
another kind. What was shredded opens nowhere, backups included. This package knows no reports.
"""
