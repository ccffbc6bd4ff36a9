"""The providers that an operator named, and the ways to them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request

from geo_service.accounts.access.provider import Provider, providers_by_id
from geo_service.errors import NotFound

if TYPE_CHECKING:
    from geo_service.accounts.access.elsewhere import Way


class NoSuchProvider(NotFound):
    """One cannot sign in with that here."""

    korean = "여기서는 쓸 수 없는 로그인 방법이에요."


class Providers:
    """All of them, by id. Raises: ProvidersAreUnfit."""

    def __init__(self, written: Sequence[dict[str, Any]] = ()) -> None:
        self._by_id = providers_by_id(written)
        self._ways: dict[str, Way] = {}

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._by_id.values())

    def way(self, provider_id: str) -> "Way":
        """The way to one. Raises: NoSuchProvider."""
        from geo_service.accounts.access.elsewhere import Way  # noqa: PLC0415 (see there)

        if provider_id not in self._by_id:
            raise NoSuchProvider
        return self._ways.setdefault(provider_id, Way(self._by_id[provider_id]))


def _providers(request: Request) -> Providers:
    providers: Providers = request.app.state.providers
    return providers


TheProviders = Annotated[Providers, Depends(_providers)]
"""As the settings name them; perhaps none."""
