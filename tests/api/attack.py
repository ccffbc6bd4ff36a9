"""All that is sent to one door: through its path, its query, its form, its document."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, quote_plus

from geo_service.offices.access import Door
from tests.api import hostile
from tests.api.hostile import CORPUS, KINDS, Deck, as_sent
from tests.api.listening import Heard
from tests.api.wellformed import Schema, resolved, wellformed
from tests.doors import MADE, parameters

EVERY = os.environ.get("TEST_HOSTILE") == "all"

ROUNDS = max(map(len, CORPUS.values())) if EVERY else 1
"""How often each kind goes round the fields of a door."""

ODD_ONES = 50 if EVERY else 1
"""Malformed bodies that each door is sent."""

TYPES = len(hostile.WRONG) if EVERY else 1
"""Values of another type that each leaf of a document becomes."""

Path = tuple[str | int, ...]
"""Where something is in a document."""


@dataclass
class Sending:
    """One request, and what is hostile in it."""

    put: Collection[str]
    query: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Instead of what the path would name."""
    content: bytes | None = None
    kind: str = "application/x-www-form-urlencoded"
    files: dict[str, Any] | None = None
    data: dict[str, str] | None = None


@dataclass
class Attack:
    """All that is sent to one door."""

    door: Door
    heard: Heard
    made: dict[str, Any]
    deck: Deck
    odd: dict[str, Iterator[Any]]

    def __iter__(self) -> Iterator[Sending]:
        yield from self.paths()
        if self.heard.query:
            yield from self.queries()
        if self.door.method == "GET":
            return
        if self.door.path.startswith("/api/"):
            if self.heard.body:
                yield from self.documents()
        elif self.heard.form:
            yield from self.forms()

    def dealt(self, family: str, fields: list[str], turn: int) -> dict[str, str]:
        """Payloads for each field, of kinds that are others for each, and at each turn."""
        kinds = cycle(KINDS[turn % len(KINDS) :] + KINDS[: turn % len(KINDS)])
        door = f"{self.door.method} {self.door.path}"
        return {
            name: "".join(self.deck.deal(family, f"{door} {name}", kind))
            for name, kind in zip(fields, kinds, strict=False)
        }

    def paths(self) -> Iterator[Sending]:
        """Words where the path names something; where only an id passes, one of them."""
        names = parameters(self.door)
        words = [name for name in names if f"{{{name}}}" in self.door.path and name not in MADE]
        turns = len(KINDS) * ROUNDS if words else min(len(names), 1)
        for turn in range(turns):
            yield at_path(self.dealt("path", words or names, turn))

    def queries(self) -> Iterator[Sending]:
        """Of all names that are asked for."""
        for put, said in self.turns("query", self.heard.query):
            yield Sending(put, query=said)

    def forms(self) -> Iterator[Sending]:
        """The same of forms, and then forms that no browser sends."""
        files = [name for name, schema in self.heard.form.items() if self.is_file(schema)]
        fields = {name: s for name, s in self.heard.form.items() if name not in files}
        for put, said in self.turns("form", fields):
            if files:
                plain = {
                    name: each.encode(errors="replace").decode() for name, each in said.items()
                }
                yield Sending(put, data=plain, files={name: self.file() for name in files})
            else:
                yield Sending(put, content=encoded(said))
        for name in islice(filter(lambda name: self.is_text(fields[name]), fields), ODD_ONES):
            huge = self.fine(fields) | {name: hostile.HUGE}
            yield Sending([hostile.HUGE], content=encoded(huge))
        for kind, body in islice(self.odd["form"], ODD_ONES):
            yield Sending([], content=body, kind=kind)

    def turns(
        self, family: str, fields: dict[str, Schema]
    ) -> Iterator[tuple[list[str], dict[str, str]]]:
        """All hostile; every second time only what is text, and the rest as it should be."""
        texts = [name for name, schema in fields.items() if self.is_text(schema)]
        others = [name for name in fields if name not in texts]
        self.deck.texts |= {f"{self.door.method} {self.door.path} {name}" for name in texts}
        for turn in range(len(KINDS) * ROUNDS if fields else 0):
            only_texts = bool(texts) and turn % 2 == 1
            dealt = self.dealt(family, texts if only_texts else [*texts, *others], turn)
            yield [*dealt.values()], (self.fine(fields) if only_texts else {}) | dealt

    def documents(self) -> Iterator[Sending]:
        """JSON: texts that are hostile, values of a wrong type, and what is no document at all."""
        fine = wellformed(self.heard.body or {}, self.heard.known, here=self.made)
        leaves = dict(leaves_of(fine))
        texts = {".".join(map(str, p)): p for p, each in leaves.items() if isinstance(each, str)}
        self.deck.texts |= {f"{self.door.method} {self.door.path} {name}" for name in texts}
        for turn in range(len(KINDS) * ROUNDS if texts else 0):
            dealt = self.dealt("document", [*texts], turn)
            yield document(fine, {texts[name]: each for name, each in dealt.items()})
        for name in islice(texts, ODD_ONES):  # one alone, so that no other is refused
            dealt = self.dealt("document", [name], len(self.deck.met["document"]))
            yield document(fine, {texts[name]: dealt[name]})
        for path in islice(leaves, ODD_ONES):
            for wrong in islice(self.odd["wrong"], TYPES):
                yield document(fine, {path: wrong})
        for body in islice(self.odd["body"], ODD_ONES):
            yield Sending([], content=body, kind="application/json")

    def file(self) -> tuple[str, bytes]:
        """A table of hostile cells under a hostile name."""
        name = "".join(self.deck.deal("file", "", KINDS[len(self.deck.met["file"]) % len(KINDS)]))
        cells = [cell for kinds in KINDS * 3 for cell in self.deck.deal("cell", "", kinds)]
        return f"{' '.join(name.split())}.csv".encode(errors="replace").decode(), table(cells)

    def fine(self, fields: dict[str, Schema]) -> dict[str, str]:
        """What they would take, as a form says it; of unknown ones nothing."""
        said = {}
        for name, schema in fields.items():
            value = wellformed(schema, self.heard.known, name, self.made) if schema else None
            value = value[0] if isinstance(value, list) and value else value
            if value is not None:
                said[name] = "true" if value is True else str(value)
        return said

    def is_text(self, schema: Schema) -> bool:
        """Whether people may write into it what they like."""
        said = resolved(schema, self.heard.known)
        return said.get("type") == "string" and not {"enum", "const", "format"} & said.keys()

    def is_file(self, schema: Schema) -> bool:
        """Whether it is sent as a file."""
        return resolved(schema, self.heard.known).get("format") == "binary"


