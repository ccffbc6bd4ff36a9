"""Public rooms that stand idle part of the day, and how neighbours book them.

A booking (one row for every hour or desk; a series is many rows with one `series_id`):

    hold ──▶ HELD ──confirm──▶ CONFIRMED ──check in──▶ CHECKED_IN
              │  └──confirm──▶ ASKED ──approve──▲ │
              │     (approval)   │                ├──nobody came──▶ NO_SHOW, a strike
              │                  ├──decline──▶ DECLINED
              │                  └──its time came──▶ EXPIRED
              └──10 minutes──▶ EXPIRED
    HELD, ASKED, CONFIRMED ──cancel──▶ CANCELLED

Waiting for a slot:

    wait ──▶ WAITING ──something is freed──▶ OFFERED (a HELD booking, in their name, for an hour)
               │ leave ──▶ LEFT                │ confirm ──▶ TAKEN
               └ its time came ──▶ MISSED      └ the hour is over, or no, thanks ──▶ MISSED

Never a double booking. While a booking lives it has claims: on its own desk or room for itself
alone, and on all that surrounds it (the room of a desk, the whole of a part) shared with others
that are inside. One exclusion constraint, `booking_claim_one_holder`, lets two claims on the
same thing at the same time stand only if they have the same holder. So a whole excludes its
parts and a part its whole, whoever comes first, and a desk does not exclude its neighbour.

Whoever changes claims first takes the lock of the house (the topmost whole), so deeds in one
house follow one another and no deadlock can arise between them; the constraint holds even for
whoever forgets the lock. Holds that ran out are ended by a task at their time, and by every deed
that enters the house, before it looks: a hold that is over never stands in anybody's way.

Whoever wants what others have is told so from outside (`workflow.refusing`): in a crowd that is
most, and nobody waits in line only to be refused. What a look finds free is decided inside.
"""
