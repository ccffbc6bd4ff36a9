"""From "I would like to" to "you are hired": applications, and whose turn it is.

              ┌──── withdraw ────▶ withdrawn ◀───────────────┐
              │                       ▲ │ apply again        │ withdraw, while it is time
              │                       │ ▼                    │
    apply ─▶ sent ── by the rule ────────────────────────▶ hired ─▶ attended ─▶ confirmed
              │ │                     │                    ▲ │         (as its shifts say)
              │ └── by the rule ─▶ waiting ─▶ offered ─────┘ │              │
              │                       │    moves   │ accept  │           reviewed
              │                       │    up by   │         │        (see `trust`)
              │                       ▼    itself  ▼         │
              └──── decline ──────▶ declined ◀─────┴ time is over, or the office says no

Who is offered or hired has a seat. A trigger counts the seats of a job, so that `job.taken` never
says anything else, and the job's own check refuses one too many, whoever writes the row.
`attended` and `confirmed` are kept nowhere: they follow from the shifts.

What is done to an application locks the row of its job first. Then nobody else decides, applies
or moves up for the same job meanwhile.
"""
