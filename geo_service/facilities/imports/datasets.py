"""The datasets that are recognised, by their columns and never by the file's name."""

from collections.abc import Iterable
from dataclasses import dataclass

from geo_service.facilities.files import Table, Unreadable

_SENIOR = ("경로당", "노인정", "노인회관")


@dataclass(frozen=True)
class Dataset:
    """A kind of file: which fields it has, and under which names."""

    name: str
    fields: dict[str, tuple[str, ...]]
    """Field to the names it goes by, the usual one first."""
    needs: tuple[str, ...]
    """Fields without which a file is not of this dataset."""
    space_type: str = ""
    """What every row is, where the file does not say."""

    def columns_of(self, table: Table) -> dict[str, list[int]]:
        """Where each field stands; several columns where a file tells it more than once."""
        found: dict[str, list[int]] = {}
        for field, names in self.fields.items():
            places = [table.columns.index(name) for name in names if name in table.columns]
            if places:
                found[field] = places
        return found


_EVERYWHERE = {
    "road_address": ("소재지도로명주소", "rdnmadr"),
    "lot_address": ("소재지지번주소", "lnmadr"),
    "homepage": ("홈페이지주소", "homepageUrl"),
    "lat": ("위도", "latitude", "WGS84위도"),
    "lng": ("경도", "longitude", "WGS84경도"),
    "reference": ("데이터기준일자", "referenceDate"),
    "provider": ("제공기관명", "insttNm"),
}

ROOMS = Dataset(
    name="전국공공시설개방정보표준데이터",
    needs=("facility", "room", "weekday_from", "road_address", "lat", "lng"),
    fields={
        **_EVERYWHERE,
        "facility": ("개방시설명", "openFcltyNm"),
        "room": ("개방장소명", "openLcNm"),
        "type": ("개방시설유형구분", "openFcltyType"),
        "closed": ("휴관일", "rstde"),
        "weekday_from": ("평일운영시작시각", "weekdayOperOpenHhmm"),
        "weekday_to": ("평일운영종료시각", "weekdayOperColseHhmm"),
        "saturday_from": ("주말운영시작시각", "wkendOperOpenHhmm"),
        "saturday_to": ("주말운영종료시각", "wkendOperCloseHhmm"),
        "paid": ("유료사용여부", "pchrgUseYn"),
        "fee_hours": ("사용기준시간", "useStdrTime"),
        "fee": ("사용료", "rntfee"),
        "more_hours": ("초과사용단위시간", "excessUseUnitTime"),
        "more_fee": ("초과사용료", "excessRntfee"),
        "capacity": ("수용가능인원수", "aceptncPosblCo"),
        "area": ("면적", "ar"),
        "equipment": ("부대시설정보", "etcFclty"),
        "booking": ("신청방법구분", "sbscrptnMthSe"),
        "institution": ("관리기관명", "institutionNm"),
        "phone": ("사용안내전화번호", "phoneNumber"),
    },
)
"""Idle public rooms. Weekends have one pair of columns for both days."""

LIBRARIES = Dataset(
    name="전국도서관표준데이터",
    needs=("facility", "type", "seats", "road_address", "lat", "lng"),
    fields={
        **_EVERYWHERE,
        "facility": ("도서관명", "lbrryNm"),
        "sido": ("시도명", "ctprvnNm"),
        "sigungu": ("시군구명", "signguNm"),
        "type": ("도서관유형", "lbrrySe", "도서관유형명"),
        "closed": ("휴관일", "closeDay", "휴관일정보"),
        "weekday_from": ("평일운영시작시각", "weekdayOperOpenHhmm", "운영시작시각", "운영시작시간"),
        "weekday_to": ("평일운영종료시각", "weekdayOperColseHhmm", "운영종료시각"),
        "saturday_from": ("토요일운영시작시각", "satOperOperOpenHhmm"),
        "saturday_to": ("토요일운영종료시각", "satOperCloseHhmm"),
        "sunday_from": ("공휴일운영시작시각", "holidayOperOpenHhmm"),
        "sunday_to": ("공휴일운영종료시각", "holidayCloseOpenHhmm"),
        "seats": ("열람좌석수", "seatCo"),
        "area": ("건물면적", "buldAr", "건물면적(연면적)"),
        "institution": ("운영기관명", "operInstitutionNm"),
        "phone": ("도서관전화번호", "phoneNumber"),
    },
)
"""Libraries are spaces too. Their columns for public holidays tell Sundays as well."""

SENIOR_CENTRES = Dataset(
    name="경로당 현황",
    needs=("facility", "road_address"),
    space_type="경로당",
    fields={
        **_EVERYWHERE,
        "facility": ("경로당명", "경로당", "경로당이름", "시설명", "시설명칭", "명칭"),
        "road_address": (
            "소재지도로명주소",
            "도로명주소",
            "주소",
            "소재지",
            "소재지주소",
            "시설주소",
            "소재지(도로명)",
        ),
        "lot_address": ("소재지지번주소", "지번주소", "소재지(지번)"),
        "phone": ("전화번호", "연락처", "시설전화번호"),
        "area": ("면적", "연면적", "건물면적"),
    },
)
"""Senior centres: no national file; headers vary, and coordinates are mostly missing."""

DATASETS = (ROOMS, LIBRARIES, SENIOR_CENTRES)

NAMES = frozenset(
    name for dataset in DATASETS for names in dataset.fields.values() for name in names
)
"""Every name of a column, by which the header of a file is known."""


class UnknownColumns(Unreadable):
    """The columns are not those of any dataset that can be read."""


def recognise(table: Table) -> Dataset:
    """The dataset whose columns these are. Raises: UnknownColumns."""
    for dataset in DATASETS:
        if set(dataset.needs) <= dataset.columns_of(table).keys() and _fits(dataset, table):
            return dataset
    raise UnknownColumns(
        f"어느 자료인지 알 수 없습니다. 파일의 열: {_listed(table.columns)}."
        f" 받을 수 있는 자료와 꼭 있어야 하는 열: {'; '.join(map(_expected, DATASETS))}."
    )


def _fits(dataset: Dataset, table: Table) -> bool:
    """`시설명, 주소` may be anything; the names themselves must tell of senior centres."""
    if dataset is not SENIOR_CENTRES:
        return True
    place = dataset.columns_of(table)["facility"][0]
    if "경로당" in table.columns[place]:
        return True
    told = sum(any(word in row.cells[place] for word in _SENIOR) for row in table.rows)
    return told > len(table.rows) / 2


def _expected(dataset: Dataset) -> str:
    names = _listed(dataset.fields[field][0] for field in dataset.needs)
    return f"{dataset.name}({names})"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
