"""Nobody overwrites unseen what another person wrote."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.markup import Found
from tests.samples import Kind, Offer, a_site

NEW = {"title": "새 제목", "kind": "once"}

Said = dict[str, str | list[str]]


@pytest.fixture(scope="module")
def site() -> FastAPI:
    """The site of one offer."""
    return a_site()


@pytest.fixture
def offer(site: FastAPI) -> Offer:
    """The offer, as it was first."""
    site.state.offer = Offer()
    return site.state.offer


@pytest.fixture
def me(site: FastAPI, offer: Offer) -> Iterator[TestClient]:
    """Somebody who edits it."""
    assert offer
    with TestClient(site, follow_redirects=False) as client:
        yield client


def opened(me: TestClient) -> Said:
    """The form as it is shown, ready to be sent."""
    found = Found(me.get("/edit").text)
    return {
        "title": found.named("title")["value"],
        "body": found.text["f-body"].removeprefix("\n"),
        "kind": "once",
        "version": found.named("version")["value"],
    }


def test_programs_are_given_the_version_and_send_it_back(me: TestClient) -> None:
    seen = me.get("/api/offer").headers["etag"]
    assert me.patch("/api/offer", json=NEW, headers={"If-Match": seen}).json() == 2
    late = me.patch("/api/offer", json=NEW | {"title": "늦음"}, headers={"If-Match": seen})
    assert late.status_code == 412
    assert late.json()["type"] == "/problems/changed-meanwhile"
    assert late.json()["fields"] == ["title"]
    assert late.json()["version"] == 2
    assert me.get("/api/offer").json()["title"] == "새 제목"


def test_programs_that_do_not_say_what_they_saw_are_asked_to(me: TestClient, offer: Offer) -> None:
    assert me.patch("/api/offer", json=NEW).status_code == 428
    assert me.patch("/api/offer", json=NEW, headers={"If-Match": "*"}).status_code == 200
    assert offer.version == 2


@pytest.mark.parametrize("said", ['"2"', "1", 'W/"1"', '"1", "2"', '"x"', "", '"99999999999999"'])
def test_what_is_not_the_present_tag_changes_nothing(
    me: TestClient, offer: Offer, said: str
) -> None:
    assert me.patch("/api/offer", json=NEW, headers={"If-Match": said}).status_code == 412
    assert offer.version == 1


def test_an_edit_of_what_nobody_else_touched_goes_through(me: TestClient, offer: Offer) -> None:
    form = opened(me)
    assert me.post("/edit", data=form | {"title": "새 제목"}).status_code == 303
    assert (offer.title, offer.body, offer.version) == ("새 제목", "서가에 꽂기", 2)


def test_both_changes_are_shown_side_by_side(me: TestClient, offer: Offer) -> None:
    form = opened(me)
    offer.change(title="남의 제목", body="남의 말", kind=Kind.WEEKLY)
    answer = me.post("/edit", data=form | {"title": "내 제목"})
    assert answer.status_code == 422
    assert offer.title == "남의 제목"
    choices = Found(answer.text)
    assert [
        (attrs["name"], attrs["value"])
        for _, attrs in choices.elements
        if attrs.get("name", "").startswith("take-") and "checked" in attrs
    ] == [("take-title", "mine"), ("take-body", "theirs"), ("take-kind", "theirs")]
    for words in ("남의 제목", "내 제목", "남의 말", "매주", "그 사이에 다른 사람이 고쳤어요"):
        assert words in answer.text
    assert choices.named("title")["value"] == "내 제목"


@pytest.mark.parametrize(("taken", "kept"), [("mine", "내 제목"), ("theirs", "남의 제목")])
def test_whoever_has_seen_both_decides(me: TestClient, offer: Offer, taken: str, kept: str) -> None:
    form: dict[str, Any] = opened(me) | {"title": "내 제목"}
    offer.change(title="남의 제목", weekdays=[0, 2])
    shown = Found(me.post("/edit", data=form).text)
    form |= {"version": shown.named("version")["value"]}
    form |= {"take-title": taken, "take-weekdays": "theirs"}
    assert me.post("/edit", data=form).status_code == 303
    assert (offer.title, offer.weekdays, offer.body) == (kept, [0, 2], "서가에 꽂기")


def test_a_third_change_is_shown_again(me: TestClient, offer: Offer) -> None:
    form = opened(me) | {"title": "내 제목"}
    offer.change(title="둘째")
    shown = Found(me.post("/edit", data=form).text)
    offer.change(title="셋째")
    again = form | {"version": shown.named("version")["value"], "take-title": "mine"}
    answer = me.post("/edit", data=again)
    assert answer.status_code == 422
    assert "셋째" in answer.text


def test_the_same_change_by_two_people_is_no_conflict(me: TestClient, offer: Offer) -> None:
    form = opened(me)
    offer.change(title="같은 제목")
    assert me.post("/edit", data=form | {"title": "같은 제목"}).status_code == 303


def test_a_form_that_names_no_version_overwrites_nothing_unseen(
    me: TestClient, offer: Offer
) -> None:
    form = {name: said for name, said in opened(me).items() if name != "version"}
    assert me.post("/edit", data=form | {"title": "내 제목"}).status_code == 422
    assert offer.title == "책 정리"


def test_a_mistake_keeps_the_version_that_was_seen(me: TestClient, offer: Offer) -> None:
    form = opened(me)
    shown = Found(me.post("/edit", data=form | {"title": ""}).text)
    offer.change(title="남의 제목")
    fixed = form | {"version": shown.named("version")["value"], "title": "내 제목"}
    assert me.post("/edit", data=fixed).status_code == 422
    assert offer.title == "남의 제목"
