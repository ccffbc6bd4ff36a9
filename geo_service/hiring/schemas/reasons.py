"""Why it was decided so, in one or two sentences: in letters, on pages and over the API."""

from geo_service.accounts.models import Tongue
from geo_service.hiring.models import Application, Reason
from geo_service.jobs.models import Turn

_PLAIN: dict[Reason, tuple[str, str]] = {
    Reason.HOURS: (
        "수당 사업에서 한 사람이 일할 수 있는 시간을 다 썼어요.",
        "The allowance programme allows no more hours for one person.",
    ),
    Reason.BUDGET: (
        "지금은 수당 예산이 모자라요. 예산이 늘면 담당자가 다시 정해요.",
        "The allowance programme has no money left now; the office decides again if it has.",
    ),
    Reason.ELSEWHERE: (
        "같은 시간에 다른 곳에서 일하기로 되어 있어요.",
        "There is other work planned at the same time.",
    ),
    Reason.EXPIRED: (
        "정해진 시간 안에 답이 없어서 다음 분께 자리가 넘어갔어요.",
        "There was no answer in time, so the seat went to the next person.",
    ),
    Reason.CLOSED: (
        "차례가 오기 전에 일이 끝났어요.",
        "The work ended before it was your turn.",
    ),
    Reason.OWN: ("신청을 취소했어요.", "The application was taken back."),
}

BY_HAND = ("담당자가 직접 정했어요.", "The office decided this itself.")
"""Of an office that gave somebody a seat and said no more; the first is what is kept."""


def why(application: Application, tongue: Tongue) -> str:
    """The reason, for whom it concerns; nothing where nothing was decided."""
    reason = application.reason
    if reason is None:
        return ""
    if reason is Reason.OFFICE:
        words = application.reason_words
        return BY_HAND[tongue is Tongue.EN] if words == BY_HAND[0] else words
    if reason is Reason.TURN:
        return _turn(application, tongue) if application.rank else _later(tongue)
    return _PLAIN[reason][tongue is Tongue.EN]


def _later(tongue: Tongue) -> str:
    if tongue is Tongue.EN:
        return "It is your turn."
    return "차례가 되었어요."


def _turn(application: Application, tongue: Tongue) -> str:
    """The rule, and the place that it gave."""
    korean, english = _RULES[application.job.turn](application)
    if application.minutes_before is None and application.job.turn is Turn.FEWEST_HOURS:
        korean, english = "늦게 신청한 순서로 정했어요.", "You applied when every seat was taken."
    rank, seats = application.rank, application.job.seats
    if tongue is Tongue.EN:
        place = f"You came in place {rank}; there are {seats} seats."
        return f"{english} {place}"
    return f"{korean} 순서는 {rank}번째이고 자리는 {seats}개예요."


def _first_come(_application: Application) -> tuple[str, str]:
    return "먼저 신청한 순서로 정했어요.", "The order is that of applying."


def _fewest_hours(application: Application) -> tuple[str, str]:
    hours = f"{(application.minutes_before or 0) / 60:g}"
    return (
        f"이번 달에 일한 시간이 적은 순서로 정했어요. 이번 달에 {hours}시간 일하셨어요.",
        f"Whoever has worked least this month comes first. You have {hours} hours this month.",
    )


def _lottery(application: Application) -> tuple[str, str]:
    return (
        f"추첨으로 정했어요. 번호는 {application.number}번이고, 누구나 다시 뽑아 볼 수 있어요.",
        f"Lots were drawn. Your number is {application.number}; anybody can draw again and check.",
    )


_RULES = {
    Turn.FIRST_COME: _first_come,
    Turn.FEWEST_HOURS: _fewest_hours,
    Turn.LOTTERY: _lottery,
}
