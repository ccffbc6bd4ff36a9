"""What an import tells of new rooms is what the database would find out."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from geo_service.facilities.imports import import_file
from geo_service.listings.models import Listing
from geo_service.offices.models import Office, OfficeKind
from tests.facility_rows import numbered, room, upload

FOLLOWED = select(Listing.id, Listing.words, Listing.feature_head).order_by(Listing.id)


def test_new_rooms_tell_what_the_database_would(session: Session) -> None:
    reference = "facilities/광주광산구/해오름(주)"
    session.add(Office(kind=OfficeKind.LIBRARY, name="해 오\u3000름\\(주)", reference=reference))
    session.flush()
    rows = [
        *numbered(2, 수용가능인원수="", 면적="1.50", 사용료="무료", 유료사용여부="N"),
        room(개방시설명='“Zoo” \\ "1" Ω홀', 관리기관명="해오름 (주)", 사용안내전화번호=""),
        room(
            개방시설명="들",
            소재지도로명주소="광주광역시 광산구 들길 1",
            위도="35",
            경도="127.0000001",
        ),
    ]
    assert not import_file(session, upload(*rows)).counts["held_back"]
    told = session.execute(FOLLOWED).all()
    assert len(told) == len(rows)
    session.execute(text("UPDATE listing SET office_id = office_id"))
    assert session.execute(FOLLOWED).all() == told
    assert "\\\\(주)" in str([row.feature_head for row in told])
