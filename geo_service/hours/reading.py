"""From Korean words to names of closed days, clause by clause."""

from collections.abc import Iterable
from itertools import groupby

from geo_service.hours.lexicon import Sort, Word, words_of


def read(text: str) -> tuple[tuple[str, ...], bool]:
    """What the words mean clause by clause; a clause with an unknown word means nothing."""
    reading = _Reading()
    for breaks, words in groupby(words_of(text), lambda word: word.sort is Sort.BREAK):
        if not breaks:
            reading.take(tuple(words))
    return reading.told()


class _Reading:
    """How far a text has been understood."""

    def __init__(self) -> None:
        self.tokens: dict[str, None] = {}
        self.understood = True
        self.ordinals: tuple[str, ...] = ()
        self.ordinals_used = False
        self.feasts: tuple[str, ...] = ()

    def take(self, clause: tuple[Word, ...]) -> None:
        """One clause: the words between two breaks."""
        if any(word.sort is Sort.UNKNOWN for word in clause):
            self.understood = False
            return
        for word in clause:
            self._hear(word)

    def _hear(self, word: Word) -> None:
        match word.sort:
            case Sort.ORDINAL:
                earlier = () if self.ordinals_used else self.ordinals
                self.ordinals, self.ordinals_used = earlier + word.means, False
            case Sort.WEEKDAYS:
                self._hear_weekdays(word)
            case Sort.DAYS:
                self._leave_ordinals()
                self._add(word.means)
            case Sort.FEAST:
                self._leave_ordinals()
                self.feasts += word.means
            case Sort.REST:
                self._add(self.feasts)
                self.feasts = ()
            case Sort.FEAST_DAY:
                self._add(f"{feast}-day" for feast in self.feasts)
                self.feasts = ()
            case _:
                pass

    def _hear_weekdays(self, word: Word) -> None:
        self._add(
            f"{day}-{nth}" if nth else day for day in word.means for nth in self.ordinals or ("",)
        )
        self.ordinals_used = True
        if word.text.endswith("요일"):
            self._leave_ordinals()

    def _leave_ordinals(self) -> None:
        """Ordinals hold until their weekday is told in full; without one they mean nothing."""
        if self.ordinals and not self.ordinals_used:
            self.understood = False
        self.ordinals, self.ordinals_used = (), False

    def _add(self, tokens: Iterable[str]) -> None:
        self.tokens.update(dict.fromkeys(tokens))

    def told(self) -> tuple[tuple[str, ...], bool]:
        """All of it: the last word may have left something open."""
        self._leave_ordinals()
        self._add(self.feasts)
        return tuple(self.tokens), self.understood
