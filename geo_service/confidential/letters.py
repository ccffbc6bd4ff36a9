"""What we write to caseworkers or leads about what is kept: never whose, where, or how many."""

from geo_service.accounts.models import Tongue
from geo_service.mail import Letter


def about_to_end(tongue: Tongue) -> Letter:
    """Before something is destroyed for good."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: the time of a record ends in 30 days",
            "The time of a record that was closed a year ago is nearly over. In 30 days it is\n"
            "destroyed for good, also in backups.\n\n"
            "Sign in: closed cases that end soon stand on the board, and on the lead's page.\n"
            "The centre can reopen a case that is still needed.\n",
            tongue,
        )
    return Letter(
        "동네이음: 30일 뒤 보관이 끝나는 기록이 있어요",
        "종결한 지 1년이 다 되어 가는 기록이 있어요. 30일 뒤에는 백업까지 모두 완전히 지워져\n"
        "다시 볼 수 없어요.\n\n"
        "로그인하면 사례 목록과 구청 현황에 곧 지워질 사례가 나와요. 아직 필요한 사례는\n"
        "센터에서 다시 열면 됩니다.\n",
        tongue,
    )
