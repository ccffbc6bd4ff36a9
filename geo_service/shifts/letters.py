"""What we write to people about what they are paid."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from geo_service.accounts.models import Tongue
from geo_service.mail import Letter
from geo_service.shifts.models import Shift

_DAY = {Tongue.KO: "M월 d일(EEE)", Tongue.EN: "EEE d MMM"}
_LOCALE = {Tongue.KO: "ko_KR", Tongue.EN: "en_GB"}


def pay_confirmed(shifts: Sequence[Shift], tongue: Tongue) -> Letter:
    """What was confirmed, shift by shift, and what it comes to. Pays nothing by itself."""
    total_won = sum(shift.pay_won for shift in shifts)
    if tongue is Tongue.EN:
        lines = [
            f"- {_day(shift.work_on, tongue)}, {shift.job.title}:"
            f" {duration(shift.minutes, tongue)}, ₩{shift.pay_won:,}"
            for shift in shifts
        ]
        return Letter(
            f"Dongne-ieum: your pay was confirmed, ₩{total_won:,}",
            "The office has confirmed this work of yours:\n\n"
            + "\n".join(lines)
            + f"\n\nTogether ₩{total_won:,}. The office pays it as it told you.\n"
            "Is something wrong? Call the office: until it pays, it can correct it.\n",
            tongue,
        )
    lines = [
        f"- {_day(shift.work_on, tongue)} {shift.job.title}:"
        f" {duration(shift.minutes, tongue)}, {shift.pay_won:,}원"
        for shift in shifts
    ]
    return Letter(
        f"동네이음: 받을 돈 {total_won:,}원이 확정됐어요",
        "기관에서 일한 시간을 확인했어요.\n\n"
        + "\n".join(lines)
        + f"\n\n모두 {total_won:,}원이에요. 지급은 기관에서 안내한 대로 이루어져요.\n"
        "다른 점이 있으면 기관에 전화해 주세요. 지급하기 전에는 고칠 수 있어요.\n",
        tongue,
    )


def duration(minutes: int, tongue: Tongue) -> str:
    """`2시간 30분`, `3시간`, `45분`; in English `2 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    parts = ((hours, "시간", " h"), (rest, "분", " min"))
    told = [
        f"{amount}{korean if tongue is Tongue.KO else english}"
        for amount, korean, english in parts
        if amount
    ]
    return " ".join(told) or ("0분" if tongue is Tongue.KO else "0 min")


def _day(day: date, tongue: Tongue) -> str:
    return format_date(day, _DAY[tongue], locale=_LOCALE[tongue])
