"""Importing: every row in exactly one outcome, the next vintage, and what vanished."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geo_service.areas.workflow import load_default
from geo_service.facilities.files import Unreadable
from geo_service.facilities.imports import Upload, import_file
from geo_service.facilities.imports.providers import ProviderUnknown
from geo_service.facilities.models import Facility, ImportBatch, ImportRow, Outcome
from geo_service.facilities.schemas import Report
from geo_service.geo.cells import cell_of
from geo_service.geo.place import Place
from geo_service.offices.models import Office, OfficeKind
from geo_service.spaces.models import Space
from tests.facility_rows import csv_text, numbered, room, upload


def outcomes(report: Report) -> list[str]:
    return [entry.outcome.value for entry in report.entries]


def reasons(report: Report) -> Counter[str]:
    return Counter(reason.code for entry in report.entries for reason in entry.reasons)


def spaces(session: Session) -> list[Space]:
    session.expire_all()
    return list(session.scalars(select(Space).order_by(Space.title)))


def test_a_row_becomes_a_published_space_of_its_office(session: Session) -> None:
    report = import_file(session, upload(room()))
    (space,) = spaces(session)
    assert report.tell() == {
        "batch": report.batch, "file": "rooms.csv", "dataset": "전국공공시설개방정보표준데이터",
        "dry_run": False, "rows": 1, "added": 1, "changed": 0, "unchanged": 0, "repaired": 0,
        "held_back": 0, "refused": 0, "vanished": 0,
    }  # fmt: skip
    assert space.title == "해오름주민센터 회의실"
    assert space.place == Place(35.140746, 126.798783)
    assert space.cell == cell_of(space.place)
    assert space.essentials == space.tell()
    assert space.source == "전국공공시설개방정보표준데이터"
    assert space.reference_on == date(2023, 1, 31)
    assert space.published_at is not None
    assert space.open_week is not None
    assert len(space.open_week) == 5
    assert space.closed_days == ["sat", "sun", "holiday"]
    assert space.equipment == ["책상", "의자"]
    assert (space.fee_won, space.fee_minutes) == (10_000, 120)
    assert (space.office.name, space.office.kind) == (
        "광주광역시 광산구청",
        OfficeKind.DISTRICT_OFFICE,
    )


def test_cells_that_look_like_code_stay_words(session: Session) -> None:
    hostile = 'x","y\\{}\t회의실'
    import_file(session, upload(room(개방시설명=hostile, 부대시설정보='"a\\b"+{c}+NULL')))
    (space,) = spaces(session)
    assert space.title == '해오름주민센터 x","y\\{} 회의실'
    assert space.equipment == ['"a\\b"', "{c}", "NULL"]


def test_rooms_of_one_institution_share_its_office(session: Session) -> None:
    import_file(session, upload(*numbered(4)))
    assert len({space.office_id for space in spaces(session)}) == 1


def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    rows = [*numbered(3), room(위도=""), room(개방시설명="", 개방장소명="")]
    first = import_file(session, upload(*rows))
    before = [(space.id, space.updated_at) for space in spaces(session)]
    second = import_file(session, upload(*rows))
    assert outcomes(first) == ["added"] * 3 + ["held_back", "refused"]
    assert outcomes(second) == ["unchanged"] * 3 + ["held_back", "refused"]
    assert second.vanished == []
    assert [(space.id, space.updated_at) for space in spaces(session)] == before


def test_a_dry_run_says_the_same_and_writes_nothing(session: Session) -> None:
    rows = [*numbered(3), room(위도="")]
    dry = import_file(session, upload(*rows), dry_run=True)
    assert spaces(session) == []
    assert session.scalar(select(func.count()).select_from(ImportBatch)) == 0
    real = import_file(session, upload(*rows))
    assert dry.batch is None
    assert dry.entries == real.entries


def test_the_next_vintage_changes_the_same_listing(session: Session) -> None:
    import_file(session, upload(*numbered(2)))
    before = {space.title: space.id for space in spaces(session)}
    rows = numbered(2, 데이터기준일자="2024-01-31")
    rows[0]["사용료"] = "12000"
    report = import_file(session, upload(*rows))
    assert outcomes(report) == ["changed", "changed"]
    assert report.entries[0].reasons[0].words == "바뀐 항목: 사용료, 데이터기준일자"
    assert {space.title: space.id for space in spaces(session)} == before
    assert [space.fee_won for space in spaces(session)] == [12_000, 10_000]
    assert spaces(session)[0].essentials["fee_won"] == 12_000


def test_what_the_next_vintage_leaves_out_is_closed_and_comes_back(session: Session) -> None:
    import_file(session, upload(*numbered(3)))
    later = numbered(3, 데이터기준일자="2024-01-31")
    report = import_file(session, upload(*later[:2]))
    assert report.vanished == ["해오름주민센터 3회의실"]
    assert [space.closed_at is None for space in spaces(session)] == [True, True, False]
    report = import_file(session, upload(*numbered(3, 데이터기준일자="2025-01-31")))
    assert reasons(report)["back-again"] == 1
    assert all(space.closed_at is None for space in spaces(session))


def test_an_older_vintage_changes_nothing(session: Session) -> None:
    import_file(session, upload(*numbered(3, 데이터기준일자="2024-01-31")[:2]))
    report = import_file(session, upload(*numbered(3)))
    assert outcomes(report) == ["held_back"] * 3
    assert reasons(report) == {"older-vintage": 3}
    assert [space.reference_on for space in spaces(session)] == [date(2024, 1, 31)] * 2


def test_a_file_speaks_for_its_own_provider_only(session: Session) -> None:
    import_file(session, upload(*numbered(2)))
    north = {"제공기관명": "광주광역시 북구", "소재지도로명주소": "광주광역시 북구 우치로 77"}
    report = import_file(
        session, upload(room(개방시설명="북구청 회의실", 개방장소명="북구청", **north))
    )
    assert report.vanished == []
    assert len(spaces(session)) == 3


def test_an_excerpt_of_a_national_file_closes_nothing_of_others(session: Session) -> None:
    providers = [f"전라남도 {name}군" for name in ("가", "나", "다", "라", "마")]
    rows = [
        room(
            제공기관명=name,
            개방시설명=f"{name} 회의실",
            소재지도로명주소=f"{name} 중앙로 1",
            위도=f"34.{number}1",
        )
        for number, name in enumerate(providers)
    ]
    import_file(session, upload(*rows))
    assert import_file(session, upload(*rows[:2])).vanished == []
    assert import_file(session, upload(*rows[:3])).vanished == [
        "해오름주민센터 전라남도 라군 회의실",
        "해오름주민센터 전라남도 마군 회의실",
    ]


def test_a_held_back_row_does_not_close_its_listing(session: Session) -> None:
    import_file(session, upload(*numbered(2)))
    rows = numbered(2, 데이터기준일자="2024-01-31")
    rows[0]["위도"] = ""
    report = import_file(session, upload(*rows))
    assert outcomes(report) == ["held_back", "changed"]
    assert report.vanished == []
    assert spaces(session)[0].reference_on == date(2023, 1, 31)


def test_a_refused_row_does_not_close_its_listing(session: Session) -> None:
    import_file(session, upload(*numbered(3)))
    rows = numbered(2, 데이터기준일자="2024-01-31")
    rows[0]["소재지도로명주소"] = rows[0]["소재지지번주소"] = ""
    report = import_file(session, upload(*rows))
    assert outcomes(report) == ["refused", "changed"]
    assert report.vanished == ["해오름주민센터 3회의실"]


def test_while_a_row_cannot_be_read_nothing_of_its_provider_vanishes(session: Session) -> None:
    north = {"제공기관명": "광주광역시 북구", "소재지도로명주소": "광주광역시 북구 우치로 77"}
    others = [{**row, **north, "위도": "35.174"} for row in numbered(2)]
    first = import_file(session, upload(*numbered(22), *others))
    assert outcomes(first) == ["added"] * 24
    later = csv_text([*numbered(20, 데이터기준일자="2024-01-31"), others[0]])
    comma = csv_text(numbered(21)[20:]).splitlines()[1].replace("책상", "책상,의자", 1)
    report = import_file(session, Upload("rooms.csv", f"{later}{comma}\r\n".encode()))
    assert outcomes(report)[-1] == "refused"
    assert report.vanished == ["해오름주민센터 2회의실"]
    unknown = comma.replace("광주광역시 광산구", "어디")
    report = import_file(session, Upload("rooms.csv", f"{later}{unknown}\r\n".encode()))
    assert report.vanished == []


def test_a_row_without_a_provider_makes_no_national_file(session: Session) -> None:
    north = {"제공기관명": "광주광역시 북구", "소재지도로명주소": "광주광역시 북구 우치로 77"}
    import_file(session, upload(*numbered(2), room(**north)))
    report = import_file(session, upload(*numbered(2), room(제공기관명="")))
    assert report.vanished == []


def test_an_exact_repeat_is_listed_once(session: Session) -> None:
    report = import_file(session, upload(room(), room()))
    assert outcomes(report) == ["added", "unchanged"]
    assert report.entries[1].reasons[0].words == "2번째 줄과 똑같습니다."


def test_one_name_at_other_hours_and_prices_is_told_apart(session: Session) -> None:
    rows = [room(), room(사용료="20000", 평일운영시작시각="18:00", 평일운영종료시각="21:00")]
    assert outcomes(import_file(session, upload(*rows))) == ["added", "added"]
    assert outcomes(import_file(session, upload(*reversed(rows)))) == ["unchanged", "unchanged"]
    assert sorted(session.scalars(select(Facility.ordinal))) == [1, 2]


def test_one_room_from_two_providers_is_shown_once(session: Session) -> None:
    city = room(제공기관명="광주광역시", 위도="35.140800")
    report = import_file(session, upload(room(), city))
    assert outcomes(report) == ["added", "held_back"]
    assert reasons(report) == {"listed-by-another": 1}
    report = import_file(session, upload(city))
    assert outcomes(report) == ["held_back"]
    assert "광주광역시 광산구" in report.entries[0].reasons[0].words


def test_an_exact_repeat_shows_no_older_twin(session: Session) -> None:
    city = room(제공기관명="광주광역시", 위도="35.140800", 데이터기준일자="2024-01-31")
    report = import_file(session, upload(room(), room(), city))
    assert outcomes(report) == ["held_back", "unchanged", "added"]


def test_one_name_in_two_places_is_two_rooms(session: Session) -> None:
    other = room(
        제공기관명="광주광역시", 위도="35.1500", 소재지도로명주소="광주광역시 광산구 도산로 12"
    )
    assert outcomes(import_file(session, upload(room(), other))) == ["added", "added"]


def test_a_new_address_with_the_old_point_is_held_back(session: Session) -> None:
    import_file(session, upload(room()))
    moved = room(소재지도로명주소="광주광역시 광산구 광산로30번길 65", 데이터기준일자="2024-01-31")
    report = import_file(session, upload(moved))
    assert outcomes(report) == ["held_back"]
    assert reasons(report) == {"old-point": 1}
    assert spaces(session)[0].address == "광주광역시 광산구 광산로 70 (송정동)"


def test_outlines_settle_where_a_point_may_be(session: Session) -> None:
    load_default(session)
    rows = [
        room(),
        room(개방시설명="다른 구", 위도="35.1600", 경도="126.8800"),
        room(개방시설명="다른 동", 위도="35.1950", 경도="126.8200"),
        room(개방시설명="바뀐 좌표", 위도="126.798783", 경도="35.140746"),
        room(
            개방시설명="합쳐진 뒤", 소재지도로명주소="전남광주통합특별시 광산구 광산로 70 (송정동)"
        ),
    ]
    report = import_file(session, upload(*rows))
    assert outcomes(report) == ["added", "held_back", "held_back", "repaired", "added"]
    assert reasons(report) == {"wrong-dong": 2, "swapped": 1}
    assert all(space.area_id for space in spaces(session))


def test_a_point_in_another_district_is_held_back(session: Session) -> None:
    load_default(session)
    row = room(소재지도로명주소="광주광역시 광산구 광산로 70", 위도="35.1600", 경도="126.8800")
    elsewhere = room(개방시설명="멀리", 소재지도로명주소="경상남도 하동군 공설운동장로 207")
    report = import_file(session, upload(row, elsewhere))
    assert reasons(report) == {"wrong-district": 2}


def test_a_broken_row_never_stops_the_rest(session: Session) -> None:
    text = csv_text(numbered(20)) + "칸이,셋,뿐\r\n"
    report = import_file(session, Upload("rooms.csv", text.encode()))
    assert Counter(outcomes(report)) == {"added": 20, "refused": 1}
    assert report.entries[-1].reasons[0].code == "wrong-length"


def test_a_district_file_takes_its_provider_from_its_name_or_from_the_clerk(
    session: Session,
) -> None:
    row = room()
    del row["제공기관명"], row["제공기관코드"]
    with pytest.raises(ProviderUnknown, match="--provider"):
        import_file(session, upload(row))
    name = "광주광역시_광산구_공공시설개방정보_20230131.csv"
    assert outcomes(import_file(session, upload(row, name=name))) == ["added"]
    assert outcomes(import_file(session, upload(row, provider="광주광역시 광산구"))) == [
        "unchanged"
    ]
    assert session.scalars(select(Facility.provider)).one() == "광주광역시 광산구"


def test_senior_centres_without_points_are_held_back_and_never_invented(session: Session) -> None:
    rows = [{"번호": "1", "경로당명": "솔빛샾경로당", "주소": "대구광역시 남구 이천로 1 (이천동)"}]
    report = import_file(session, upload(*rows, name="대구광역시_경로당_20231231.csv"))
    assert outcomes(report) == ["held_back"]
    assert spaces(session) == []
    kept = session.scalars(select(ImportRow)).one()
    assert kept.outcome is Outcome.HELD_BACK
    assert kept.original == rows[0]


def test_of_a_row_is_kept_what_there_is_to_say(session: Session) -> None:
    lost = {"위도": "", "경도": ""}
    import_file(session, upload(room(), room(개방시설명="둘째", **lost), room(개방시설명="셋째")))
    kept = session.scalars(select(ImportRow)).one()
    assert (kept.line, kept.outcome) == (3, Outcome.HELD_BACK)
    assert kept.reasons
    counts = session.scalars(select(ImportBatch.counts)).one()
    assert (counts["added"], counts["held_back"]) == (2, 1)


def test_a_personal_number_is_kept_nowhere(session: Session) -> None:
    rows = [
        room(사용안내전화번호="010-1234-5678"),
        room(개방시설명="둘째", 위도="", 담당부서명="01112345678"),
    ]
    import_file(session, upload(*rows))
    told = str(list(session.scalars(select(Facility.original))))
    told += str(list(session.scalars(select(ImportRow.original))))
    assert "5678" not in told


def test_a_refused_file_leaves_nothing(session: Session) -> None:
    with pytest.raises(Unreadable):
        import_file(session, Upload("a.csv", b'a,b\n"x"y,2\n'))
    assert session.scalar(select(func.count()).select_from(Office)) == 0
