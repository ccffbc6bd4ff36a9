"""A provider with whose accounts people may sign in, as an operator wrote it down.

OpenID Connect is told by its issuer alone; plain OAuth 2 by three addresses, and by where in its
answer stands who somebody is (Naver: `response.id`).
"""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from geo_service.errors import Busy, Invalid, NotAllowed


class ProvidersAreUnfit(Invalid):
    """GEO_OIDC_PROVIDERS lists providers: id, name, client_id, client_secret and issuer of each."""


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
    """One of them."""

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


def providers_by_id(written: Sequence[dict[str, Any]]) -> dict[str, Provider]:
    """All that an operator wrote down. Raises: ProvidersAreUnfit."""
    try:
        each = [Provider.model_validate(one) for one in written]
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ProvidersAreUnfit(f"GEO_OIDC_PROVIDERS: {where} {first['msg']}".strip()) from None
    found = {provider.id: provider for provider in each}
    if len(found) < len(each):
        raise ProvidersAreUnfit("GEO_OIDC_PROVIDERS: each provider needs an id of its own.")
    return found
