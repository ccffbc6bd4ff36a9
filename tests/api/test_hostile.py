"""Whatever is sent through whatever field of whatever door: it is refused, or kept as it is.

No answer is a 5xx, nothing comes back as markup or as a header, no word of it becomes part of a
statement, a link or the log. Without `TEST_HOSTILE=all` each field meets one payload of every
kind, and each payload some field of every family; with it, every field meets every payload.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session

from geo_service.offices.access import Door
from geo_service.permissions import DOORS
from tests.api import hostile
from tests.api.attack import EVERY, Attack, Sending, at_path
from tests.api.harm import harm_in
from tests.api.hostile import CORPUS, HEADERS, MARK, PAYLOADS, Deck, as_sent
from tests.api.listening import Heard, listening
from tests.visitors import Case, Town, a_town, filled_in, visitor_of


class Watch:
    """What the database is told, and whether it still is what it was."""

    def __init__(self, town: Town, connection: Connection) -> None:
        self.connection, self.canary = connection, town.from_afar.id
        self.statements: list[str] = []
        self.before = self.look()

    def note(self, _c: object, _cursor: object, statement: str, *_: object) -> None:
        """Keep a statement that holds what was sent."""
        if MARK in statement:
            self.statements.append(statement)

    def look(self) -> object:
        """How many tables and roles there are, and a person whom nobody touches."""
        asked = text(
            "SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_roles), current_user,"
            " (SELECT row(p.*)::text FROM person p WHERE id = :id)"
        )
        return self.connection.execute(asked, {"id": self.canary}).one()

    def harm(self) -> Iterator[str]:
        """What happened since it was last asked."""
        for statement in self.statements:
            yield f"the statement {statement[:200]}"
        self.statements.clear()


@pytest.fixture
def town(session: Session) -> Town:
    return a_town(session)


@pytest.fixture
def watch(town: Town, connection: Connection, engine: Engine) -> Iterator[Watch]:
    watch = Watch(town, connection)
    event.listen(engine, "before_cursor_execute", watch.note)
    yield watch
    event.remove(engine, "before_cursor_execute", watch.note)


AT = os.environ.get("TEST_HOSTILE_AT", "")
"""Only doors with this in their path, to look closer."""


@dataclass
class Siege:
    """Everything that is sent to every door."""

    town: Town
    visit: TestClient
    watch: Watch
    document: dict[str, Any]
    deck: Deck = field(default_factory=lambda: Deck(whole=EVERY))
    envelopes: Iterator[dict[str, str]] = field(init=False)
    odd: dict[str, Iterator[Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.envelopes = envelopes(self.deck)
        self.odd = {
            "form": cycle(hostile.FORMS),
            "body": cycle(hostile.BODIES),
            "wrong": cycle(hostile.WRONG),
        }

    def harm(self) -> Iterator[str]:
        """All of it."""
        for door in filter(lambda door: AT in door.path, DOORS):
            with self.watch.connection.begin_nested() as this_door:
                visitor = visitor_of(door)
                made = self.town.made_for(door, visitor, Case.OWN)
                self.town.session.commit()
                attack = Attack(door, self.heard(door, visitor, made), made, self.deck, self.odd)
                for sending in attack:
                    for harm in self.sent(door, visitor, made, sending):
                        yield f"{door.method} {door.path}: {harm} · {str(sending)[:300]}"
                if self.watch.look() != self.watch.before:
                    yield f"{door.method} {door.path}: the database is another"
                this_door.rollback()
            self.town.session.expire_all()

    def the_rest(self) -> Iterator[str]:
        """Few doors have a word in their path: one of them meets what no path has met."""
        door = next(door for door in DOORS if door.path == "/text-size/{size}")
        for payload in sorted({*PAYLOADS} - self.deck.met["path"]):
            self.deck.met["path"].add(payload)
            for harm in self.sent(door, "resident", {}, at_path({"size": payload})):
                yield f"{door.path}: {harm} · {payload!r}"

    def heard(self, door: Door, visitor: str, made: dict[str, Any]) -> Heard:
        """Which fields it reads."""
        with listening() as heard:
            list(self.sent(door, visitor, made, Sending([], content=b"")))
        if operation := self.document["paths"].get(door.path, {}).get(door.method.lower()):
            heard.by_document(operation, self.document["components"]["schemas"])
        return heard

    def sent(
        self, door: Door, visitor: str, made: dict[str, Any], sending: Sending
    ) -> Iterator[str]:
        """Send it, look what has come of it, and let it never have been."""
        headers = next(self.envelopes) | {"Accept": "text/html"} | self.town.credentials(visitor)
        if door.method != "GET" and not sending.files:
            headers["Content-Type"] = sending.kind
        path = filled_in(door, made | sending.names)
        query = urlencode({n: as_sent(v) for n, v in sending.query.items()})
        with self.watch.connection.begin_nested() as this_visit:
            self.visit.cookies.clear()
            response = self.visit.request(
                door.method,
                f"{path}?{query}" if query else path,
                headers={name: as_sent(value) for name, value in headers.items()},
                content=sending.content,
                data=sending.data,
                files=sending.files,
                follow_redirects=False,
            )
            put = [*sending.put, *headers.values()]
            yield from harm_in(response, put)
            yield from self.watch.harm()
            led_to = response.headers.get("location", "")
            if response.status_code == 303 and led_to.startswith("/") and door.method != "GET":
                shown = self.visit.get(
                    led_to, headers=self.town.credentials(visitor) | {"Accept": "text/html"}
                )
                yield from (f"then {harm}" for harm in harm_in(shown, put))
                yield from self.watch.harm()
            this_visit.rollback()


def envelopes(deck: Deck) -> Iterator[dict[str, str]]:
    """Headers of a request, hostile in turn."""
    payloads = cycle(filter(hostile.sendable, PAYLOADS))
    for name in cycle(HEADERS):
        payload = next(payloads)
        deck.met["header"].add(payload)
        yield {name: f"note={payload}; text-size={payload}" if name == "Cookie" else payload}


def test_the_corpus_is_large_and_every_payload_another() -> None:
    assert len(PAYLOADS) >= 300
    assert len({*PAYLOADS}) == len(PAYLOADS)


def test_nothing_that_is_sent_does_harm(
    app: FastAPI,
    town: Town,
    visit: TestClient,
    watch: Watch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    siege = Siege(town, visit, watch, app.openapi())
    harm = [*siege.harm(), *siege.the_rest()]
    assert not harm, f"{len(harm)} times:\n" + "\n".join(harm[:60])
    if AT:
        return
    everything = {*PAYLOADS}
    for family in ("path", "query", "form", "document", "header"):
        wanted = {p for p in everything if family != "header" or hostile.sendable(p)}
        assert siege.deck.met[family] >= wanted, family
    assert [f for f in siege.deck.texts if siege.deck.kinds[f] < {*CORPUS}] == []
    assert MARK not in capsys.readouterr().out
