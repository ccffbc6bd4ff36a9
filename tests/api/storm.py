"""Many people who book, move, confirm, cancel and repeat the same few rooms, all at once."""

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from geo_service.clock import now
from geo_service.spaces.queries.opening import korean_day, midnight
from geo_service.web.cookies import PLAIN_NAME
from geo_service.web.csrf import HEADER, word_for

DAYS = 3
"""Few enough that most wishes meet another."""

OVERLAPS = text("""
    WITH RECURSIVE live AS (
        SELECT * FROM booking WHERE state IN ('held', 'asked', 'confirmed', 'checked_in')
    ), inside AS (
        SELECT id, id AS whole_id FROM space
        UNION
        SELECT inside.id, space.part_of_id FROM inside JOIN space ON space.id = inside.whole_id
        WHERE space.part_of_id IS NOT NULL
    )
    SELECT count(*) FROM live one JOIN live other
      ON one.id <> other.id AND one.during && other.during
     AND (one.space_id = other.space_id AND one.unit_no = other.unit_no
          OR one.space_id <> other.space_id AND EXISTS (
              SELECT FROM inside WHERE id = one.space_id AND whole_id = other.space_id))
""")
"""Told from the bookings alone, without what is meant to prevent it."""

UNCLAIMED = text("""
    SELECT count(*) FROM booking LEFT JOIN booking_claim claim
      ON claim.booking_id = booking.id AND claim.holder_id = booking.id
     AND claim.space_id = booking.space_id AND claim.during = booking.during
    WHERE (booking.state IN ('held', 'asked', 'confirmed', 'checked_in'))
       <> (claim.booking_id IS NOT NULL)
""")
"""Live bookings without a claim, and claims of bookings that are over (rooms without buffers)."""


@dataclass
class Tally:
    """What came of it."""

    statuses: Counter[int] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    deeds: Counter[str] = field(default_factory=Counter)
    waits_s: list[float] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Both together."""
        self.statuses += other.statuses
        self.problems += other.problems
        self.deeds += other.deeds
        self.waits_s += other.waits_s

    def told(self) -> str:
        """In a few lines."""
        waits = sorted(self.waits_s)
        return (
            f"{len(waits)} attempts; statuses {dict(self.statuses)}; done {dict(self.deeds)};"
            f" refused {dict(self.problems.most_common())}; waits: median"
            f" {waits[len(waits) // 2]:.3f} s, 99 % {waits[len(waits) * 99 // 100]:.3f} s,"
            f" longest {waits[-1]:.3f} s"
        )


class Customer:
    """One browser, and what it remembers of its own bookings."""

    def __init__(self, port: int, token: str, spaces: Sequence[str], seed: int) -> None:
        self.port, self.spaces = port, spaces
        self.chance = random.Random(seed)
        self.headers = {
            "Cookie": f"{PLAIN_NAME}={token}",
            HEADER: word_for(token),
            "Content-Type": "application/json",
        }
        self.line = HTTPConnection("127.0.0.1", port, timeout=60)
        self.held: list[str] = []
        self.booked: list[str] = []
        self.series: list[str] = []
        self.tally = Tally()

    def visit(self, attempts: int) -> Tally:
        """So many requests, one after another."""
        while len(self.tally.waits_s) < attempts:
            self._do_something()
        self.line.close()
        return self.tally

    def linger(self, deeds: AbstractSet[str], most: int = 400) -> Tally:
        """Alone and unhurried, until each of these has been done, or `most` requests made."""
        while not self.tally.deeds.keys() >= deeds and len(self.tally.waits_s) < most:
            self._do_something()
        self.line.close()
        return self.tally

    def _do_something(self) -> None:
        ways: list[Callable[[], None]] = [self.book, self.hold, self.confirm, self.move]
        ways += [self.cancel, self.repeat, self.end_series]
        weights = [20, 20, 15, 20, 15, 6, 4]
        self.chance.choices(ways, weights)[0]()

    def book(self) -> None:
        """Hold and confirm in one."""
        if made := self.ask("book", "POST", "/bookings", {**self._wish(), "confirm": True}):
            self.booked.append(made["id"])

    def hold(self) -> None:
        """Hold only."""
        if made := self.ask("hold", "POST", "/bookings", self._wish()):
            self.held.append(made["id"])

    def confirm(self) -> None:
        """Take what one holds; the oldest first."""
        if self.held:
            mine = self.held.pop(0)
            if self.ask("confirm", "POST", f"/bookings/{mine}/confirm"):
                self.booked.append(mine)
        else:
            self.hold()

    def move(self) -> None:
        """Something booked or held, to another time."""
        mine = self.booked + self.held
        if mine:
            wish = self._wish()
            body = {name: wish[name] for name in ("begins_at", "ends_at")}
            self.ask("move", "PATCH", f"/bookings/{self.chance.choice(mine)}", body)
        else:
            self.book()

    def cancel(self) -> None:
        """Something booked or held."""
        mine = self.booked or self.held
        if mine:
            gone = mine.pop(self.chance.randrange(len(mine)))
            self.ask("cancel", "DELETE", f"/bookings/{gone}")
        else:
            self.hold()

    def repeat(self) -> None:
        """A series, confirmed at once."""
        made = self.ask("series", "POST", "/series", {**self._wish(), "times": 3})
        if made and self.ask("confirm series", "POST", f"/series/{made['id']}/confirm"):
            self.series.append(made["id"])

    def end_series(self) -> None:
        """A whole series."""
        if self.series:
            self.ask("cancel series", "DELETE", f"/series/{self.series.pop()}")
        else:
            self.repeat()

    def _wish(self) -> dict[str, Any]:
        day = midnight(korean_day(now())) + timedelta(days=self.chance.randint(1, DAYS))
        begins = day + timedelta(minutes=30 * self.chance.randint(18, 32))
        ends = begins + timedelta(minutes=30 * self.chance.randint(2, 4))
        return {
            "space_id": self.chance.choice(self.spaces),
            "begins_at": begins.isoformat(),
            "ends_at": ends.isoformat(),
        }

    def ask(self, deed: str, method: str, path: str, body: Any = None) -> Any:
        """One request. The answer if it was done, nothing if it was refused."""
        began = perf_counter()
        headers = self.headers | ({"Idempotency-Key": uuid4().hex} if method == "POST" else {})
        self.line.request(method, f"/api/v1{path}", json.dumps(body) if body else None, headers)
        answer = self.line.getresponse()
        said = answer.read()
        self.tally.waits_s.append(perf_counter() - began)
        self.tally.statuses[answer.status] += 1
        told = json.loads(said) if said else {"done": True}
        if answer.status < 300:
            self.tally.deeds[deed] += 1
            return told
        self.tally.problems[told["type"]] += 1
        return None
