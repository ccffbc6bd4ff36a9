"""What we write to people who are asked to work for an office."""

from geo_service.accounts.models import Tongue
from geo_service.mail import Letter
from geo_service.offices.models import Role

_KOREAN = {
    Role.OFFICER: "담당자",
    Role.CASEWORKER: "복지 담당자",
    Role.DISTRICT_LEAD: "구 총괄",
    Role.OPERATOR: "운영자",
}


def invitation(office: str, role: Role, link: str) -> Letter:
    """An offer of a role, in both languages: we do not know yet who reads it."""
    return Letter(
        f"동네이음: {office}에서 {_KOREAN[role]}로 초대했어요",
        f"{office}에서 동네이음의 {_KOREAN[role]}로 초대했습니다.\n"
        "아래 주소를 열고 로그인하면 함께 일할 수 있어요. 7일 동안 쓸 수 있습니다.\n\n"
        f"{link}\n\n"
        "모르는 초대라면 이 메일을 지워 주세요.\n\n"
        f"{office} invites you to work on Dongne-ieum. Open the address above and sign in;\n"
        "it is good for seven days. If you do not know why, delete this letter.\n",
        Tongue.KO,
    )
