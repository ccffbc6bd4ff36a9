"""What a hired person works: single shifts, who came, and what is paid.

                 came, by the list or the code      the office confirms
      planned ───────────────────────────▶ attended ──────────────────▶ confirmed ──▶ pay sheet
         │ │                                  │
         │ └──── did not come ──▶ absent ◀────┘ the office corrects it
         └── cancelled (the person withdrew, the job was closed)

A shift counts against its programme from the moment it is planned until it is absent or
cancelled: a trigger moves the balance, and the database refuses what is over it. Nobody is planned
in two places at once.
"""
