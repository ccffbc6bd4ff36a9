"""One job, one space, two languages, and what machines read."""

import json
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from geo_service.web import words
from geo_service.web.i18n import Language
from tests.browser.test_finding import at
from tests.browser.world import STREET, World


def test_a_job_says_what_somebody_needs_to_decide_and_to_act(phone: Page, world: World) -> None:
    phone.goto(f"/jobs/{world.job}")
    expect(phone.locator(".price")).to_contain_text("11,500원")
    expect(phone.get_by_role("row", name="수").first).to_contain_text("14:00–16:00")
    expect(phone.locator(".week tr")).to_have_count(2)
    expect(phone.locator(".facts")).to_contain_text("까지")
    expect(phone.get_by_role("link", name="062-123-4567")).to_have_attribute(
        "href", "tel:+82621234567"
    )
    expect(phone.get_by_text("시험시 시험구 시험로 7")).to_be_visible()
    expect(phone.locator(".source")).to_contain_text("시험도서관")
    expect(phone.locator(".svgmap")).to_be_visible()
    expect(phone.get_by_role("button", name="인쇄")).to_be_visible()


def test_a_job_is_told_to_search_engines_and_nothing_breaks_out_of_it(
    phone: Page, world: World
) -> None:
    phone.goto(f"/jobs/{world.job}")
    told = phone.locator("script[type='application/ld+json']").text_content()
    posting = json.loads(told or "")
    assert posting["@type"] == "JobPosting"
    assert posting["description"] == '</script><script>alert("x")</script> & 더'
    assert posting["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "value": 11_500,
        "unitText": "HOUR",
    }
    assert posting["totalJobOpenings"] == 1
    assert posting["hiringOrganization"]["name"] == "시험도서관"
    assert posting["jobLocation"]["geo"]["latitude"] == pytest.approx(STREET.lat, abs=0.01)
    assert posting["datePosted"] < posting["validThrough"]


def test_a_closed_job_says_so_and_cannot_be_called(phone: Page, world: World) -> None:
    phone.goto(f"/jobs/{world.closed_job}")
    expect(phone.locator(".closed-note")).to_contain_text("모집이 끝났어요")
    expect(phone.locator("a.krds-btn[href^='tel:']")).to_have_count(0)


def test_one_day_of_work_is_said_once_and_its_last_day_is_a_day(phone: Page, world: World) -> None:
    phone.goto(f"/jobs/{world.one_day}")
    facts = phone.locator(".facts").inner_text()
    assert facts.count(words.day(world.works_on, Language.KO)) == 1
    the_day_before = words.day(world.works_on - timedelta(days=1), Language.KO)
    assert f"{the_day_before}까지" in facts
    assert "자정" not in facts
    expect(phone.locator(".week tr")).to_have_count(1)


def test_korean_names_inside_english_pages_are_marked_as_korean(phone: Page, world: World) -> None:
    pages = ("?place=송정", "?place=Songjeong", at(STREET)[1:], f"jobs/{world.one_day}")
    for path in (*pages, f"spaces/{world.space}"):
        phone.goto(f"/en/{path}")
        assert phone.evaluate(UNMARKED_HANGUL) == []


