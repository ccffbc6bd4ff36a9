"""For which day a file speaks, and for whom.

Per provider, a file's vintage is the latest reference day of its rows. A file older than what is
listed changes nothing: neither rows that differ, nor rooms that have gone since, come back.
What a file no longer names has vanished: for the providers it names, and for all of them if it
names at least half of those we know, for then it is a national file and not an excerpt. A file
most of whose providers are listed with later days is older as a whole: also for the providers
that never changed their day, and for those that a newer file left out. A row that cannot be
read may name any room of its provider, so none of them has vanished; where it does not even tell
the provider, nothing has.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from geo_service.clock import KOREA, now
from geo_service.facilities.imports.providers import provider_key
from geo_service.facilities.schemas import Decision, Draft, Known, Vanished

_NATIONAL = 0.5
"""The share of the known providers that makes a file a national one."""

_ENOUGH = 5
"""So many providers in common tell whether a whole file is older than what is listed."""


class Vintages:
    """The days of a file beside the days of what is listed, by provider."""

    def __init__(self, drafts: Sequence[Draft], known: Iterable[Known]) -> None:
        self._file = _latest(
            (draft.provider_key, draft.reference_on) for draft in drafts if draft.provider_key
        )
        self._listed = _latest(
            (room.provider_key, day) for room in known for day in (room.reference_on, room.gone_on)
        )
        self._latest_of_file = max(self._file.values(), default=date.min)
        self._national = len(self._file) > 1 and (
            len(self._listed.keys() & self._file.keys()) >= _NATIONAL * len(self._listed)
        )

        shared = self._listed.keys() & self._file.keys()
        behind = sum(self._listed[each] > self._of_file(each) for each in shared)
        self._outdated = len(shared) >= _ENOUGH and behind * 2 > len(shared)

    def newer_than(self, provider_key: str) -> date | None:
        """The day of what is listed, if that is after the file's own."""
        ours = self._of_file(provider_key)
        listed = self._listed.get(provider_key, date.min)
        if self._outdated:
            listed = listed if provider_key in self._listed else max(self._listed.values())
            return listed if ours <= listed else None
        return listed if ours < listed else None

    def vanished(self, known: Iterable[Known], decisions: Sequence[Decision]) -> list[Vanished]:
        """The rooms that the file should name and does not."""
        spared = self._spared(decisions)
        named = {decision.known.id for decision in decisions if decision.known}
        found = []
        for room in known:
            vouched = self._national or room.provider_key in self._file
            vouched = vouched and room.provider_key not in spared
            newer = self.newer_than(room.provider_key)
            if room.id not in named and room.gone_on is None and vouched and newer is None:
                found.append(Vanished(room, self._gone_on(room.provider_key)))
        return found

    def _spared(self, decisions: Iterable[Decision]) -> set[str]:
        """The providers of which some row cannot be read."""
        every = self._listed.keys() | self._file.keys()
        spared: set[str] = set()
        for draft in (decision.draft for decision in decisions):
            if draft.faults and not draft.keyed:
                own = {draft.provider_key} - {""}
                told = own or {provider_key(cell) for cell in draft.original.values() if cell}
                spared |= (told & every) or every
        return spared

    def _of_file(self, provider_key: str) -> date:
        """A provider that a national file leaves out is spoken for by the file as a whole."""
        day = self._file.get(provider_key, self._latest_of_file)
        return date.max if day == date.min else day

    def _gone_on(self, provider_key: str) -> date:
        day = self._of_file(provider_key)
        return now().astimezone(KOREA).date() if day == date.max else day


def _latest(told: Iterable[tuple[str, date | None]]) -> dict[str, date]:
    """The latest day by provider; `date.min` where no row tells one."""
    latest: dict[str, date] = {}
    for provider, day in told:
        latest[provider] = max(latest.get(provider, date.min), day or date.min)
    return latest
