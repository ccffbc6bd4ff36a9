"""One row, one defect at a time: repaired and said how, held back and said why, or refused."""

import pytest

from geo_service.facilities.imports.addresses import read_address
from geo_service.facilities.imports.contacts import read_homepage, read_phone
from geo_service.facilities.imports.fees import read_fee
from geo_service.facilities.imports.names import name_room
from geo_service.facilities.imports.providers import day_in, provider_in, provider_key
from geo_service.facilities.imports.sizes import read_date, read_number
from geo_service.facilities.imports.times import hours_words
from geo_service.facilities.imports.words import without_mobiles
from geo_service.facilities.workflow.offices import kind_of_office
from geo_service.geo.place import Place
from geo_service.offices.models import OfficeKind
from tests.facility_rows import LIBRARIES, codes, draft, drafts


def test_a_row_without_defects_is_taken_as_it_is() -> None:
    found = draft()
    assert found.believable
    assert found.repairs == []
    assert found.title == "해오름주민센터 회의실"
    assert found.facility == "해오름주민센터"
    assert found.place == Place(35.140746, 126.798783)
    assert found.open_week == tuple((day * 1440 + 540, day * 1440 + 1080) for day in range(5))
    assert set(found.closed_days) == {"sat", "sun", "holiday"}
    assert (found.fee_won, found.fee_minutes) == (10_000, 120)
    assert found.fee_words == "2시간 10,000원, 초과 1시간마다 5,000원"
    assert found.phone == "+82629600001"
    assert found.equipment == ("책상", "의자")


@pytest.mark.parametrize(
    ("text", "door", "dong"),
    [
        ("경기도 수원시 영통구 반달로 45 (영통동) 청명동 4층", "반달로45", "영통동"),
        ("부산광역시 연제구 아시아드대로22번길 19(거제동)", "아시아드대로22번길19", "거제동"),
        ("서울특별시 동대문구 천호대로 27길 35", "천호대로27길35", ""),
        ("서울특별시 강서구 양천로67 가길 63", "양천로67가길63", ""),
        ("전라남도 순천시 삼산로16", "삼산로16", ""),
        ("서울특별시 노원구 노해로 지하 63, 2층", "노해로지하63", ""),
        ("충청남도 천안시 서북구 미라10길 21", "미라10길21", ""),
        ("서울특별시 성동구 행당로 15(금호동1가, 주민센터)", "행당로15", "금호동1가"),
        ("경상남도 진주시 수곡면 곤수로 972, (대천리)", "곤수로972", "대천리"),
        ("서울특별시　중구　남대문로1길　31-5", "남대문로1길31-5", ""),
    ],
)
def test_an_address_is_taken_apart(text: str, door: str, dong: str) -> None:
    found = read_address(" ".join(text.split()))
    assert (found.door, found.dong) == (door, dong)
    assert found.sigungu


@pytest.mark.parametrize(
    ("text", "dong", "lot"),
    [
        ("전라북도 고창군 상하면 산56-1", "상하면", "산56-1"),
        ("서울특별시 종로구 종로1가 1-1", "종로1가", "종로1가1-1"),
        ("광주광역시 북구 각화동 46-1", "각화동", "각화동46-1"),
        ("서울특별시 성동구 금호동1가 127-2", "금호동1가", "금호동1가127-2"),
    ],
)
def test_a_lot_number_is_no_road(text: str, dong: str, lot: str) -> None:
    found = read_address(text)
    assert (found.door, found.dong, found.lot) == ("", dong, lot)


def test_merged_gwangju_is_gwangju_and_gwangju_in_gyeonggi_is_not() -> None:
    before, merged = "광주광역시 광산구 광산로 70", "전남광주통합특별시 광산구 광산로 70"
    assert read_address(before)[1:5] == read_address(merged)[1:5]
    assert read_address("전남광주통합특별시 목포시 영산로 1").sido == "전남"
    assert read_address("경기도 광주시 파발로 176")[1:3] == ("경기", "광주시")


