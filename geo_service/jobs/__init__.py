"""Small public jobs within a walk of home.

              publish, now or at a time       the last seat is taken
      draft ───────────────────────▶ published ───────────────────▶ filled
       │ ▲                            │ ▲ │ ▲ ◀───────────────────── │ │
       │ └── unpublish ───────────────┘ │ │ │     a seat comes free    │ │
     remove                       close │ │ └─ reopen                  │ │
       │                                ▼ │                            │ │
       ▼                              closed ◀──────── close ──────────┘ │
    removed                             │                                │
    (restore)                           └──▶ done ◀──── mark_done ───────┘

Nobody writes a state: it follows from when the job was published, closed and done (on its
listing) and from whether its seats are taken, which a trigger watches. Published jobs are found,
all others but drafts stay readable and say what became of them.

What is done to a job locks the row of `job` first and that of `listing` after it, as the trigger
does.
"""
