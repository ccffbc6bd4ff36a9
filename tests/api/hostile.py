"""What is sent to do harm: a corpus (`hostile.json`) and more, and how it is dealt out."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

MARK = "zq7"
"""Stands in all that could be reflected, and in nothing that is ours."""

CORPUS: dict[str, list[str]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
"""By the kind of harm that is meant."""

KINDS = (
    ("html", "template"),
    ("sql", "path"),
    ("unicode", "formula"),
    ("crlf",),
    ("control",),
    ("number",),
)
"""Those of one line stand in a field together: none of them keeps another from its harm."""
PAYLOADS = [payload for payloads in CORPUS.values() for payload in payloads]


class Deck:
    """Deals the corpus to the fields of doors, in turn; remembers what has been where.

    With `whole`, each field has its own turn, and so meets everything in time.
    """

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self._turns = dict[tuple[str, str], Iterator[str]]()
        self.met: dict[str, set[str]] = defaultdict(set)
        """The payloads that each family of fields has met."""
        self.kinds: dict[str, set[str]] = defaultdict(set)
        """The kinds that each field has met."""
        self.texts: set[str] = set()
        """The fields into which people write what they like."""

    def deal(self, family: str, field: str, kinds: Iterable[str]) -> list[str]:
        """The next payload of each kind, for that field."""
        whose = field if self.whole else family
        dealt = [next(self._turns.setdefault((whose, kind), cycle(CORPUS[kind]))) for kind in kinds]
        self.met[family].update(dealt)
        self.kinds[field].update(kinds)
        return dealt


HEADERS = (
    "Accept-Language",
    "User-Agent",
    "Referer",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "HX-Current-URL",
    "X-Request-ID",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "Range",
    "Cookie",
)
"""What a door may read of the envelope."""


def sendable(payload: str) -> bool:
    """Whether a server lets it pass as the value of a header."""
    return payload.strip() != "" and all(sign >= " " and sign != "\x7f" for sign in payload)


def as_sent(text: str) -> bytes:
    """UTF-8, of halves of characters too."""
    return text.encode("utf-8", "surrogatepass")


def nested(depth: int, opening: str = "[", closing: str = "]") -> bytes:
    """Brackets in brackets."""
    return (opening * depth + closing * depth).encode()


HUGE = (MARK + "가<") * 6_000
"""A text of 30,000 characters."""

WRONG: tuple[Any, ...] = (
    None,
    True,
    [],
    {},
    0,
    -1,
    10**30,
    1.5,
    [[[[[MARK]]]]],
    {MARK: {MARK: MARK}},
    [MARK] * 2_000,
    HUGE,
    {"$ne": None},
    [None],
)
"""What is of another type than was asked for."""

BODIES = (
    b"",
    b"null",
    b"[]",
    b'"zq7"',
    b"{",
    b"{'zq7': 1}",
    b'{"zq7": 1, "zq7": 2}',
    b'{"__proto__": {"zq7": 1}, "constructor": "zq7", "zq7<zq7>": 1}',
    b"NaN",
    b'{"zq7": NaN}',
    b"\xef\xbb\xbf{}",
    b"\xff\xfe{\x00}\x00",
    b'{"zq7": "\xed\xa0\x80"}',
    b'{"zq7": "\\ud800"}',
    nested(500),
    nested(100_000),
    nested(100_000, '{"zq7":', "}"),
    b"1" * 10_000,
    b"1e" + b"9" * 5_000,
    b" " * 200_000 + b"{}",
)
"""Bodies that are no JSON, or none that anybody means."""

FORMS: tuple[tuple[str, bytes], ...] = (
    ("application/x-www-form-urlencoded", b"zq7=%"),
    ("application/x-www-form-urlencoded", b"%ff%fe=%ed%a0%80&=&&&zq7"),
    ("application/x-www-form-urlencoded", b"&".join([b"zq7=1"] * 1_500)),
    ("application/x-www-form-urlencoded", b"zq7[]=1&zq7[a][b]=2&once=zq7%00"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"zq7=+ADw-zq7+AD4-"),
    ("multipart/form-data", b"zq7"),
    ("multipart/form-data; boundary=zq7", b"--zq7\r\nzq7"),
    (
        "multipart/form-data; boundary=zq7",
        b"--zq7\r\nContent-Disposition: form-data\r\n\r\n1\r\n--zq7--",
    ),
    ("multipart/form-data; boundary=" + "zq7" * 200, b"--zq7\r\n\r\n--zq7--"),
    ("multipart/form-data; boundary=zq7; charset=zq7", b"--zq7--"),
    ("application/json", b'{"zq7": "zq7"}'),
    ("text/xml", b"<zq7/>"),
    ("zq7", b"zq7"),
)
"""Forms that no browser sends."""


def document(value: Any) -> bytes:
    """JSON; halves of characters as escapes, as only programs send them."""
    return json.dumps(value, ensure_ascii=True).encode()