@pytest.mark.parametrize(
    ("said", "repair"),
    [
        ({"소재지도로명주소": "광주광역시 광산구 광산로70"}, "spaced-address"),
        ({"소재지도로명주소": "광주광역시 광산구 송정동 833-1"}, "lot-in-road"),
        ({"소재지도로명주소": "광주광역시 광산로 70"}, "district-filled"),
        ({"소재지도로명주소": "광산구 광산로 70"}, "district-filled"),
        ({"개방시설유형구분": "회ㅢ실"}, "type-corrected"),
        ({"사용안내전화번호": "010-0000-0000"}, "mobile-dropped"),
        ({"사용안내전화번호": "없는번호"}, "phone-dropped"),
        ({"사용안내전화번호": "960-0001"}, "area-code-filled"),
        ({"홈페이지주소": "목포시청"}, "homepage-dropped"),
        ({"홈페이지주소": "javascript://x.kr/%0aalert(1)"}, "homepage-dropped"),
        ({"수용가능인원수": "열 명"}, "number-dropped"),
        ({"데이터기준일자": "작년"}, "date-dropped"),
        ({"평일운영시작시각": "9시"}, "hours-unread"),
        ({"평일운영시작시각": ""}, "hours-unread"),
        ({"휴관일": "토요일, 일요일 개방"}, "closed-days-unread"),
    ],
)
def test_a_defect_is_repaired_and_said(said: dict[str, str], repair: str) -> None:
    found = draft(**said)
    assert found.believable
    assert codes(found.repairs) == [repair]


@pytest.mark.parametrize(
    ("lat", "lng", "doubt"),
    [
        ("", "126.798783", "no-point"),
        ("0", "0", "no-point"),
        ("북위 35도", "126.7", "not-a-point"),
        ("nan", "126.7", "not-a-point"),
        ("34.1234567", "123.1234567", "placeholder-point"),
        ("37.5800468", "120.0008072", "outside-korea"),
        ("126.798783", "35.140746", "swapped-unsure"),
    ],
)
def test_a_point_that_is_none_holds_the_row_back(lat: str, lng: str, doubt: str) -> None:
    found = draft(위도=lat, 경도=lng)
    assert found.place is None
    assert codes(found.doubts) == [doubt]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"개방시설명": "", "개방장소명": "-"}, "no-name"),
        ({"소재지도로명주소": ""}, "no-address"),
        ({"제공기관명": ""}, "no-provider"),
    ],
)
def test_a_row_without_its_essentials_is_refused(said: dict[str, str], fault: str) -> None:
    assert codes(draft(**said).faults) == [fault]


def test_a_district_column_may_hold_the_province_too() -> None:
    row = {
        "도서관명": "솔빛작은도서관", "시도명": "서울특별시", "시군구명": "서울특별시 도봉구",
        "도서관유형": "작은도서관", "열람좌석수": "12",
        "소재지도로명주소": "서울특별시 도봉구 마들로 656",
        "위도": "37.6686", "경도": "127.047", "제공기관명": "서울특별시 도봉구",
    }  # fmt: skip
    found = drafts(row, dataset=LIBRARIES)[0]
    assert (found.sido, found.sigungu, found.capacity) == ("서울", "도봉구", 12)


@pytest.mark.parametrize("closed", ["00:00", "09:00"])
def test_equal_times_are_closed(closed: str) -> None:
    found = draft(주말운영시작시각=closed, 주말운영종료시각=closed, 휴관일="연중무휴")
    assert len(found.open_week) == 5
    assert "주말 쉼" in found.hours_words


@pytest.mark.parametrize(
    ("closed", "words"),
    [
        ("토+일", "평일 09:00~22:00, 주말 쉼"),
        ("일", "월~토 09:00~22:00, 일요일 쉼"),
        ("월", "화~일 09:00~22:00, 월요일 쉼"),
        ("월+수", "화·목~일 09:00~22:00, 월·수 쉼"),
        ("월+화+수+목+금", "주말 09:00~22:00, 평일 쉼"),
        ("공휴일", "매일 09:00~22:00"),
        ("월+화+수+목+금+토+일", "매일 09:00~22:00"),
    ],
)
def test_days_that_are_shut_every_week_are_so_in_words_too(closed: str, words: str) -> None:
    hours = dict.fromkeys(("평일운영시작시각", "주말운영시작시각"), "09:00")
    hours |= dict.fromkeys(("평일운영종료시각", "주말운영종료시각"), "22:00")
    assert draft(**hours, 휴관일=closed).hours_words == words


def test_shut_days_beside_other_hours_leave_the_rest_as_it_was_told() -> None:
    week, closed = ("09:00", "18:00"), ("00:00", "00:00")
    short = ("10:00", "15:00")
    assert hours_words(week, closed, closed, frozenset({5, 6})) == "평일 09:00~18:00, 주말 쉼"
    told = hours_words(week, short, closed, frozenset({0}))
    assert told == "화~금 09:00~18:00, 토요일 10:00~15:00, 일요일·공휴일 쉼, 월요일 쉼"
    assert hours_words(week, ("", ""), ("", ""), frozenset({6})) == "평일 09:00~18:00"


