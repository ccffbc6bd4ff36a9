"""A server over a database of its own, and people who come to it with devices."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import sessionmaker

from geo_service.app import build_app
from geo_service.confidential.session import Vault
from geo_service.db.embedded import Cluster
from geo_service.db.opening import Database
from geo_service.db.session import Sessions, open_engine, open_reading_engine
from geo_service.settings import Settings
from geo_service.web.cookies import PLAIN_NAME
from tests.browser.serving import PATIENCE_MS, PHONE, served
from tests.conftest import SECRET
from tests.databases import a_database
from tests.vaults import a_vault

Enter = Callable[..., Page]
"""`enter(token, device, **also)`: somebody's page; without a token they are not signed in."""


@dataclass(frozen=True)
class Town:
    """Where it is served, what it holds, and the service itself."""

    address: str
    sessions: Sessions
    app: FastAPI
    vault: Vault


@contextmanager
def a_town(cluster: Cluster, name: str) -> Iterator[Town]:
    """An empty one, for as long as the block lasts."""
    with a_database(cluster, name) as url, a_vault(cluster, name) as vault:
        engine, reader = open_engine(url), open_reading_engine(url)
        sessions: Sessions = sessionmaker(engine, expire_on_commit=False)
        reading: Sessions = sessionmaker(reader, expire_on_commit=False)
        database = Database(url=url, read_url=url, sessions=sessions, read_sessions=reading)
        app = build_app(Settings(), database, secret=SECRET, vault=vault)
        with served(app) as address:
            yield Town(address, sessions, app, vault)
        engine.dispose()
        reader.dispose()


@contextmanager
def people(chromium: Browser, address: str) -> Iterator[Enter]:
    """Whoever enters leaves with the block."""
    contexts = []

    def enter(token: str = "", device: dict[str, Any] = PHONE, **also: Any) -> Page:
        context = chromium.new_context(
            base_url=address,
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            reduced_motion="reduce",
            **device | also,
        )
        context.set_default_timeout(PATIENCE_MS)
        if token:
            context.add_cookies([{"name": PLAIN_NAME, "value": token, "url": address}])
        contexts.append(context)
        return context.new_page()

    yield enter
    for context in contexts:
        context.close()
