"""Bookings as a child would keep them: a list on paper, and a look through it for every wish."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

HOLD, OFFER, NEAR = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)
WEEK = timedelta(days=7)
LIVE = {"held", "asked", "confirmed"}


@dataclass
class Room:
    """A space: how many desks, what it is a part of, and how often one person may have it."""

    name: str
    units: int = 1
    whole: str | None = None
    quota: int | None = None
    needs_approval: bool = False


@dataclass
class Line:
    """One line of the list."""

    number: int
    room: str
    unit: int
    person: str
    begins: datetime
    ends: datetime
    state: str
    held_until: datetime | None = None
    series: int | None = None
    wait: int | None = None
    """The wish in the waiting list that it was offered for."""


@dataclass
class Wished:
    """One line of the waiting list."""

    number: int
    room: str
    person: str
    begins: datetime
    ends: datetime
    state: str = "waiting"


class Refused(Exception):
    """With the name of the problem."""


@dataclass
class Paper:
    """All that is written down."""

    rooms: dict[str, Room]
    at: datetime
    lines: list[Line] = field(default_factory=list)
    waiting: list[Wished] = field(default_factory=list)

    def of(self, number: int) -> Line:
        """A line by its number."""
        return next(line for line in self.lines if line.number == number)

    def live(self) -> list[Line]:
        """What nobody else may take at this moment."""
        return [x for x in self.lines if x.state in LIVE and not self._ran_out(x)]

    def hold(self, room: str, person: str, begins: datetime, ends: datetime) -> Line:
        """Ten minutes to think."""
        outside = self._outside()
        if not outside.units(room, begins, ends):
            outside.check_holds(person)
            raise Refused("SlotIsTaken")
        self.expire()
        self.check_holds(person)
        return self._place(room, person, begins, ends, self.at + HOLD)

    def confirm(self, number: int) -> None:
        """Take it."""
        self.expire()
        line = self.of(number)
        if line.state in {"asked", "confirmed"}:
            return
        self._expect(line, {"held"})
        self._confirm(line)

    def move(self, number: int, begins: datetime, ends: datetime) -> None:
        """To another time, in the same room."""
        line = self.of(number)
        if self._ran_out(line):
            raise Refused("HoldIsOver")
        self._expect(line, LIVE)
        if not self._outside(without=number).units(line.room, begins, ends):
            raise Refused("SlotIsTaken")
        self.expire()
        before, was = (line.begins, line.ends), line.state
        line.state = "moving"
        unit = self._free_unit(line.room, begins, ends)
        self._check_quota(line.room, line.person, begins)
        line.begins, line.ends, line.unit, line.state = begins, ends, unit, was
        if was != "held" and self.rooms[line.room].needs_approval:
            line.state = "asked"
        self._move_up([before])

    def cancel(self, number: int) -> None:
        """Give it up."""
        self.expire()
        line = self.of(number)
        self._expect(line, LIVE)
        self._end([line], "cancelled")

    def repeat(
        self, room: str, person: str, begins: datetime, ends: datetime, times: int
    ) -> list[Line]:
        """Every week the same."""
        spans = [(begins + week * WEEK, ends + week * WEEK) for week in range(times)]
        self._outside().expect_all(room, person, spans)
        self.expire()
        self.check_holds(person)
        made, clash = [], False
        for span in spans:
            try:
                made.append(self._place(room, person, *span, self.at + HOLD))
            except Refused as refused:
                if str(refused) != "SlotIsTaken":
                    raise
                clash = True
        if clash:
            raise Refused("SeriesClashes")
        for line in made:
            line.series = made[0].number
        return made

    def confirm_series(self, series: int) -> None:
        """All of it."""
        self.expire()
        lines = [line for line in self.lines if line.series == series]
        if all(line.state in {"asked", "confirmed"} for line in lines):
            return
        for line in lines:
            self._expect(line, {"held"})
            self._confirm(line)

    def cancel_series(self, series: int) -> None:
        """All that is left of it."""
        self.expire()
        left = [x for x in self.lines if x.series == series and x.state in LIVE]
        if not left:
            raise Refused("TooLateToChange")
        self._end(left, "cancelled")

    def wait(self, room: str, person: str, begins: datetime, ends: datetime) -> Wished:
        """For what somebody else has."""
        self.expire()
        self.check_holds(person)
        if self.units(room, begins, ends):
            raise Refused("NothingToWaitFor")
        wish = Wished(len(self.waiting), room, person, begins, ends)
        if any(
            (x.room, x.person, x.begins, x.ends, x.state) == (room, person, begins, ends, "waiting")
            for x in self.waiting
        ):
            raise Refused("AlreadyWaiting")
        self.waiting.append(wish)
        return wish

    def expire(self) -> None:
        """Cross out the holds that ran out."""
        self._end([line for line in self.lines if self._ran_out(line)], "expired")

    def units(self, room: str, begins: datetime, ends: datetime) -> list[int]:
        """Of this room, those that nobody has."""
        count = self.rooms[room].units
        return [
            unit
            for unit in (range(1, count + 1) if count > 1 else [0])
            if not any(self._excludes(line, room, unit, begins, ends) for line in self.lines)
        ]

    def check_holds(self, person: str) -> None:
        """Nobody holds more than three."""
        held = [x for x in self.lines if x.person == person and x.state == "held"]
        if len({x.number if x.series is None else -1 - x.series for x in held}) >= 3:
            raise Refused("TooManyHolds")

    def expect_all(self, room: str, person: str, spans: list[tuple[datetime, datetime]]) -> None:
        """All of a series can be had."""
        self.check_holds(person)
        if not all(self.units(room, *span) for span in spans):
            raise Refused("SeriesClashes")

    def _outside(self, without: int | None = None) -> "Paper":
        """What is seen before one goes in: what ran out stands in nobody's way."""
        lines = [line for line in self.live() if line.number != without]
        return replace(self, lines=lines)

    def _ran_out(self, line: Line) -> bool:
        return line.held_until is not None and line.state == "held" and line.held_until <= self.at

    def _confirm(self, line: Line) -> None:
        line.state = "asked" if self.rooms[line.room].needs_approval else "confirmed"
        line.held_until = None
        self._settle(line, "taken")

    def _expect(self, line: Line, states: set[str]) -> None:
        if line.state not in states:
            raise Refused("HoldIsOver" if line.state == "expired" else "BookingIsPastThat")

    def _settle(self, line: Line, state: str) -> None:
        if line.wait is not None and self.waiting[line.wait].state == "offered":
            self.waiting[line.wait].state = state

    def _end(self, lines: list[Line], state: str) -> None:
        for line in lines:
            line.state, line.held_until = state, None
            self._settle(line, "missed")
        self._move_up([(line.begins, line.ends) for line in lines])

    def _move_up(self, freed: list[tuple[datetime, datetime]]) -> None:
        for wish in self.waiting:
            near = (
                wish.begins < ends + NEAR and begins - NEAR < wish.ends for begins, ends in freed
            )
            if wish.state == "waiting" and any(near):
                self._offer(wish)

    def _offer(self, wish: Wished) -> None:
        until = min(self.at + OFFER, wish.begins)
        try:
            self.check_holds(wish.person)
            line = self._place(wish.room, wish.person, wish.begins, wish.ends, until)
        except Refused:
            return
        wish.state, line.wait = "offered", wish.number

    def _place(
        self, room: str, person: str, begins: datetime, ends: datetime, until: datetime
    ) -> Line:
        unit = self._free_unit(room, begins, ends)
        self._check_quota(room, person, begins)
        line = Line(len(self.lines), room, unit, person, begins, ends, "held", until)
        self.lines.append(line)
        return line

    def _free_unit(self, room: str, begins: datetime, ends: datetime) -> int:
        units = self.units(room, begins, ends)
        if not units:
            raise Refused("SlotIsTaken")
        return units[0]

    def _excludes(self, line: Line, room: str, unit: int, begins: datetime, ends: datetime) -> bool:
        if line.state not in LIVE or line.ends <= begins or ends <= line.begins:
            return False
        if line.room == room:
            return line.unit == unit
        return room in self._around(line.room) or line.room in self._around(room)

    def _around(self, room: str) -> list[str]:
        whole = self.rooms[room].whole
        return [whole, *self._around(whole)] if whole else []

    def _check_quota(self, room: str, person: str, begins: datetime) -> None:
        most, week = self.rooms[room].quota, begins.isocalendar()[:2]
        used = [
            x
            for x in self.lines
            if (x.room, x.person) == (room, person)
            and x.state in LIVE
            and x.begins.isocalendar()[:2] == week
        ]
        if most is not None and len(used) >= most:
            raise Refused("QuotaReached")
