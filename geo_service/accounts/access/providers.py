"""Providers with whose accounts people may sign in: configuration, and the talk with them.

OpenID Connect is told by its issuer alone; plain OAuth 2 by three addresses, and by where in its
answer stands who somebody is (Naver: `response.id`). Authlib does the protocol: state, nonce,
PKCE, and every check of the identity token.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from ipaddress import ip_address
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.sync_app import BaseApp, OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from fastapi import Depends, Request
from httpx2 import HTTPError
from joserfc.errors import JoseError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from geo_service.accounts.workflow.identities import Vouched
from geo_service.errors import Busy, Invalid, NotAllowed, NotFound

TIMEOUT_S = 5.0
_ASYMMETRIC = ("RS", "PS", "ES", "Ed")
"""Signatures that only the provider can make."""

_log = structlog.get_logger()


class ProvidersAreUnfit(Invalid):
    """GEO_OIDC_PROVIDERS is a JSON list of providers, each with id, name, client_id and issuer."""


class NoSuchProvider(NotFound):
    """One cannot sign in with that here."""

    korean = "여기서는 쓸 수 없는 로그인 방법이에요."


class ProviderIsAway(Busy):
    """The other service does not answer. Try again, or sign in another way."""

    korean = "그 서비스가 응답하지 않아요. 잠시 뒤에 다시 하거나 다른 방법으로 로그인해 주세요."


class ProviderRefused(NotAllowed):
    """The other service did not confirm who you are. Please try again."""

    korean = "그 서비스에서 본인 확인이 되지 않았어요. 다시 해 주세요."


def _guarded(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise ValueError("must begin with https://")
    return address


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


Address = Annotated[str, Field(max_length=500), AfterValidator(_guarded)]


class Provider(BaseModel):
    """One of them, as an operator wrote it down."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern="^[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=40)
    """As its button calls it: 카카오."""
    client_id: str
    client_secret: str
    issuer: Address | None = None
    authorize_url: Address | None = None
    token_url: Address | None = None
    userinfo_url: Address | None = None
    scope: str = "openid profile email"
    subject: str = "sub"
    name_claim: str = "name"
    email_claim: str = "email"
    confirmed_claim: str = "email_verified"
    """Where the provider says that it confirmed the address; without it an address is ignored."""

    @model_validator(mode="after")
    def _is_reachable(self) -> Self:
        if self.issuer is None and not (
            self.authorize_url and self.token_url and self.userinfo_url
        ):
            raise ValueError("needs an issuer, or authorize_url, token_url and userinfo_url")
        return self


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    """Authlib's client, speaking through httpx."""

    client_cls = OAuth2Client


class Way:
    """The way to one provider and back."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider

    @cached_property
    def _client(self) -> Any:
        wanted = self.provider
        where = f"{(wanted.issuer or '').rstrip('/')}/.well-known/openid-configuration"
        return _Client(
            framework=None,
            name=wanted.id,
            client_id=wanted.client_id,
            client_secret=wanted.client_secret,
            authorize_url=wanted.authorize_url,
            access_token_url=wanted.token_url,
            server_metadata_url=where if wanted.issuer else None,
            client_kwargs={
                "scope": wanted.scope,
                "code_challenge_method": "S256",
                "timeout": TIMEOUT_S,
            },
        )

    def there(self, come_back_to: str) -> dict[str, str]:
        """The address to send a browser to (`url`), and what it must bring back to us.

        Raises: ProviderIsAway.
        """
        try:
            made: dict[str, str] = self._client.create_authorization_url(come_back_to)
        except (HTTPError, ValueError, RuntimeError) as error:
            raise self._away(error) from error
        return made

    def vouched(self, come_back_to: str, code: str, kept: dict[str, str]) -> Vouched:
        """Who somebody is, in exchange for the code they brought.

        Raises: ProviderIsAway, ProviderRefused.
        """
        try:
            token = self._client.fetch_access_token(
                redirect_uri=come_back_to, code=code, code_verifier=kept["code_verifier"]
            )
            said = self._identity(token, kept)
        except (AuthlibBaseError, JoseError) as error:
            _log.warning("provider refused", provider=self.provider.id, error=type(error).__name__)
            raise ProviderRefused from error
        except (HTTPError, ValueError, RuntimeError) as error:
            raise self._away(error) from error
        return self._told(said)

    def _identity(self, token: dict[str, Any], kept: dict[str, str]) -> dict[str, Any]:
        if self.provider.issuer is None:
            answer = self._client.get(self.provider.userinfo_url, token=token)
            answer.raise_for_status()
            return dict(answer.json())
        known = self._client.load_server_metadata()
        if known.get("issuer") != self.provider.issuer:
            raise ProviderRefused
        signed = known.get("id_token_signing_alg_values_supported", ["RS256"])
        known["id_token_signing_alg_values_supported"] = [
            name for name in signed if name.startswith(_ASYMMETRIC)
        ]
        said = self._client.parse_id_token(token, nonce=kept["nonce"])
        if said is None:
            raise ProviderRefused
        return dict(said)

    def _told(self, said: dict[str, Any]) -> Vouched:
        wanted = self.provider
        subject = _at(said, wanted.subject)
        if subject is None or not 1 <= len(str(subject)) <= 255:
            raise ProviderRefused
        name, email = _at(said, wanted.name_claim), _at(said, wanted.email_claim)
        is_confirmed = _at(said, wanted.confirmed_claim) is True and isinstance(email, str)
        return Vouched(
            provider=wanted.id,
            subject=str(subject),
            name=_short(name),
            email=email.strip().lower()[:254] if is_confirmed else None,
        )

    def _away(self, error: Exception) -> ProviderIsAway:
        _log.warning("provider away", provider=self.provider.id, error=type(error).__name__)
        return ProviderIsAway()


def _at(said: dict[str, Any], path: str) -> Any:
    """What stands at `response.id`."""
    here: Any = said
    for name in path.split("."):
        here = here.get(name) if isinstance(here, dict) else None
    return here


def _short(name: object) -> str | None:
    plain = " ".join(str(name).replace("\0", "").split())[:60].strip() if name else ""
    return plain or None


class Providers:
    """All of them, by id. Raises: ProvidersAreUnfit."""

    def __init__(self, written: Sequence[dict[str, Any]] = ()) -> None:
        try:
            each = [Provider.model_validate(one) for one in written]
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise ProvidersAreUnfit(f"GEO_OIDC_PROVIDERS: {where} {first['msg']}".strip()) from None
        self._ways = {provider.id: Way(provider) for provider in each}

    def __iter__(self) -> Iterator[Provider]:
        return (way.provider for way in self._ways.values())

    def way(self, provider_id: str) -> Way:
        """The way to one. Raises: NoSuchProvider."""
        try:
            return self._ways[provider_id]
        except KeyError:
            raise NoSuchProvider from None


def _providers(request: Request) -> Providers:
    providers: Providers = request.app.state.providers
    return providers


TheProviders = Annotated[Providers, Depends(_providers)]
"""As the settings name them; perhaps none."""
