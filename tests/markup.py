"""What a page says, as a browser would read it."""

from html.parser import HTMLParser

from typing_extensions import override

EMPTY = {"input", "link", "meta", "br", "path", "circle"}
"""Elements that nothing ends."""


class Found(HTMLParser):
    """Every element with its attributes, and the text of those with an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        there = {name: value or "" for name, value in attrs}
        self.elements.append((tag, there))
        if tag not in EMPTY:
            self._open.append(there.get("id", ""))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY and self._open:
            self._open.pop()

    @override
    def handle_data(self, data: str) -> None:
        for id_ in filter(None, self._open):
            self.text[id_] = self.text.get(id_, "") + data

    def named(self, name: str) -> dict[str, str]:
        """The first field of that name."""
        return next(attrs for _, attrs in self.elements if attrs.get("name") == name)
