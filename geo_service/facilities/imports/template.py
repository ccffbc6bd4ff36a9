"""An empty table of idle rooms, to be filled by who has no official file: its columns are those."""

from typing import NamedTuple

from geo_service.facilities.imports.datasets import ROOMS


class Column(NamedTuple):
    """One of them, with an example; some have a hint, or a few values to choose from."""

    name: str
    example: str
    hint: str = ""
    choices: tuple[str, ...] = ()


_TOLD: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "facility": ("해오름주민센터 회의실", "이웃이 볼 이름이에요.", ()),
    "room": ("해오름주민센터", "방이 있는 건물이에요.", ()),
    "type": ("회의실", "회의실, 강당, 체육시설처럼 적어 주세요.", ()),
    "closed": ("토+일+공휴일", "여러 날은 +로 이어 주세요.", ()),
    "weekday_from": ("09:00", "", ()),
    "weekday_to": ("18:00", "", ()),
    "saturday_from": ("", "주말에 열지 않으면 비워 주세요.", ()),
    "saturday_to": ("", "", ()),
    "paid": ("Y", "돈을 받으면 Y예요.", ("Y", "N")),
    "fee_hours": ("2", "사용료를 내고 쓰는 시간이에요.", ()),
    "fee": ("10000", "숫자만, 원으로 적어 주세요.", ()),
    "capacity": ("20", "", ()),
    "area": ("45.5", "제곱미터예요.", ()),
    "equipment": ("책상+의자", "", ()),
    "booking": ("전화+방문", "", ()),
    "road_address": ("광주광역시 광산구 광산로 70 (송정동)", "", ()),
    "lot_address": ("", "도로명주소가 없을 때만 적어 주세요.", ()),
    "institution": ("광주광역시 광산구청", "", ()),
    "phone": ("062-960-0001", "개인 휴대전화번호는 싣지 않아요.", ()),
    "homepage": ("", "", ()),
    "lat": ("35.140746", "지도에서 방이 있는 곳을 눌러 얻은 숫자예요.", ()),
    "lng": ("126.798783", "", ()),
    "reference": ("2026-11-22", "이 자료가 맞는 날이에요.", ()),
    "provider": ("광주광역시 광산구", "", ()),
}

COLUMNS = tuple(
    Column(ROOMS.fields[field][0], example, hint, choices)
    for field, (example, hint, choices) in _TOLD.items()
)
"""Under the names that the national file uses, so that either can be sent."""
