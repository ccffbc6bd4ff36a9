"""What is written about the plan of a dong."""

from datetime import datetime

from babel.dates import format_datetime

from geo_service.accounts.models import Tongue
from geo_service.clock import KOREA
from geo_service.mail import Letter
from geo_service.watchers.models import Activity


def plan_opened(office: str, watchers: int, tongue: Tongue) -> Letter:
    """To the dong centre: enough have joined."""
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: {office} has {watchers} watchers",
            f"{office} now has {watchers} watchers, as many as you asked for.\n"
            "The plan of activities is open: write on the page “Watchers” what you do together\n"
            "and when. Everybody is told, and signs up there.\n",
            tongue,
        )
    return Letter(
        f"동네이음: {office} 시민찾동이가 {watchers}명이 되었어요",
        f"{office} 시민찾동이가 정해 두신 {watchers}명이 되어 활동 계획을 열었어요.\n"
        "‘시민찾동이’ 화면에서 무엇을 언제 함께할지 적어 주세요. 모두에게 알리고,\n"
        "하고 싶은 분이 거기서 신청해요.\n",
        tongue,
    )


def planned(activity: Activity, tongue: Tongue) -> Letter:
    """To the watchers of the dong: something new."""
    when = _when(activity.starts_at, tongue)
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: {activity.what}, {when}",
            f"The watchers of {activity.office.name} meet.\n\n"
            f"What: {activity.what}\nWhen: {when}\nWhere: {activity.meet_at}\n\n"
            "If you would like to come, sign up on the page “Watchers”.\n",
            tongue,
        )
    return Letter(
        f"동네이음: {activity.what}, {when}",
        f"{activity.office.name} 시민찾동이가 함께해요.\n\n"
        f"무엇: {activity.what}\n때: {when}\n모이는 곳: {activity.meet_at}\n\n"
        "함께하고 싶으시면 ‘시민찾동이’ 화면에서 신청해 주세요.\n",
        tongue,
    )


def replanned(activity: Activity, tongue: Tongue) -> Letter:
    """To who signed up: another time, or another place."""
    when = _when(activity.starts_at, tongue)
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: changed: {activity.what}, {when}",
            f"The time or place of “{activity.what}”, for which you signed up, has changed.\n\n"
            f"When: {when}\nWhere: {activity.meet_at}\n\n"
            "If you cannot come now, sign off on the page “Watchers”.\n",
            tongue,
        )
    return Letter(
        f"동네이음: 바뀌었어요: {activity.what}, {when}",
        f"신청하신 ‘{activity.what}’ 활동의 때나 곳이 바뀌었어요.\n\n"
        f"때: {when}\n모이는 곳: {activity.meet_at}\n\n"
        "오기 어려우시면 ‘시민찾동이’ 화면에서 취소해 주세요.\n",
        tongue,
    )


def called_off(activity: Activity, tongue: Tongue) -> Letter:
    """To who signed up: it does not take place."""
    when = _when(activity.starts_at, tongue)
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: called off: {activity.what}, {when}",
            f"“{activity.what}” ({when}) does not take place. We are sorry.\n",
            tongue,
        )
    return Letter(
        f"동네이음: 취소되었어요: {activity.what}, {when}",
        f"‘{activity.what}’({when}) 활동이 취소되었어요. 죄송합니다.\n",
        tongue,
    )


def _when(moment: datetime, tongue: Tongue) -> str:
    look = "M월 d일(EEE) B h:mm" if tongue is Tongue.KO else "EEE, MMM d, h:mm a"
    return format_datetime(moment, look, tzinfo=KOREA, locale=tongue.value)
