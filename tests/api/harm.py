"""How to tell from an answer that something sent has done harm."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from httpx2 import Response
from typing_extensions import override

from tests.api.hostile import MARK

POWER = "362619629091"
"""7131³, which nobody sends, but templates that were taken in would say; too long for chance."""

LINKS = {"href", "src", "action", "formaction", "data", "srcdoc", "hx-get", "hx-post", "poster"}
INLINE = ("javascript:", "vbscript:", "data:text")
NAME = re.compile(r"[a-z][a-z0-9:_.@-]*")


class Page(HTMLParser):
    """Collects what in a page is not as our templates write it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.harm: list[str] = []
        self.feed(html)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if MARK in tag:
            self.harm.append(f"an element <{tag}>")
        for name, value in attrs:
            if MARK in name or name.startswith("on") or not NAME.fullmatch(name):
                self.harm.append(f"an attribute {name}")
            if name in LINKS and value and leads_astray(value):
                self.harm.append(f"{name} leads to {value[:60]}")

    @override
    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.harm.append("a comment")


def leads_astray(address: str) -> bool:
    """Whether a link leaves the site, or does something, because of what was sent."""
    plain = "".join(sign for sign in address if sign > " ").lower().replace("\\", "/")
    if MARK not in plain:
        return False
    try:
        host = urlsplit(plain).hostname or ""
    except ValueError:
        return True
    return plain.startswith(INLINE) or MARK in host


def harm_in(response: Response, put: list[str]) -> Iterator[str]:
    """What is wrong with an answer to who sent `put`."""
    if response.status_code >= 500:
        yield f"{response.status_code}"
    yield from _harm_in_headers(response)
    kind = response.headers.get("content-type", "")
    body = response.text
    if POWER in body:
        yield "a template was filled in"
    if MARK not in body:
        return
    if kind.startswith("text/html"):
        yield from (f"{piece!r} as it was sent" for piece in put if _is_raw(piece, body))
        yield from Page(body).harm
    elif kind.startswith("application/problem+json"):
        told = {key: value for key, value in response.json().items() if key != "errors"}
        details = [error["detail"] for error in response.json().get("errors", ())]
        if MARK in f"{told} {details}" or any(sign in body for sign in f"<>{chr(92)}"):
            yield "a problem repeats what was sent"
    elif kind.startswith("text/csv"):
        yield from (f"a cell {cell[:40]!r}" for cell in formulas(body))


def _harm_in_headers(response: Response) -> Iterator[str]:
    for name, value in response.headers.raw:
        if MARK.encode() in name.lower() or set(value) & set(b"\r\n\0"):
            yield f"a header {name!r}"
    if leads_astray(response.headers.get("location", "")):
        yield f"leads to {response.headers['location'][:60]}"


def _is_raw(piece: str, body: str) -> bool:
    return MARK in piece and "<" in piece and piece in body


def formulas(csv: str) -> Iterator[str]:
    """The cells that a spreadsheet would reckon."""
    for line in csv.lstrip("\ufeff").splitlines():
        for cell in line.split(","):
            if MARK in cell and cell.lstrip('"')[:1] in set("=+-@\t\r"):
                yield cell
