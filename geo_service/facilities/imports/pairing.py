"""Which row describes which room we have.

The files have no identifiers, so provider, facility and room together are the key. Rows that
repeat it are different rooms, or one at other hours or prices: they are told apart by content
first, then by sort and door, then by their order in the file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from geo_service.facilities.imports.reasons import because
from geo_service.facilities.models import Outcome
from geo_service.facilities.schemas import Decision, Draft, Known


def pair(drafts: Sequence[Draft], known: Iterable[Known]) -> list[Decision]:
    """Every draft with the room it describes, if we have it. Order: as the drafts.

    An exact repeat of an earlier row is decided at once: it changes nothing. A refused row
    changes nothing either, but names its room, which therefore has not vanished.
    """
    rooms: dict[str, list[Known]] = defaultdict(list)
    for room in known:
        rooms[room.key].append(room)
    groups: dict[str, list[Decision]] = defaultdict(list)
    refused: dict[str, list[Decision]] = defaultdict(list)
    seen: dict[tuple[str, ...], int] = {}
    decisions = []
    for draft in drafts:
        decision = Decision(draft, Outcome.ADDED, [])
        decisions.append(decision)
        if draft.faults:
            decision.outcome, decision.reasons = Outcome.REFUSED, draft.faults
            if draft.keyed:
                refused[draft.key].append(decision)
            continue
        first = seen.setdefault(tuple(draft.original.values()), draft.line)
        if first != draft.line and draft.believable:
            decision.outcome = Outcome.UNCHANGED
            decision.reasons = [because("same-row", line=first)]
        else:
            groups[draft.key].append(decision)
    for key, group in groups.items():
        _settle(group, rooms.get(key, []))
    for key, group in refused.items():
        paired = {decision.known.id for decision in groups.get(key, ()) if decision.known}
        left = [room for room in rooms.get(key, []) if room.id not in paired]
        _pair_alike(group, sorted(left, key=lambda room: room.ordinal))
    return decisions


def _settle(group: list[Decision], rooms: list[Known]) -> None:
    """Pair the rows and rooms of one key; rows left over get the next free ordinals."""
    rows = group
    if rooms:
        for row in rows:
            row.digest = row.draft.digest()
        rooms = sorted(rooms, key=lambda room: room.ordinal)
        used = {room.ordinal for room in rooms}
        rows, rooms = _pair_equal(rows, rooms, lambda d: d.digest, lambda room: room.digest)
        rows = _pair_alike(rows, rooms)
    else:
        used = set()
    free = (number for number in range(1, len(used) + len(rows) + 1) if number not in used)
    for row, number in zip(rows, free, strict=False):
        row.ordinal = number


def _pair_alike(rows: list[Decision], rooms: list[Known]) -> list[Decision]:
    """Pair by sort and door, then in order; returns the rows that are left."""
    rows, rooms = _pair_equal(
        rows,
        rooms,
        lambda d: (d.draft.space_type, d.draft.door),
        lambda room: (room.space_type, room.door),
    )
    return _pair_equal(rows, rooms, lambda _: "", lambda _: "")[0]


def _pair_equal(
    rows: list[Decision],
    rooms: list[Known],
    of_row: Callable[[Decision], object],
    of_room: Callable[[Known], object],
) -> tuple[list[Decision], list[Known]]:
    """Pair in order what has an equal feature; returns what is left of both."""
    waiting: dict[object, list[Known]] = defaultdict(list)
    for room in rooms:
        waiting[of_room(room)].append(room)
    left = []
    for row in rows:
        equal = waiting.get(of_row(row))
        if equal:
            row.known = equal.pop(0)
            row.ordinal = row.known.ordinal
        else:
            left.append(row)
    taken = {row.known.id for row in rows if row.known}
    return left, [room for room in rooms if room.id not in taken]
