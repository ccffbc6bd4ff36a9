"""The small parts of accounts, without a database."""

import stat
import unicodedata
from multiprocessing.pool import ThreadPool
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import Request

from geo_service.accounts import letters
from geo_service.accounts.access.address import _address
from geo_service.accounts.access.devices import device_of
from geo_service.accounts.files import NAME, secret_kept_in
from geo_service.accounts.models import Tongue
from geo_service.accounts.workflow import Secret
from geo_service.accounts.workflow.passwords import HASHER, hash_of
from geo_service.web.csrf import is_ours, word_for


def request(address: str = "http://testserver/", client: str = "192.0.2.1") -> Request:
    scheme, _, rest = address.partition("://")
    host, _, path = rest.partition("/")
    name, _, port = host.partition(":")
    scope: dict[str, Any] = {
        "type": "http",
        "scheme": scheme,
        "path": f"/{path}",
        "query_string": b"",
        "headers": [(b"host", host.encode())],
        "server": (name, int(port or 80)),
        "client": (client, 1),
        "app": SimpleNamespace(),
    }
    return Request(scope)


@pytest.mark.parametrize(
    ("client", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_house_is_one_address(client: str, counted: str) -> None:
    assert _address(request(client=client)) == counted


@pytest.mark.parametrize(
    ("site", "named", "ours"),
    [
        ("http://testserver/", "http://testserver", True),
        ("http://testserver/", "http://testserver:80", True),
        ("https://dongne.example/", "https://dongne.example:443/x?y", True),
        ("https://dongne.example:443/", "https://dongne.example", True),
        ("http://localhost:8080/", "http://localhost:8080", True),
        ("https://dongne.example/", "http://dongne.example", False),
        ("http://localhost:8080/", "http://localhost", False),
        ("http://testserver/", "http://testserver.evil.example", False),
        ("http://testserver/", "http://testserver@evil.example", False),
        ("http://testserver/", "null", False),
        ("http://testserver/", "http://[", False),
        ("http://testserver/", "http://testserver:x", False),
    ],
)
def test_our_origin_is_scheme_host_and_port(site: str, named: str, ours: bool) -> None:
    assert is_ours(request(site), named) is ours


def test_a_forwarded_host_is_not_believed() -> None:
    asked = request("http://testserver/")
    asked.scope["headers"].append((b"x-forwarded-host", b"evil.example"))
    assert not is_ours(asked, "http://evil.example")


def test_a_word_is_of_one_token_and_never_the_same() -> None:
    assert word_for("a") != word_for("a")
    assert word_for("a")[16:] != word_for("b")[16:]


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (
            (
                "Mozilla/5.0 (Linux; Android 14; SM-S911N) AppleWebKit/537.36 (KHTML, like Gecko)"
                " SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36"
            ),
            "Samsung Internet · Android",
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                " Chrome/131.0 Safari/537.36 Edg/131.0"
            ),
            "Edge · Windows",
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
                " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
            ),
            "Safari · iPhone",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_two_words(agent: str, told: str) -> None:
    assert device_of(agent) == told


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    home = tmp_path / "new"
    with ThreadPool(8) as starters:
        made = set(starters.map(secret_kept_in, [home] * 8))
    assert len(made) == 1
    assert len(made.pop()) == 32
    assert stat.S_IMODE((home / NAME).stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == [NAME]


def test_what_is_sealed_opens_for_its_purpose_alone() -> None:
    secret = Secret(b"s" * 32)
    sealed = secret.seal("one", b"words", about=b"me")
    assert secret.opened("one", sealed, about=b"me") == b"words"
    assert secret.opened("two", sealed, about=b"me") is None
    assert secret.opened("one", sealed, about=b"you") is None
    assert secret.opened("one", sealed[:-1] + b"\0\0", about=b"me") is None
    assert secret.opened("one", b"", about=b"me") is None
    assert secret.seal("one", b"words") != secret.seal("one", b"words")
    assert secret.digest("one", "a", "bc") != secret.digest("one", "ab", "c")
    with pytest.raises(ValueError, match="32 bytes"):
        Secret(b"short")


def test_hangul_of_any_machine_is_the_same_password() -> None:
    composed = "구름 사다리 호박"
    taken_apart = unicodedata.normalize("NFD", composed)
    assert composed != taken_apart
    assert HASHER.verify(hash_of(taken_apart, email=None), composed)


@pytest.mark.parametrize("tongue", list(Tongue))
def test_a_letter_holds_its_code_and_says_what_to_do_without_having_asked(tongue: Tongue) -> None:
    for letter in (letters.code_to_come_in, letters.code_to_begin, letters.code_to_move):
        written = letter("012345", tongue)
        assert written.tongue == tongue
        assert "012345" in written.subject
        assert "012345" in written.text
        assert ("did not" in written.text) or ("않았다면" in written.text)
        assert "http" not in written.text, "nobody learns to follow links in mail"
    assert not any(sign.isdigit() for sign in letters.nobody_here(tongue).text)
