"""Official files of public facilities become spaces: read, repaired, matched, undone if need be.

    file ── files/ ──> table ── imports/ ──> drafts ── workflow ──> listings

A row of a file always ends in exactly one outcome:

    added       a new room
    changed     a room we had, described anew
    unchanged   a room we had, described as before
    repaired    added or changed, after a repair that the report tells
    held back   believable, but not sure enough to be shown; the report says why
    refused     not usable at all; the report says why

A room that the file should name and does not has vanished: it is closed, never deleted.
A batch is one file, one transaction, and can be undone as a whole.
"""