def document(fine: Any, put: dict[Path, Any]) -> Sending:
    """The fine one with some other leaves."""
    hurt = [each for each in put.values() if isinstance(each, str)]
    return Sending(hurt, content=hostile.document(replaced(fine, put)), kind="application/json")


def leaves_of(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything in a document that holds nothing else, and where it is."""
    if not isinstance(value, dict | list):
        yield path, value
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield from leaves_of(each, (*path, key))


def replaced(value: Any, put: dict[Path, Any], path: Path = ()) -> Any:
    """The same document with other leaves."""
    if path in put:
        return put[path]
    if isinstance(value, dict):
        return {key: replaced(each, put, (*path, key)) for key, each in value.items()}
    if isinstance(value, list):
        return [replaced(each, put, (*path, key)) for key, each in enumerate(value)]
    return value


def at_path(dealt: dict[str, str]) -> Sending:
    """A path that names other things."""
    names = {name: quote(as_sent(each), safe="") for name, each in dealt.items()}
    return Sending([*dealt.values()], names=names)


def encoded(data: dict[str, str]) -> bytes:
    """As a browser sends a form."""
    pairs = ((quote_plus(as_sent(n)), quote_plus(as_sent(v))) for n, v in data.items())
    return "&".join(f"{name}={value}" for name, value in pairs).encode()


def table(cells: list[str]) -> bytes:
    """Rows of nine, under a heading."""
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    rows = (",".join(quoted[n : n + 9]) for n in range(0, len(quoted), 9))
    return as_sent("제목,시급,장소,내용\n" + "\n".join(rows))
