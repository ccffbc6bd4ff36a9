"""In through an account elsewhere: a real provider on the loopback address."""

import json
import warnings
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.access.entering import WAY
from geo_service.accounts.access.provider import ProvidersAreUnfit
from geo_service.accounts.access.providers import Providers
from geo_service.accounts.models import Identity, Person
from geo_service.accounts.workflow import Secret
from tests.accounts import carries_word, is_in, says
from tests.people import a_person, come_in

with warnings.catch_warnings(action="ignore"):  # the provider uses what Authlib will drop
    from oidc_provider_mock import User, run_server_in_thread

pytestmark = [
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]

PEOPLE = [
    User(sub="jo", claims={"name": "조이웃", "email": "Jo@example.org", "email_verified": True}),
    User(sub="su", claims={"name": "수이웃", "email": "su@example.org", "email_verified": False}),
    User(sub="no"),
]
KEYS = {"client_id": "dongne", "client_secret": "a secret"}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that knows PEOPLE."""
    with run_server_in_thread(user_claims=PEOPLE, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


def plain(provider: str) -> dict[str, str]:
    """The same provider, as one that speaks plain OAuth 2."""
    return {
        "id": "plain",
        "name": "플레인",
        "authorize_url": f"{provider}/oauth2/authorize",
        "token_url": f"{provider}/oauth2/token",
        "userinfo_url": f"{provider}/userinfo",
        "scope": "profile email",
        **KEYS,
    }


@pytest.fixture
def trusting(own_app: FastAPI, provider: str) -> FastAPI:
    """A site that trusts the provider in two ways."""
    open_id = {"id": "open-id", "name": "오픈", "issuer": provider, **KEYS}
    away = {"id": "away", "name": "없음", "issuer": "http://localhost:9", **KEYS}
    own_app.state.providers = Providers([open_id, plain(provider), away])
    return own_app


@pytest.fixture
def visit(trusting: FastAPI) -> Iterator[TestClient]:
    """Someone at its door."""
    with TestClient(trusting, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def brought(visit: TestClient, who: str, provider: str = "open-id", **asked: str) -> dict[str, str]:
    """What somebody brings back from the provider, having said there who they are."""
    there = visit.get(f"/login/with/{provider}", params=asked).headers["location"]
    back = urlsplit(httpx2.post(there, data={"sub": who}).headers["location"])
    assert back.path == f"/login/with/{provider}/back"
    page = visit.get(f"{back.path}?{back.query}")
    assert page.status_code == 200
    assert "onwards.js" in page.text
    given = {name: values[0] for name, values in parse_qs(back.query).items()}
    assert all(f'value="{given[name]}"' in page.text for name in ("code", "state"))
    return given


def come(visit: TestClient, who: str, provider: str = "open-id", **asked: str) -> Any:
    """All the way in."""
    given = brought(visit, who, provider, **asked)
    return visit.post(f"/login/with/{provider}", data=given)


@pytest.mark.parametrize("provider_id", ["open-id", "plain"])
def test_a_stranger_gets_an_account_and_finds_it_again(
    session: Session, visit: TestClient, provider_id: str
) -> None:
    answer = come(visit, "jo", provider_id, next="/jobs/1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/jobs/1")
    me = visit.get("/api/v1/me").json()
    assert (me["name"], me["email"], me["email_confirmed"]) == ("조이웃", "jo@example.org", True)
    visit.cookies.clear()
    come(visit, "jo", provider_id)
    assert visit.get("/api/v1/me").json()["id"] == me["id"]
    assert len(session.scalars(select(Person)).all()) == 1


def test_an_unconfirmed_address_is_nobody_s(session: Session, visit: TestClient) -> None:
    owner = a_person(session, email="su@example.org")
    come(visit, "su")
    me = visit.get("/api/v1/me").json()
    assert me["id"] != str(owner.id)
    assert me["email"] is None


def test_a_confirmed_address_does_not_open_an_account_that_exists(
    session: Session, visit: TestClient
) -> None:
    a_person(session, email="jo@example.org")
    answer = come(visit, "jo")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/address-has-an-account")
    assert session.scalars(select(Identity)).all() == []
    assert not is_in(visit)


def test_whoever_is_in_links_it_and_unlinks_it(session: Session, trusting: FastAPI) -> None:
    person = a_person(session, email="jo@example.org")
    with come_in(trusting, session, person) as visit:
        assert come(visit, "jo", link="true").headers["location"] == "/my/account"
        page = visit.get("/my/account").text
        assert "계정을 연결했어요" in page
        assert "/my/account/elsewhere/open-id/unlink" in page
        visit.post("/logout")
        come(visit, "jo")
        assert visit.get("/api/v1/me").json()["id"] == str(person.id)
        carries_word(visit)
        assert visit.post("/my/account/elsewhere/open-id/unlink").status_code == 303
        assert visit.post("/my/account/elsewhere/open-id/unlink").status_code == 404


def test_what_is_linked_to_one_is_not_linked_to_another(
    session: Session, trusting: FastAPI, visit: TestClient
) -> None:
    come(visit, "no")
    with come_in(trusting, session, a_person(session)) as other:
        assert come(other, "no", link="true").status_code == 409


def test_the_last_way_in_stays(visit: TestClient) -> None:
    come(visit, "no")
    assert visit.get("/api/v1/me").json()["name"] == "새 이웃"
    carries_word(visit)
    refused = visit.post("/my/account/elsewhere/open-id/unlink")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/last-way-in")


def test_there_goes_what_must_come_back(
    trusting: FastAPI, visit: TestClient, provider: str
) -> None:
    there = visit.get("/login/with/open-id").headers["location"]
    assert there.startswith(f"{provider}/oauth2/authorize?")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) > 20
    assert len(asked["nonce"]) > 15
    secret: Secret = trusting.state.secret
    note = secret.opened(f"note {WAY}", urlsafe_b64decode(visit.cookies[WAY]))
    assert note is not None
    kept = json.loads(note)["said"]
    assert (kept["state"], kept["nonce"]) == (asked["state"], asked["nonce"])
    proof = urlsafe_b64encode(sha256(kept["code_verifier"].encode()).digest()).rstrip(b"=")
    assert proof.decode() == asked["code_challenge"]


def test_an_answer_that_was_not_asked_for_here_is_refused(
    visit: TestClient, trusting: FastAPI
) -> None:
    given = brought(visit, "jo")
    stranger = TestClient(trusting, follow_redirects=False)
    assert stranger.post("/login/with/open-id", data=given).status_code == 403
    forged = given | {"state": "another"}
    assert visit.post("/login/with/open-id", data=forged).status_code == 403
    assert visit.post("/login/with/plain", data=given).status_code == 403
    assert visit.post("/login/with/open-id", data={"state": given["state"]}).status_code == 403
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert visit.post("/login/with/open-id", data=given, headers=elsewhere).status_code == 403
    assert not is_in(visit)


def test_a_code_works_once(visit: TestClient) -> None:
    given = brought(visit, "jo")
    note = visit.cookies[WAY]
    assert visit.post("/login/with/open-id", data=given).status_code == 303
    visit.cookies.clear()
    visit.cookies.set(WAY, note)
    assert visit.post("/login/with/open-id", data=given).status_code == 403


def test_an_identity_token_for_another_visit_is_refused(
    visit: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = brought(visit, "jo")
    way = visit.app.state.providers.way("open-id")  # type: ignore[attr-defined]
    real = type(way).vouched

    def other_nonce(self: Any, to: str, code: str, kept: dict[str, str]) -> Any:
        return real(self, to, code, kept | {"nonce": "another"})

    monkeypatch.setattr(type(way), "vouched", other_nonce)
    assert visit.post("/login/with/open-id", data=given).status_code == 403
    assert not is_in(visit)


def test_a_provider_that_is_away_is_said_to_be(visit: TestClient) -> None:
    page = visit.get("/login/with/away", headers={"accept": "text/html"})
    assert page.status_code == 503
    assert "그 서비스가 응답하지 않아요" in says(page)


def test_a_visitor_who_said_no_may_try_again(visit: TestClient) -> None:
    page = visit.get(
        "/login/with/open-id/back?error=access_denied", headers={"accept": "text/html"}
    )
    assert page.status_code == 403
    assert "본인 확인이 되지 않았어요" in says(page)
    assert visit.get("/login/with/nobody").status_code == 404


def test_the_page_offers_what_is_configured(visit: TestClient) -> None:
    page = says(visit.get("/login"))
    assert "오픈 계정으로 로그인" in page
    assert "플레인 계정으로 로그인" in page


def test_naver_tells_who_it_is_one_storey_down() -> None:
    naver = plain("https://nid.example") | {
        "id": "naver",
        "subject": "response.id",
        "name_claim": "response.name",
        "email_claim": "response.email",
        "confirmed_claim": "response.none",
    }
    told = {"resultcode": "00", "response": {"id": "x7", "name": "이웃", "email": "a@b.kr"}}
    vouched = Providers([naver]).way("naver")._told(told)  # noqa: SLF001
    assert (vouched.provider, vouched.subject, vouched.name) == ("naver", "x7", "이웃")
    assert vouched.email is None


def test_two_providers_of_one_id_are_refused() -> None:
    one = {"id": "x", "name": "x", "issuer": "https://x.example", **KEYS}
    with pytest.raises(ProvidersAreUnfit, match="an id of its own"):
        Providers([one, one | {"name": "y"}])


@pytest.mark.parametrize(
    "unfit",
    [
        {"id": "x"},
        {"id": "x y", "name": "x", "issuer": "https://x.example", **KEYS},
        {"id": "x", "name": "x", **KEYS},
        {"id": "x", "name": "x", "issuer": "http://x.example", **KEYS},
        {"id": "x", "name": "x", "issuer": "https://x.example", "colour": "red", **KEYS},
    ],
)
def test_unfit_providers_are_named_at_the_start(unfit: dict[str, str]) -> None:
    with pytest.raises(ProvidersAreUnfit, match="GEO_OIDC_PROVIDERS") as refused:
        Providers([unfit])
    assert "a secret" not in str(refused.value)
