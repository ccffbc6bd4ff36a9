"""Finding what is near: by position, dong, name and kind, and on from there."""

import re

import pytest
from playwright.sync_api import Page, expect

from geo_service.geo.place import Place
from tests.browser.conftest import Visitor
from tests.browser.serving import PHONE
from tests.browser.world import CROWD, FIELD, SEA, SQUARE, STREET

CARDS = "#list > li"

LEGIBLE_PX = 12
"""Letters on the map are at least so high."""


def at(place: Place, **more: str) -> str:
    """The address of the home page there."""
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/?lat={place.lat}&lng={place.lng}{extra}"


def position(place: Place) -> dict[str, float]:
    """What the browser knows, finer than anybody needs."""
    return {"latitude": place.lat + 0.000012345, "longitude": place.lng + 0.000012345}


def test_my_place_shows_what_is_around_it_and_rounds_it(visitor: Visitor) -> None:
    page = visitor(PHONE, geolocation=position(STREET), permissions=["geolocation"])
    page.goto("/")
    page.get_by_role("button", name="내 위치").click()
    expect(page).to_have_url(re.compile(r"lat=35\.3000&lng=126\.5000"))
    expect(page.locator(CARDS)).to_have_count(3)


def test_a_refused_position_is_answered_with_advice_in_place(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("button", name="내 위치").click()
    expect(phone.locator("#locate-says")).to_contain_text("동을 골라 주세요")
    expect(phone.locator(CARDS).first).to_be_visible()


def test_choosing_a_dong_moves_the_list_there(phone: Page) -> None:
    phone.goto("/")
    phone.locator("#place > summary").click()
    phone.get_by_role("link", name="수완동", exact=True).click()
    expect(phone.locator("#place > summary")).to_contain_text("수완동")
    expect(phone.locator(".place-panel")).to_be_hidden()
    expect(phone).to_have_url(re.compile("place="))


def test_a_typed_name_leads_to_that_building(phone: Page) -> None:
    phone.goto("/")
    phone.locator("#place > summary").click()
    phone.get_by_label("동 이름, 시설 이름, 주소").fill("시험 도서관")
    phone.get_by_label("동 이름, 시설 이름, 주소").press("Enter")
    expect(phone.locator("#place > summary")).to_contain_text("시험도서관")
    expect(phone.locator(CARDS)).to_have_count(3)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("수완 동", "수완동"),
        ("수완", "수완동"),
        ("Suwan-dong", "광산구 수완동"),
        ("Suwan-dong, Gwangsan-gu", "광산구 수완동"),
        ("광산구", "광산구청"),
        ("삼도동 주민센터", "삼도동 행정복지센터"),
        ("광산로 70", "송정1동 행정복지센터"),
        ("광주 광산구 광산로 70", "송정1동 행정복지센터"),
        ("광주시 광산구 광산로 70", "송정1동 행정복지센터"),
        ("전남광주통합특별시 광산구 광산로 70", "송정1동 행정복지센터"),
    ],
)
def test_names_are_found_as_people_say_them(phone: Page, words: str, found: str) -> None:
    phone.goto(f"/?place={words}")
    expect(phone.locator("#place > summary b")).to_have_text(found)


def test_what_the_box_gives_as_examples_is_found(phone: Page) -> None:
    phone.goto("/")
    examples = phone.locator("#place-words").get_attribute("placeholder") or ""
    for example in examples.removeprefix("예: ").split(", "):
        phone.goto(f"/?place={example}")
        expect(phone.locator("#place > summary b")).to_have_text(example)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?place=그런곳은없습니다", "송정2동 주변"),
        ("/?place=동", "송정2동 주변"),
        ("/en/?place=Nowhere-dong", "in Korean letters"),
    ],
)
def test_an_unknown_name_is_said_and_nothing_is_lost(phone: Page, address: str, said: str) -> None:
    phone.goto(address)
    alert = phone.get_by_role("alert").first
    expect(alert).to_contain_text(address.split("=")[1])
    expect(alert).to_contain_text(said)
    expect(phone.locator(CARDS).first).to_be_visible()


def test_a_name_that_many_places_bear_offers_the_others(phone: Page) -> None:
    phone.goto("/?place=송정")
    phone.get_by_text("이름이 비슷한 곳이 더 있어요.").click()
    phone.get_by_role("link", name="송정1동", exact=True).last.click()
    expect(phone.locator("#place > summary")).to_contain_text("송정1동")
    expect(phone.get_by_text("이름이 비슷한 곳이 더 있어요.")).to_have_count(0)


