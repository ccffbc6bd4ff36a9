"""A form as people meet it: every mistake in place, nothing typed twice."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.markup import Found
from tests.samples import GOOD, a_site


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    """The site of one form."""
    with TestClient(a_site(), follow_redirects=False) as client:
        yield client


def send(site: TestClient, path: str = "/sample", **said: str | list[str]) -> Found:
    answer = site.post(path, data=GOOD | said)
    assert answer.status_code == 422
    return Found(answer.text)


def test_files_that_nobody_chose_are_none(site: TestClient) -> None:
    answer = site.post("/sample", data=GOOD, files={"picture": ("", b"")})
    assert answer.status_code == 200
    assert site.post("/sample", data=GOOD, files={"picture": ("a.png", b"x")}).status_code == 200


WRONG = [
    ({"title": ""}, "제목", "적어 주세요.", "Please fill this in."),
    ({"title": "책"}, "제목", "너무 짧아요. 2자 이상", "at least 2 characters"),
    ({"title": "책" * 21}, "제목", "너무 길어요. 20자까지", "at most 20 characters"),
    ({"body": "책" * 101}, "하는 일", "너무 길어요. 100자까지", "at most 100 characters"),
    ({"email": "a"}, "전자우편", "name@example.com처럼", "like name@example.com"),
    ({"phone": "119"}, "전화번호", "010-1234-5678처럼", "like 010-1234-5678"),
    ({"secret": "12345678"}, "비밀번호", "10자 이상", "at least 10 characters"),
    ({"pay_won": "9000"}, "시간당 받는 돈", "10,000부터 100,000,000까지", "from 10,000"),
    ({"pay_won": "많이"}, "시간당 받는 돈", "숫자로 적어 주세요.", "write a number"),
    ({"seats": "21"}, "몇 사람", "1부터 20까지", "from 1 to 20"),
    ({"day": "12/1"}, "언제", "날짜를 다시 확인해 주세요.", "check the date"),
    ({"day": "3000-01-01"}, "언제", "너무 이르거나 늦어요.", "too early or too late"),
    ({"starts": "25:00"}, "몇 시부터", "시각을 다시 확인해 주세요.", "check the time"),
    ({"until": "1999-01-01T00:00"}, "언제까지 받나요", "2000년과 2100년 사이", "between 2000 and"),
    ({"dong": ""}, "동네", "골라 주세요.", "Please choose."),
    ({"dong": "mars"}, "동네", "보기 가운데에서", "one of those shown"),
    ({"weekdays": ["0"] * 8}, "무슨 요일", "7개까지", "at most 7"),
    ({"agreed": ""}, "지킬 것을 읽었고 동의해요", "표시해야", "Tick this box"),
]


@pytest.mark.parametrize(("said", "label", "korean", "english"), WRONG)
def test_every_mistake_is_told_in_plain_words_beside_its_field_and_above(
    site: TestClient, said: dict[str, str | list[str]], label: str, korean: str, english: str
) -> None:
    (name,) = said
    for path, words in (("/sample", korean), ("/en/sample", english)):
        found = send(site, path, **said)
        assert words in found.text[f"f-{name}-wrong"]
        assert words in found.text["faults"]
        assert label in found.text["faults"]
        assert ("a", {"href": f"#f-{name}"}) in found.elements


def test_a_field_names_its_hint_and_its_mistake(site: TestClient) -> None:
    title = send(site, title="").named("title")
    assert title["aria-describedby"] == "f-title-hint f-title-wrong"
    assert title["aria-invalid"] == "true"
    good = Found(site.get("/sample").text).named("email")
    assert "aria-describedby" not in good
    assert "aria-invalid" not in good


def test_everything_typed_is_kept_but_secrets(site: TestClient) -> None:
    said = {"title": "", "body": '</textarea><b>"', "secret": "hunter2hunter2", "phone": "010-1"}
    html = site.post("/sample", data=GOOD | said | {"weekdays": ["0", "2"]}).text
    found = Found(html)
    assert found.text["f-body"] == '\n</textarea><b>"'
    assert found.named("pay_won")["value"] == "11,500"
    assert found.named("phone")["value"] == "010-1"
    assert "hunter2" not in html
    checked = [attrs["value"] for _, attrs in found.elements if "checked" in attrs]
    assert checked == ["once", "0", "2", "true"]
    assert [attrs["value"] for _, attrs in found.elements if "selected" in attrs] == ["dosan"]
    assert "파일은 다시 골라 주세요." in found.text["f-picture-hint"]


def test_a_mistake_of_the_whole_stands_above(site: TestClient) -> None:
    found = send(site, kind="weekly")
    assert "무슨 요일인지 골라 주세요." in found.text["faults"]
    assert "f-kind-wrong" not in found.text
    assert "Choose the days" in send(site, "/en/sample", kind="weekly").text["faults"]


def test_a_problem_of_a_deed_is_told_by_the_form(site: TestClient) -> None:
    assert "이제 일손이 필요하지 않아요." in send(site, title="필요 없음").text["faults"]
    english = send(site, "/en/sample", title="필요 없음")
    assert "Nobody is needed any more." in english.text["faults"]
    taken = send(site, title="같은 제목")
    assert "같은 제목이 이미 있어요." in taken.text["f-title-wrong"]
    assert (
        "Choose another title." in send(site, "/en/sample", title="같은 제목").text["f-title-wrong"]
    )


def test_a_problem_page_says_the_problems_own_words(site: TestClient) -> None:
    said = {"/problem": "이제 일손이 필요하지 않아요.", "/en/problem": "Nobody is needed any more."}
    for path, words in said.items():
        answer = site.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 409
        assert words in answer.text
    told = site.get("/problem").json()
    assert told["title"] == "Nobody is needed any more."
    assert "korean" not in told


def test_each_showing_has_its_own_key(site: TestClient) -> None:
    keys = {Found(site.get("/sample").text).named("once")["value"] for _ in range(2)}
    assert len(keys) == 2
    assert min(map(len, keys)) >= 20
