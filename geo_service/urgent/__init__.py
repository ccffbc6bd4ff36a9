"""Urgent calls: work that begins within hours is offered ring by ring until somebody takes it.

      ringing: 700 m ──pause──▶ 1 km ──pause──▶ 1.5 km ──pause──▶ exhausted (the officer is told)
          │            │               │
          └────────────┴───────────────┴── the last seat is taken ──▶ filled (all others are told)
                                       └── the office stops it ─────▶ stopped

Asked are people who have a home, who said that they are free at this hour of the week, and who
work nowhere else then. The first to accept gets the seat. How many were asked, and how far from
the place they live, nobody learns: that would tell where people live.
"""