UNMARKED_HANGUL = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const { data, parentElement } = walk.currentNode;
    if (/[가-힣]/.test(data) && parentElement.closest("[lang]").lang === "en" &&
        !parentElement.closest("script")) found.push(data.trim());
  }
  return found;
}"""


def test_a_demo_says_so_and_rings_at_no_real_office(phone: Page) -> None:
    phone.goto("/")
    phone.locator("#list > li").first.get_by_role("link").click()
    expect(phone.locator(".demo-note")).to_be_visible()
    expect(phone.locator("a.krds-btn[href^='tel:']")).to_have_count(0)


def test_a_space_says_how_to_book_it(phone: Page, world: World) -> None:
    phone.goto(f"/spaces/{world.space}")
    expect(phone.get_by_role("heading", name="빌리는 방법")).to_be_visible()
    expect(phone.get_by_role("link", name="062-123-4567")).to_be_visible()


def test_a_fee_in_words_is_told_once_and_odd_titles_find_their_way(
    phone: Page, world: World
) -> None:
    phone.goto(f"/spaces/{world.hall}")
    expect(phone.locator(".price")).to_have_text("단체는 전화로 협의")
    expect(phone.get_by_text("단체는 전화로 협의")).to_have_count(1)
    way = phone.get_by_role("link", name="카카오맵에서 길 찾기").get_attribute("href") or ""
    assert "%2F" in way
    assert way.removeprefix("https://map.kakao.com/link/to/").count("/") == 0


def test_a_part_leads_to_its_whole_and_back(phone: Page, world: World) -> None:
    phone.goto(f"/spaces/{world.hall}")
    phone.get_by_role("link", name="강당 한쪽").click()
    expect(phone).to_have_url(re.compile(str(world.corner)))
    phone.get_by_role("link", name="강당/식당").click()
    expect(phone).to_have_url(re.compile(str(world.hall)))


def test_another_site_with_our_paths_is_not_the_list_one_came_from(
    phone: Page, world: World
) -> None:
    phone.goto(f"/jobs/{world.job}")
    address = phone.url
    phone.route(
        "http://elsewhere.test/",
        lambda route: route.fulfill(
            body=f'<a href="{address}">go</a>',
            content_type="text/html",
            headers={"Referrer-Policy": "unsafe-url"},
        ),
    )
    phone.goto("http://elsewhere.test/")
    phone.get_by_role("link", name="go").click()
    expect(phone.get_by_role("button", name="인쇄")).to_be_visible()  # the script is there
    assert phone.evaluate("document.referrer") == "http://elsewhere.test/"
    phone.locator("#back").click()
    expect(phone.locator("#count")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/jobs/nothing", "찾는 화면이 없어요"),
        ("/spaces/00000000-0000-0000-0000-000000000000", "그런 공간이 없어요."),
    ],
)
def test_what_is_not_there_is_answered_with_a_way_back(
    phone: Page, path: str, heading: str
) -> None:
    response = phone.goto(path)
    assert response is not None
    assert response.status == 404
    expect(phone.get_by_role("heading", name=heading)).to_be_visible()
    phone.get_by_role("link", name="내 주변 찾기로 가기").click()
    expect(phone.locator("#list > li").first).to_be_visible()


def test_the_other_language_shows_the_same_page(phone: Page) -> None:
    phone.goto(at(STREET, kind="job"))
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator("#list > li")).to_have_count(2)
    expect(phone.locator("#list > li").first).to_contain_text("Per hour ₩11,500")
    phone.get_by_role("link", name="Space", exact=True).click()
    expect(phone.locator("#list > li")).to_have_count(1)
    expect(phone).to_have_url(re.compile(r"/en/\?"))
    phone.locator("#list > li").get_by_role("link").click()
    expect(phone.get_by_role("heading", name="How to book")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_have_attribute("lang", "ko")
    phone.get_by_role("link", name="한국어").click()
    expect(phone.get_by_role("heading", name="빌리는 방법")).to_be_visible()


def test_each_language_names_the_other(phone: Page, site: str) -> None:
    phone.goto("/help")
    links = phone.locator("link[rel=alternate]").evaluate_all(
        "links => links.map(link => [link.hreflang, link.getAttribute('href')])"
    )
    assert links == [["ko", f"{site}/help"], ["en", f"{site}/en/help"]]


def test_files_are_kept_for_a_year_and_found_under_older_addresses(phone: Page) -> None:
    phone.goto("/help")
    style = phone.locator("link[rel=stylesheet]").get_attribute("href") or ""
    fresh = phone.request.get(style)
    assert "immutable" in fresh.headers["cache-control"]
    build = style.split("/")[2]
    older = phone.request.get(style.replace(build, "0123456789ab"))
    assert older.ok
    assert "immutable" not in older.headers["cache-control"]
    assert phone.request.get(f"/static/{build}/../../settings.py").status == 404
    assert phone.request.get("/robots.txt").ok
    assert phone.request.get("/manifest.webmanifest").json()["lang"] == "ko"
