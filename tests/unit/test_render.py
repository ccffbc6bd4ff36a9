"""Pages: whole or in part, in two languages, and data that cannot break out of them."""

import json
from types import SimpleNamespace
from urllib.parse import urljoin

import pytest
from starlette.requests import Request

from geo_service.web.assets import Assets
from geo_service.web.i18n import Language, language_of, same_page_in
from geo_service.web.reading import TextSize, text_size_of, way_back
from geo_service.web.render import json_in_html, load_templates, page


def asked(path: str, *, query: str = "", official: bool = False, **headers: str) -> Request:
    """A request for `path`, to a site with only the templates of `web`."""
    templates = load_templates(Assets(), "geo_service.web", official_site=official)
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "server": ("testserver", 80),
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "app": SimpleNamespace(state=SimpleNamespace(templates=templates)),
        }
    )


def html(request: Request, status: int = 404) -> str:
    return bytes(page(request, "problem.html", status=status, type="x").body).decode()


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "ko"), ("/en", "en"), ("/en/", "en"), ("/en/help", "en"), ("/english", "ko")],
)
def test_the_address_says_the_language(path: str, language: str) -> None:
    assert language_of(asked(path)) == language


def test_the_other_language_keeps_the_question() -> None:
    request = asked("/en/help", query="kind=job&q=%EC%B1%85+%26")
    assert same_page_in(request, Language.KO) == "/help?kind=job&q=%EC%B1%85+%26"
    assert same_page_in(asked("/en"), Language.KO) == "/"
    assert same_page_in(asked("/"), Language.EN) == "/en/"


def test_links_to_the_same_page_tell_a_position_to_eleven_metres() -> None:
    request = asked("/", query="lat=35.140746111&lng=126.79&q=1.23456")
    assert same_page_in(request, Language.EN) == "/en/?lat=35.1407&lng=126.79&q=1.23456"
    assert same_page_in(asked("/", query="lat=here.abcdef"), Language.KO) == "/?lat=here.abcdef"


@pytest.mark.parametrize(
    "path",
    ["/en//evil.example/x", "//evil.example", "/en///evil.example", "/\\evil.example",
     "/en/\\evil.example", "/\t/evil.example", "/en/\n/evil.example", "//en//evil.example"],
)  # fmt: skip
@pytest.mark.parametrize("language", list(Language))
def test_an_odd_address_never_becomes_a_link_to_elsewhere(path: str, language: Language) -> None:
    found = urljoin("https://here.example/a/b", same_page_in(asked(path), language))
    assert found.startswith("https://here.example/")
    assert not {"\\", "\t", "\n"} & set(found)


def test_signs_of_a_path_stay_signs_of_a_path() -> None:
    assert same_page_in(asked("/en/책?#", query="a=b"), Language.KO) == "/%EC%B1%85%3F%23?a=b"


def test_problems_speak_the_language_of_the_address() -> None:
    assert "찾는 화면이 없어요" in html(asked("/nothing"))
    english = html(asked("/en/nothing"))
    assert "This page does not exist" in english
    assert '<html lang="en"' in english
    assert 'href="/en/"' in english


@pytest.mark.parametrize("status", [404, 409, 422, 500, 503])
def test_every_problem_has_a_way_back(status: int) -> None:
    assert 'href="/"' in html(asked("/jobs/1"), status)


@pytest.mark.parametrize(("status", "ours"), [(405, False), (409, False), (500, True)])
def test_only_our_own_faults_are_called_ours(status: int, ours: bool) -> None:
    assert ("저희 쪽 문제" in html(asked("/jobs/1"), status)) is ours


def test_what_was_asked_is_never_markup() -> None:
    assert "<script>alert" not in html(asked("/x", query='"><script>alert(1)</script>'))


def test_only_an_official_site_says_that_it_is_one() -> None:
    assert "공식 전자정부" not in html(asked("/"))
    assert "공식 전자정부" in html(asked("/", official=True))


def test_the_cookie_sets_the_size_of_the_letters_and_nothing_else() -> None:
    assert 'data-text-size="large"' in html(asked("/", cookie="text-size=large"))
    assert text_size_of(asked("/", cookie='text-size="><b>')) is TextSize.USUAL


@pytest.mark.parametrize(
    ("asked_for", "followed"),
    [
        ("/jobs/1?a=b", "/jobs/1?a=b"),
        ("//example.org", "/"),
        ("https://example.org", "/"),
        ("/\\example.org", "/"),
        ("/\t/example.org", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_on_this_site(asked_for: str, followed: str) -> None:
    assert way_back(asked_for) == followed


def test_data_in_a_page_cannot_end_its_script() -> None:
    said = {"a": "</script><!-- & \u2028"}
    written = json_in_html(said)
    assert json.loads(written) == said
    assert not {"<", ">", "&", "\u2028"} & set(written)
