"""What a page weighs: bytes as they came over the wire."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass
class Weight:
    """Requests and their compressed sizes."""

    bytes_of: dict[str, float] = field(default_factory=dict)
    kind_of: dict[str, str] = field(default_factory=dict)
    _urls: dict[str, str] = field(default_factory=dict)

    def began(self, event: dict[str, Any]) -> None:
        """A response came."""
        id_ = event["requestId"]
        self._urls[id_] = event["response"]["url"]
        self.kind_of[id_] = event["type"]

    def ended(self, event: dict[str, Any]) -> None:
        """All of it came."""
        self.bytes_of[event["requestId"]] = event["encodedDataLength"]

    @property
    def urls(self) -> list[str]:
        """All that was asked for over the wire."""
        return [url for url in self._urls.values() if not url.startswith(("data:", "blob:"))]

    def kb(self, kind: str) -> float:
        """Kilobytes of `Document`, `Stylesheet`, `Script` or `Font`."""
        return (
            sum(size for id_, size in self.bytes_of.items() if self.kind_of.get(id_) == kind) / 1000
        )

    @property
    def total_kb(self) -> float:
        """Everything together."""
        return sum(self.bytes_of.values()) / 1000

    @property
    def table(self) -> str:
        """For people whose page became too heavy."""
        return "\n".join(
            f"{size / 1000:8.1f} kB {self._urls.get(id_, '?')}"
            for id_, size in sorted(self.bytes_of.items(), key=lambda item: -item[1])
        )


@contextmanager
def weighed(page: Page) -> Iterator[Weight]:
    """Weigh whatever `page` loads in the block, with an empty cache."""
    wire = page.context.new_cdp_session(page)
    weight = Weight()
    wire.on("Network.responseReceived", weight.began)
    wire.on("Network.loadingFinished", weight.ended)
    wire.send("Network.enable")
    yield weight
    wire.detach()
