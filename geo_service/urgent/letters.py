"""What we write in an urgent call."""

from datetime import datetime

from babel.dates import format_datetime

from geo_service.accounts.models import Tongue
from geo_service.clock import KOREA
from geo_service.mail import Letter


def _when(moment: datetime, tongue: Tongue) -> str:
    look = "M월 d일(EEE) B h:mm" if tongue is Tongue.KO else "EEE, MMM d, h:mm a"
    return format_datetime(moment, look, tzinfo=KOREA, locale=tongue.value)


def asked(job: str, needed_at: datetime, link: str, tongue: Tongue) -> Letter:
    """To who said they are free at this hour."""
    when = _when(needed_at, tongue)
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: urgent help wanted, {when}",
            f"“{job}” needs somebody {when}, near your home.\n"
            "The first to accept gets it:\n\n"
            f"{link}\n\n"
            "If you cannot come, there is nothing to do. You choose the hours in which we ask\n"
            "you under “My Dongne-ieum”.\n",
            tongue,
        )
    return Letter(
        f"동네이음: 급히 일손을 찾아요, {when}",
        f"‘{job}’에서 {when}에 일할 분을 급히 찾고 있어요. 집 가까이에 있어요.\n"
        "먼저 수락하신 분이 맡게 됩니다.\n\n"
        f"{link}\n\n"
        "어려우시면 그냥 두셔도 됩니다. 연락받을 시간은 ‘내 동네이음’에서 바꿀 수 있어요.\n",
        tongue,
    )


def filled(job: str, tongue: Tongue) -> Letter:
    """To everybody else who was asked."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: somebody has come, thank you",
            f"The seat at “{job}” is taken. Thank you for being there to be asked.\n",
            tongue,
        )
    return Letter(
        "동네이음: 일손을 찾았어요, 고맙습니다",
        f"‘{job}’의 자리가 채워졌어요. 연락받아 주셔서 고맙습니다.\n",
        tongue,
    )


def nobody_came(job: str, needed_at: datetime, tongue: Tongue) -> Letter:
    """To the officers."""
    when = _when(needed_at, tongue)
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: nobody has accepted “{job}”",
            f"Everybody we may ask was asked, and nobody has taken “{job}” ({when}).\n"
            "Please find somebody by telephone, or change the hour.\n",
            tongue,
        )
    return Letter(
        f"동네이음: ‘{job}’ 일손을 아직 찾지 못했어요",
        f"연락할 수 있는 이웃 모두에게 알렸지만 ‘{job}’({when})을 맡은 분이 없어요.\n"
        "전화로 찾거나 시간을 바꿔 주세요.\n",
        tongue,
    )
