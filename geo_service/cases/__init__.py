"""What a dong centre does with what neighbours tell it, until somebody is looked after.

      told ──taken up──▶ assigned ──▶ contacted ──▶ connected ──▶ closed
       │                  │   ▲           ▲             │           │
       │ ≤ 50 m from a    │   └───────────┼── reopened ─┴───────────┘
       │ border: one of   └──▶ unreachable ┘
       │ two centres accepts
       └── "not ours": to the next centre, which accepts or gives it back

A case is what becomes of one or several reports about the same household. Only a caseworker of
its centre says that two are the same. A ladder of steps leads to whoever does not answer: call,
visit, note, neighbour, police; each has a day by which it is due, and what is overdue is told to
the district's lead: its number, its centre, how many days; never a word of it. So is a case that
nobody touches for eight weeks: what nobody closes would be kept for ever.

Whoever opens a case has left a trace before they see it; who opens a colleague's case says what
for. The reporter learns the stage, the lead sums, the operator nothing.
"""
