"""What is known of each other after work was done: mutual reviews, and a record made of facts.

      work confirmed ──▶ round open ──both have written, or 7 days are over──▶ shown
                             │
                             └── each side writes once, unseen by the other

Whoever stays silent adds nothing, good or bad: every figure says of how many it speaks. The record
counts what happened (jobs done, hours, no-shows, for what kinds of office); the person reads it,
and what is wrong in it gets their own words beside it until the office mends it.
"""
