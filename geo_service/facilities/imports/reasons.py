"""Every reason an import gives, in a sentence that the clerk who sent the file understands."""

from geo_service.facilities.schemas import Reason

_WORDS = {
    # refused
    "wrong-length": "칸이 {found}개입니다. 제목 줄처럼 {expected}개여야 합니다.",
    "unclear-cells": "밀린 칸을 알 수 없어 여기서는 고칠 수 없습니다. 파일에서 고쳐 주세요.",
    "no-name": "시설 이름이 없습니다.",
    "no-address": "주소가 없습니다.",
    "no-provider": "제공기관이 없습니다.",
    # held back
    "no-point": "위도·경도가 없습니다. 좌표를 채워 다시 올려 주세요.",
    "not-a-point": "위도·경도가 숫자가 아닙니다: {found}",
    "placeholder-point": "양식에 적힌 보기 좌표(34.1234567, 123.1234567)가 그대로 있습니다.",
    "outside-korea": "좌표가 우리나라 밖입니다: {found}",
    "swapped-unsure": "위도와 경도가 바뀐 듯하지만, 바꾸어도 적힌 지역 안인지 알 수 없습니다.",
    "dragged-point": "윗줄 좌표에서 1도씩 커집니다. 엑셀 자동 채우기로 잘못 들어간 값입니다.",
    "far-from-district": "좌표가 {district}의 다른 시설들에서 {km}km 떨어져 있습니다.",
    "wrong-district": "주소는 {stated}인데 좌표는 {found}에 있습니다.",
    "wrong-dong": "주소는 {stated}인데 좌표는 {found}에 있습니다({metres}m 밖).",
    "stand-in-point": "주소가 서로 다른 {doors}곳에 똑같은 좌표가 적혀 있습니다.",
    "points-apart": "같은 주소인 {line}번째 줄과 좌표가 {metres}m 떨어져 있습니다.",
    "old-point": "주소가 바뀌었는데({before} → {after}) 좌표는 옛 주소 그대로입니다.",
    "older-vintage": "이 제공기관의 더 새로운 자료({newest} 기준)가 이미 실려 있습니다.",
    "listed-by-another": "‘{provider}’ 이름으로 같은 곳이 이미 실려 있습니다({metres}m).",
    # repaired
    "swapped": "위도와 경도가 바뀌어 있어 바로잡았습니다.",
    "spaced-address": "도로명주소의 띄어쓰기를 바로잡았습니다: {found}",
    "lot-in-road": "도로명주소 칸에 지번주소가 있어 지번주소로 읽었습니다.",
    "district-filled": "주소에 빠진 지역을 제공기관에서 채웠습니다: {district}",
    "type-corrected": "시설유형을 바로잡았습니다: {found} → {meant}",
    "area-code-filled": "전화번호에 지역번호 {code}를 붙였습니다.",
    "mobile-dropped": "개인 휴대전화번호는 싣지 않았습니다.",
    "phone-dropped": "전화번호를 알아볼 수 없어 뺐습니다: {found}",
    "homepage-dropped": "홈페이지 주소가 아니어서 뺐습니다: {found}",
    "hours-unread": "운영 시각을 알아볼 수 없어 적힌 그대로만 싣습니다: {found}",
    "closed-days-unread": "휴관일을 다 알아보지 못해 적힌 그대로도 싣습니다: {found}",
    "number-dropped": "{column} 칸이 숫자가 아니어서 뺐습니다: {found}",
    "date-dropped": "데이터기준일자가 날짜가 아닙니다: {found}",
    # added, changed, unchanged
    "same-row": "{line}번째 줄과 똑같습니다.",
    "differs": "바뀐 항목: {columns}",
    "read-anew": "내용은 그대로지만 더 나은 방법으로 다시 읽었습니다.",
    "back-again": "사라졌다가 다시 자료에 나타났습니다.",
}


def because(code: str, /, **facts: object) -> Reason:
    """The reason of that code, told with its facts."""
    told = {name: f"{fact:,}" if isinstance(fact, int) else fact for name, fact in facts.items()}
    return Reason(code, _WORDS[code].format_map(told))