def test_chips_change_the_results_and_nothing_else(phone: Page) -> None:
    phone.goto(at(STREET))
    phone.evaluate("window.stayed = true")
    phone.get_by_role("link", name="일자리", exact=True).click()
    expect(phone.locator(CARDS)).to_have_count(2)
    expect(phone.get_by_role("link", name="일자리", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    expect(phone.locator("#say")).to_contain_text("2곳")
    assert phone.evaluate("window.stayed && document.activeElement.id") == "chip-job"
    expect(phone).to_have_url(re.compile("kind=job"))


def test_back_brings_the_list_and_the_scroll_back(phone: Page) -> None:
    phone.goto(at(SQUARE))
    card = phone.locator(CARDS).nth(20).get_by_role("link")
    card.scroll_into_view_if_needed()
    before = phone.evaluate("scrollY")
    card.click()
    expect(phone.get_by_role("button", name="인쇄")).to_be_visible()  # the script is there
    phone.locator("#back").click()
    expect(phone.locator(CARDS)).to_have_count(50)
    phone.wait_for_function("before => Math.abs(scrollY - before) < 60", arg=before)


def test_back_undoes_a_chip(phone: Page) -> None:
    phone.goto(at(STREET))
    phone.get_by_role("link", name="빈 공간", exact=True).click()
    expect(phone.locator(CARDS)).to_have_count(1)
    phone.go_back()
    expect(phone.locator(CARDS)).to_have_count(3)


def test_an_empty_circle_names_the_nearest_and_widens_to_it(phone: Page) -> None:
    phone.goto(at(FIELD))
    expect(phone.locator(".nothing")).to_contain_text("걸어서 13분")
    expect(phone.locator(".nothing")).to_contain_text("들판 건너 일손")
    phone.get_by_role("link", name="1km로 넓히기").click()
    expect(phone.locator(CARDS)).to_have_count(1)
    expect(phone.locator("#count")).to_contain_text("1km")


def test_where_nothing_is_for_miles_no_false_hope_is_given(phone: Page) -> None:
    phone.goto(at(SEA, q="들판에도바다에도없는말"))
    expect(phone.locator(".nothing")).to_contain_text("들판에도바다에도없는말")
    expect(phone.get_by_role("link", name="1km로 넓히기")).to_have_count(0)
    phone.get_by_role("link", name="낱말 없이 찾기").click()
    expect(phone.locator(".nothing > p").first).to_contain_text("직선으로 2")
    expect(phone.locator(".nothing")).not_to_contain_text("분")
    phone.get_by_role("link", name="다른 동 고르기").click()
    expect(phone.get_by_label("동 이름, 시설 이름, 주소")).to_be_visible()


def test_each_condition_of_an_empty_answer_can_be_dropped_alone(phone: Page) -> None:
    phone.goto(at(STREET, kind="space", q="책"))
    expect(phone.locator(".nothing").get_by_role("link", name="낱말 없이 찾기")).to_be_visible()
    phone.locator(".nothing").get_by_role("link", name="모든 종류 보기").click()
    expect(phone.locator(CARDS)).to_have_count(2)


def test_more_goes_on_with_the_next_numbers_on_list_and_map(phone: Page) -> None:
    phone.goto(at(SQUARE))
    expect(phone.locator(CARDS)).to_have_count(50)
    phone.get_by_role("link", name="다음 50곳 보기").click()
    expect(phone.locator(CARDS)).to_have_count(CROWD - 50)
    expect(phone.locator("#n51")).to_be_visible()
    for pins in (".pins.few", ".pins:not(.few)"):
        on_map = phone.locator(f".svgmap {pins} .mappin").evaluate_all(
            "pins => pins.flatMap(pin => pin.dataset.numbers.split(' ').map(Number))"
        )
        assert sorted(on_map) == list(range(51, CROWD + 1))
    phone.get_by_role("link", name="처음으로").click()
    expect(phone.locator("#n1")).to_be_visible()


def test_a_slow_walk_takes_more_minutes(phone: Page) -> None:
    phone.goto(at(STREET))
    expect(phone.locator("#n3 .walk")).to_contain_text("5분")
    phone.locator("#more > summary").click()
    phone.get_by_label("천천히 걷는 시간으로 보기").check()
    phone.get_by_role("button", name="적용").click()
    expect(phone.locator("#n3 .walk")).to_contain_text("7분")


def test_words_and_opening_hours_narrow_the_list(phone: Page) -> None:
    phone.goto(at(STREET))
    phone.locator("#more > summary").click()
    phone.get_by_label("낱말로 찾기").fill("어린이 책")
    phone.get_by_label("지금 여는 곳만").check()
    phone.get_by_role("button", name="적용").click()
    expect(phone.locator(CARDS)).to_have_count(1)
    expect(phone.locator(CARDS)).to_contain_text("읽어 주기")
    expect(phone).to_have_url(re.compile("open=now"))


def test_a_map_one_can_read_leaves_room_for_three_titles_on_a_phone(phone: Page) -> None:
    phone.goto(at(STREET))
    shown = phone.locator(".mappin text").filter(visible=True)
    expect(shown).to_have_text(["3", "1–2"])
    for number in shown.all():
        box = number.bounding_box()
        assert box is not None
        assert box["height"] >= LEGIBLE_PX
    third = phone.locator(CARDS).nth(2).get_by_role("link").bounding_box()
    assert third is not None
    assert third["y"] + third["height"] <= 860  # a glimpse of the third, below the row of chips


def test_a_lost_connection_keeps_the_list_and_says_so(visitor: Visitor) -> None:
    phone = visitor(PHONE, in_trouble=True)
    phone.goto(at(STREET))
    expect(phone.locator(CARDS)).to_have_count(3)
    phone.context.set_offline(True)
    phone.get_by_role("link", name="일자리", exact=True).click()
    expect(phone.locator("#failed")).to_be_visible()
    expect(phone.locator(CARDS)).to_have_count(3)


@pytest.mark.parametrize(
    "address", ["/?lat=x&lng=1", "/?lat=35", "/?within=9", "/?open=now&at=0001-01-01T00:00%2B14:00"]
)
def test_an_address_that_makes_no_sense_is_answered_with_a_page(phone: Page, address: str) -> None:
    response = phone.goto(address)
    assert response is not None
    assert response.status == 422
    expect(phone.get_by_role("link", name="내 주변 찾기로 가기")).to_be_visible()