def test_a_library_that_seems_open_all_night_keeps_its_words_only() -> None:
    found = draft(평일운영시작시각="09:30", 평일운영종료시각="06:00")
    assert found.open_week == ()
    assert "평일 09:30~06:00" in found.hours_words
    assert codes(found.repairs) == ["hours-unread"]


@pytest.mark.parametrize("until", ["24:00", "23:59"])
def test_midnight_is_written_in_two_ways(until: str) -> None:
    found = draft(평일운영시작시각="00:00", 평일운영종료시각=until, 휴관일="")
    assert found.open_week == ((0, 5 * 1440),)


def test_seconds_are_no_part_of_opening_hours() -> None:
    found = draft(평일운영시작시각="9:00:00", 평일운영종료시각="18:00:00")
    assert found.open_week == draft().open_week


def test_a_room_that_is_never_open_has_unknown_hours() -> None:
    assert draft(휴관일="월+화+수+목+금+토+일").open_week == ()


@pytest.mark.parametrize(
    ("cells", "won", "minutes", "words"),
    [
        (("n", "", ""), 0, None, "무료"),
        (("N", "1", "무료"), 0, None, "무료"),
        (("y", "0.5", "5,000원"), 5_000, 30, "30분 5,000원"),
        (("Y", "", "4시간 20,000원"), 20_000, 240, "4시간 20,000원"),
        (("Y", "", "10000"), None, None, "10,000원"),
        (("Y", "2", "(평일)45000+(주말)54000"), None, None, "(평일)45000+(주말)54000"),
        (("Y", "131400", "20000"), None, None, "20,000원"),
        (("Y", "1", "20"), None, None, "20"),
        (("N", "1", "20000"), None, None, "무료 표시, 20000"),
        (("Y", "", ""), None, None, "유료"),
        (("Y", "1", "0"), None, None, "유료"),
        (("Y", "1", "무료"), 0, None, "무료"),
    ],
)
def test_a_fee_becomes_won_only_without_doubt(
    cells: tuple[str, str, str], won: int | None, minutes: int | None, words: str
) -> None:
    assert read_fee(*cells) == (words, won, minutes)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("02-2670-1134", "+82226701134"),
        ("041)835-2941", "+82418352941"),
        ("062-960-0001~2", "+82629600001"),
        ("1577-2013", "+8215772013"),
        ("+82 62 960 0001", "+82629600001"),
        ("-", None),
    ],
)
def test_a_telephone_is_kept_in_one_form(cell: str, number: str | None) -> None:
    assert read_phone(cell, "광주") == (number, None)


def test_a_mobile_number_is_nowhere_in_the_draft() -> None:
    found = draft(
        사용안내전화번호="010-1234-5678", 부대시설정보="문의 011 123 4567", 위도="35.0101234567"
    )
    told = repr(found)
    assert "5678" not in told
    assert "4567" not in told.replace("35.0101234567", "")
    assert found.place


@pytest.mark.parametrize(
    "number",
    [
        "010–1234–5678", "010－1234－5678", "010−1234−5678", "010‐1234—5678",
        "０１０-１２３４-５６７８",
        "０１０−1234−5678", "82-10-1234-5678", "+82 (0)10-1234-5678", "+82-10-1234-5678",
        "0082 10 1234 5678", "821012345678", "0 1 0-1234-5678", "0 1 0 1 2 3 4 5 6 7 8",
        "o10-1234-5678", "O10 1234 5678", "(010)1234-5678", "010.1234.5678", "01012345678",
        "010-12345678", "016-234-5678", "010/1234/5678", "010ㅡ1234ㅡ5678", "01O-1234-5678",
        "010~1234~5678", "010:1234:5678", "010,1234,5678", "010*1234*5678", "010=1234=5678",
        "1023456789",
    ],
)  # fmt: skip
def test_a_mobile_number_is_dropped_however_it_is_written(number: str) -> None:
    assert read_phone(number, "광주").value is None
    found = draft(
        사용안내전화번호=number,
        부대시설정보=f"빔+문의 {number} 관리인 http://a.kr",
        휴관일=f"{number} 문의",
        신청방법구분=f"전화({number})",
    )
    told = repr(found)
    assert "mobile-dropped" in codes(found.repairs)
    assert "5678" not in told
    assert "５６７８" not in told
    assert "5 6 7 8" not in told
    assert "빔" in found.equipment


