"""Points that only other rows of the file can doubt."""

from geo_service.areas.models import Level, Register
from geo_service.facilities.imports.coordinates import dragged
from geo_service.facilities.imports.neighbours import (
    Middles,
    doubt_dragged,
    doubt_points_apart,
    doubt_stand_ins,
)
from geo_service.facilities.imports.outlines import Outlines
from geo_service.facilities.queries import Outlined
from geo_service.geo.place import Place
from tests.facility_rows import codes, drafts, numbered, room


def test_a_fill_handle_counts_up_by_one_degree() -> None:
    column = ["35.220396", "36.220396", "37.220396", "37.220396", "35.1"]
    assert dragged([(lat, "128.581073") for lat in column]) == {1, 2}
    assert dragged([("35.1", "128.5"), ("36.1", "129.5")]) == set()
    assert dragged([("35.220396", ""), ("36.220396", "")]) == set()
    for above, here in (("9" * 5_000, "9" * 5_001), ("²", "³"), ("", "1")):
        assert dragged([(f"{above}.1234", "128.581073"), (f"{here}.1234", "128.581073")]) == set()


def test_dragged_points_hold_their_rows_back() -> None:
    rows = numbered(3)
    for number, row in enumerate(rows):
        row["위도"] = f"{35 + number}.220396"
    found = drafts(*rows)
    doubt_dragged(found, [(row["위도"], row["경도"]) for row in rows])
    assert [codes(draft.doubts) for draft in found] == [[], ["dragged-point"], ["dragged-point"]]


def test_one_point_for_many_roads_stands_in_for_all_of_them() -> None:
    roads = ("광산로 70", "도산로 12", "상무대로 1")
    found = drafts(*(room(소재지도로명주소=f"광주광역시 광산구 {road}") for road in roads))
    doubt_stand_ins(found)
    assert [codes(draft.doubts) for draft in found] == [["stand-in-point"]] * 3


def test_neighbouring_numbers_of_a_road_may_share_a_point() -> None:
    found = drafts(*(room(소재지도로명주소=f"광주광역시 광산구 광산로 {n}") for n in (1, 3, 5)))
    doubt_stand_ins(found)
    assert all(draft.believable for draft in found)


def test_of_one_address_the_minority_is_doubted() -> None:
    found = drafts(room(), room(), room(위도="35.142"))
    doubt_points_apart(found)
    assert [codes(draft.doubts) for draft in found] == [[], [], ["points-apart"]]


def test_of_one_address_at_two_points_neither_is_believed() -> None:
    found = drafts(room(), room(위도="35.142"))
    doubt_points_apart(found)
    assert [codes(draft.doubts) for draft in found] == [["points-apart"]] * 2


def test_pitches_of_a_sports_park_may_lie_farther_apart_than_rooms() -> None:
    found = drafts(*(room(위도=lat, 개방시설유형구분="축구장") for lat in ("35.140", "35.143")))
    doubt_points_apart(found)
    assert all(draft.believable for draft in found)


def test_a_point_far_from_its_district_is_doubted() -> None:
    found = drafts(*numbered(6), room(위도="34.47"))
    middles = Middles(found)
    for draft in found:
        middles.judge(draft)
    assert [codes(draft.doubts) for draft in found[:6]] == [[]] * 6
    assert codes(found[6].doubts) == ["far-from-district"]


def test_exchanged_coordinates_are_put_right_only_where_the_district_is_known() -> None:
    swapped = room(위도="126.798783", 경도="35.140746")
    known, unknown = drafts(*numbered(6), swapped), drafts(*numbered(2), swapped)
    Middles(known).judge(known[-1])
    Middles(unknown).judge(unknown[-1])
    assert known[-1].place == Place(35.140746, 126.798783)
    assert codes(known[-1].repairs) == ["swapped"]
    assert known[-1].believable
    assert codes(unknown[-1].doubts) == ["swapped-unsure"]


def test_islands_of_a_scattered_county_are_believed() -> None:
    lats = ("35.0", "35.5", "36.0", "36.5", "37.0")
    found = drafts(
        *(room(위도=lat, 소재지도로명주소=f"인천광역시 옹진군 섬로 {lat[1]}") for lat in lats)
    )
    middles = Middles(found)
    for draft in found:
        middles.judge(draft)
    assert all(draft.believable for draft in found)


def an_area(number: int, level: Level, register: Register, name: str) -> Outlined:
    return Outlined(number, level, register, name, [])


def test_dongs_that_somebody_drew_stand_for_their_district() -> None:
    drawn = Outlines(
        [
            an_area(1, Level.DONG, Register.ADMINISTRATIVE, "광주광역시 광산구 송정1동"),
            an_area(2, Level.DONG, Register.ADMINISTRATIVE, "광주광역시 광산구 송정2동"),
            an_area(3, Level.DONG, Register.ADMINISTRATIVE, "광주광역시 북구 운암1동"),
        ]
    )
    (found,) = drafts(room())
    stated = drawn.stated_by(found)
    assert stated is not None
    assert (stated.areas, stated.whole, stated.dong) == ({1, 2}, False, False)
    assert drawn.in_another(found, {3})
    assert not drawn.in_another(found, {2})
    assert not drawn.in_another(found, set())


def test_the_smallest_drawn_area_that_an_address_names_is_asked() -> None:
    district = an_area(1, Level.SIGUNGU, Register.BOTH, "전남광주통합특별시 광산구")
    legal = an_area(2, Level.DONG, Register.LEGAL, "전남광주통합특별시 광산구 송정동")
    (found,) = drafts(room())
    narrow, wide = (Outlines(areas).stated_by(found) for areas in ([district, legal], [district]))
    assert narrow is not None
    assert (narrow.areas, narrow.dong) == ({2}, True)
    assert wide is not None
    assert (wide.areas, wide.whole, wide.dong) == ({1}, True, False)
    assert Outlines([]).stated_by(found) is None


def test_a_listing_belongs_to_its_administrative_dong_first() -> None:
    drawn = Outlines(
        [
            an_area(1, Level.SIGUNGU, Register.BOTH, "광주광역시 광산구"),
            an_area(2, Level.DONG, Register.LEGAL, "광주광역시 광산구 송정동"),
            an_area(3, Level.DONG, Register.ADMINISTRATIVE, "광주광역시 광산구 송정1동"),
        ]
    )
    assert [drawn.answering(found) for found in ({1, 2, 3}, {1, 2}, {1}, set())] == [3, 2, 1, None]
