"""Who: people sign up, sign in, and leave.

    unknown ──sign up──▶ signed in ◀──password, code by mail, provider──┐
                            │ sign out, idle, everywhere                │
                            ▼                                           │
                        signed out ─────────────────────────────────────┘

A person who leaves becomes a row without anything that says who it was: what offices must keep
(a pay sheet, a closed booking) still has something to point at.
"""