@pytest.mark.parametrize("number", ["1899-1234", "070-4123-4567", "062–960–0001", "０２-2670-1134"])
def test_an_office_keeps_its_number(number: str) -> None:
    assert read_phone(number, "광주").value is not None


@pytest.mark.parametrize(
    "cell",
    [
        "82.1012345678",
        "2024-01-10 2024-12-31",
        "37.0101234567",
        "3630000",
        "0100-1234",
        "1004010100",
    ],
)
def test_other_digits_are_no_mobile_number(cell: str) -> None:
    assert without_mobiles(cell) == cell


def test_only_the_web_is_a_homepage() -> None:
    assert read_homepage("www.gwangsan.go.kr").value == "http://www.gwangsan.go.kr"
    assert read_homepage("https://a.kr/x?y=1").value == "https://a.kr/x?y=1"
    assert read_homepage("ftp://a.kr").value is None
    assert read_homepage("http://user@a.kr").value is None


@pytest.mark.parametrize(
    ("facility", "room", "title", "building"),
    [
        (
            "거제2동주민센터 강당",
            "거제2동주민센터 3층 강당",
            "거제2동주민센터 3층 강당",
            "거제2동주민센터",
        ),
        ("다목적실(16층)", "도봉구청", "도봉구청 다목적실(16층)", "도봉구청"),
        ("한남동주민센터", "2층 컴퓨터실", "한남동주민센터 2층 컴퓨터실", "한남동주민센터"),
        ("체육관", "대정문화체육센터", "대정문화체육센터 체육관", "대정문화체육센터"),
        ("가락본동주민센터", "가락본동주민센터", "가락본동주민센터 회의실", "가락본동주민센터"),
    ],
)
def test_a_room_is_called_what_people_call_it(
    facility: str, room: str, title: str, building: str
) -> None:
    assert name_room(facility, room, "회의실", "")[:2] == (title, building)


def test_a_room_has_one_identity_whichever_column_names_it() -> None:
    one = name_room("해오름주민센터", "광산구 3층 회의실", "", "광산구")
    other = name_room("3층 회의실", "해오름행정복지센터", "", "광산구")
    assert one.identity == other.identity


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("송정1동행정복지센터", OfficeKind.DONG_CENTRE),
        ("서울특별시 중구 소공동", OfficeKind.DONG_CENTRE),
        ("광주광역시 광산구청", OfficeKind.DISTRICT_OFFICE),
        ("광주광역시 광산구", OfficeKind.DISTRICT_OFFICE),
        ("송광종합사회복지관", OfficeKind.WELFARE_CENTRE),
        ("운남어린이도서관", OfficeKind.LIBRARY),
        ("솔빛마을경로당", OfficeKind.SENIOR_CENTRE),
        ("수완초등학교", OfficeKind.SCHOOL),
        ("창원시설공단", OfficeKind.INSTITUTION),
    ],
)
def test_an_office_is_known_by_its_name(name: str, kind: OfficeKind) -> None:
    assert kind_of_office(name) == kind


def test_a_file_name_names_its_provider_and_its_day() -> None:
    name = "서울특별시_은평구_공공시설개방정보_20210901_1630924965389_13572"
    assert provider_in(name) == "서울특별시 은평구"
    assert str(day_in(name)) == "2021-09-01"
    assert provider_in("대구광역시_경로당_20231231") == "대구광역시"
    assert provider_in("rooms") is None
    assert day_in("rooms_20231301") is None


def test_a_provider_keeps_its_key_when_provinces_change_names() -> None:
    assert provider_key("전남광주통합특별시 광산구") == provider_key("광주광역시 광산구")
    assert provider_key("강원특별자치도 춘천시") == provider_key("강원도 춘천시")
    assert provider_key("경기도 광주시") != provider_key("광주광역시")


def test_numbers_and_dates_are_read_with_their_units() -> None:
    assert [str(read_number(cell)) for cell in ("1,002", "45.5㎡", "20명", "2750+2750")] == [
        "1002", "45.5", "20", "None",
    ]  # fmt: skip
    assert str(read_date("2023.4.7")) == "2023-04-07"
    assert read_date("2023-02-30") is None
    assert read_date("1023-02-03") is None
