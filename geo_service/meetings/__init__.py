"""Alley meetings (골목회의) and get-togethers (골목반상회): neighbours who decide together.

    propose ──▶ PROPOSED ──enough supporters──▶ SUPPORTED ──┐
                   │  └──────── an office convenes it ───────┤
                   │                                         ▼
                   │            move (same people) ◀──▶ CONVENED ──its time came──▶ HELD
                   │                                         │                       │
                   └──every time went by──▶ LAPSED           │          four weeks later
        PROPOSED, SUPPORTED, CONVENED ──cancel──▶ CANCELLED ◀┘                       ▼
                                                                                LOOKED_BACK

A proposal is a listing that is not yet published: it is found in the list of proposals near you
and nowhere else. Neighbours support it and say which of its times suit them. Once as many support
it as the dong centre asks for, its proposer may convene it at a time; an office may at once. Only
then is it a public listing, found nearby like everything else; the same step books a free room.

Who comes has a seat, and each child one more. A full meeting has a line: what is given up goes to
the first in it for whom there is room. Whoever comes without an account leaves a name and a phone
number, which are wiped some days after, and has a code to change their mind with. Moved and
cancelled are told to everyone: by letter to whom has mail, by a list to call to the proposer.

Agenda, minutes, decisions, tasks and the look back are public, without the names of those who did
not agree to be named.
"""
