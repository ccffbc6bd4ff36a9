"""The last letter."""

from geo_service.accounts.models import Tongue
from geo_service.mail import Letter


def goodbye(tongue: Tongue) -> Letter:
    """To who has left: what is gone, and what is kept."""
    if tongue is Tongue.EN:
        return Letter(
            "You have left Dongne-ieum",
            "Your account is closed. Your name, addresses, telephone, answers and words are\n"
            "deleted; applications and bookings that were still to come are cancelled.\n"
            "What you worked and were paid stays with the office without your name, because\n"
            "its pay sheet must be kept.\n\n"
            "If it was not you, please tell the office you were in touch with.\n",
            tongue,
        )
    return Letter(
        "동네이음에서 탈퇴했어요",
        "계정을 닫았어요. 이름, 주소, 전화번호, 답변과 글은 지웠고,\n"
        "앞으로의 신청과 예약은 모두 취소했어요.\n"
        "일한 시간과 받은 돈은 지급 명세를 보관해야 해서 이름 없이 기관에 남아요.\n\n"
        "본인이 한 일이 아니라면 이용하던 기관에 알려 주세요.\n",
        tongue,
    )
