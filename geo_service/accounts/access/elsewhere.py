"""The talk with a provider: somebody is sent there, and comes back with who they are.

Authlib does the protocol: state, nonce, PKCE, and every check of the identity token. It loads
longer than many a command takes, and only where somebody signs in that way.
"""

from functools import cached_property
from typing import Any

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.sync_app import BaseApp, OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from httpx2 import HTTPError
from joserfc.errors import JoseError

from geo_service.accounts.access.provider import Provider, ProviderIsAway, ProviderRefused
from geo_service.accounts.workflow.identities import Vouched

TIMEOUT_S = 5.0
_ASYMMETRIC = ("RS", "PS", "ES", "Ed")
"""Signatures that only the provider can make."""

_log = structlog.get_logger()


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
