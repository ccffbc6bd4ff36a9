"""What we write about reports: that something came, and how far it is. Never what was said."""

from geo_service.accounts.models import Tongue
from geo_service.mail import Letter
from geo_service.reports.models import Stage

_STAGES = {
    Stage.NEW: ("접수했어요", "it was received"),
    Stage.ASSIGNED: ("담당자가 정해졌어요", "somebody has taken it up"),
    Stage.CONTACTED: ("담당자가 연락하거나 찾아갔어요", "somebody has called or visited"),
    Stage.CONNECTED: ("필요한 도움과 이어졌어요", "help has been found"),
    Stage.CLOSED: ("살펴보는 일을 마쳤어요", "it is finished"),
    Stage.UNREACHABLE: ("아직 만나지 못했어요", "nobody has been met yet"),
}


def something_came(tongue: Tongue) -> Letter:
    """To who follows up for a dong centre."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: something new for your dong",
            "A neighbour told your dong centre something. What it is stands in no letter:\n"
            "please sign in and read it today, under “Cases”.\n",
            tongue,
        )
    return Letter(
        "동네이음: 새로 알려 온 일이 있어요",
        "이웃이 행정복지센터에 알려 온 일이 있습니다. 내용은 편지에 적지 않습니다.\n"
        "오늘 안에 로그인해 ‘사례’에서 읽어 주세요.\n",
        tongue,
    )


def word_came(tongue: Tongue) -> Letter:
    """To who follows up: the reporter said something more."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: a reporter wrote again",
            "Somebody added a message to what they had told you. Please sign in and read it\n"
            "under “Cases”.\n",
            tongue,
        )
    return Letter(
        "동네이음: 알린 분이 더 알려 왔어요",
        "전에 알려 온 일에 새 말이 있습니다. 로그인해 ‘사례’에서 읽어 주세요.\n",
        tongue,
    )


def stage_told(number: str, stage: Stage, *, has_account: bool, tongue: Tongue) -> Letter:
    """To who told it: how far it is, and nothing more."""
    korean, english = _STAGES[stage]
    if tongue is Tongue.EN:
        where = "under “What I reported”" if has_account else "with your receipt code"
        return Letter(
            "Dongne-ieum: news of what you told us",
            f"Of {number}: {english}.\n\n"
            f"You can look it up and talk with the dong centre {where}.\n"
            "If somebody is in danger, call 119 or 112.\n",
            tongue,
        )
    where = "‘내가 알린 일’에서" if has_account else "확인 번호로"
    return Letter(
        "동네이음: 알려 주신 일의 소식",
        f"접수 번호 {number}: {korean}.\n\n"
        f"{where} 다시 보고 담당자와 이야기할 수 있습니다.\n"
        "누군가 위험하면 119나 112에 전화해 주세요.\n",
        tongue,
    )


def answer_came(number: str, *, has_account: bool, tongue: Tongue) -> Letter:
    """To who told it: the centre has said something to them."""
    if tongue is Tongue.EN:
        where = "under “What I reported”" if has_account else "with your receipt code"
        return Letter(
            "Dongne-ieum: the dong centre wrote to you",
            f"There is a message about {number}. You can read it {where}.\n",
            tongue,
        )
    where = "‘내가 알린 일’에서" if has_account else "확인 번호로"
    return Letter(
        "동네이음: 행정복지센터가 답했어요",
        f"접수 번호 {number}에 새 말이 있습니다. {where} 읽을 수 있습니다.\n",
        tongue,
    )
