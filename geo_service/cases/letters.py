"""What staff are written: numbers, centres and days; never a word of what was told."""

from geo_service.accounts.models import Tongue
from geo_service.mail import Letter


def overdue(number: str, centre: str, days: int, tongue: Tongue) -> Letter:
    """To the district's lead: a step, or a report that nobody took up, is late."""
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: {number} is {days} working days late",
            f"{centre} has something overdue.\n\n"
            f"Number: {number}\nLate by: {days} working days\n\n"
            "Please ask the centre. What was reported is not in this letter.\n",
            tongue,
        )
    return Letter(
        f"동네이음: {number} 처리가 {days}일 늦어졌어요",
        f"{centre}에서 정한 날이 지났어요.\n\n"
        f"번호: {number}\n늦어진 날: 근무일로 {days}일\n\n"
        "센터에 확인해 주세요. 알린 내용은 이 편지에 적지 않아요.\n",
        tongue,
    )


def standing_still(number: str, centre: str, weeks: int, tongue: Tongue) -> Letter:
    """To the district's lead: nobody closes a case, and nobody does anything with it."""
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: {number} has stood still for {weeks} weeks",
            f"At {centre}, nothing was done for long, and nothing is planned.\n\n"
            f"Number: {number}\nStanding still for: {weeks} weeks\n\n"
            "Please ask the centre to go on or to close it: what is not closed is kept for ever.\n"
            "What was reported is not in this letter.\n",
            tongue,
        )
    return Letter(
        f"동네이음: {number}에 {weeks}주 동안 아무 일이 없었어요",
        f"{centre}에서 오래 손대지 않았고, 정해 둔 할 일도 없어요.\n\n"
        f"번호: {number}\n멈춘 지: {weeks}주\n\n"
        "이어서 살피거나 종결하도록 센터에 확인해 주세요. 종결하지 않으면 기록이 지워지지 않아요.\n"
        "알린 내용은 이 편지에 적지 않아요.\n",
        tongue,
    )


def handed_over(number: str, centre: str, tongue: Tongue) -> Letter:
    """To the caseworkers of the centre that is asked to take a case."""
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: {centre} asks you to take {number}",
            f"{centre} thinks that {number} is yours to answer. Take it or give it back\n"
            "on your board. Until then it stays with them.\n",
            tongue,
        )
    return Letter(
        f"동네이음: {centre}에서 {number} 맡아 주기를 바라요",
        f"{centre}에서 {number} 사례를 우리 센터가 맡을 일로 보았어요.\n"
        "사례 화면에서 맡거나 돌려보내 주세요. 그때까지는 보낸 센터가 맡고 있어요.\n",
        tongue,
    )


def to_follow_up(number: str, tongue: Tongue) -> Letter:
    """To the caseworker, four weeks after somebody was connected."""
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: look again at {number}",
            f"Four weeks have gone by. Is the help of {number} still there?\n"
            "Please ask once, and note it down.\n",
            tongue,
        )
    return Letter(
        f"동네이음: {number} 다시 살펴볼 날이에요",
        f"{number}을(를) 연계한 지 4주가 지났어요. 도움이 이어지고 있는지\n"
        "한 번 확인하고 적어 주세요.\n",
        tongue,
    )
