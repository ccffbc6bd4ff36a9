"""One letter for each step of an application."""

from collections.abc import Iterable
from datetime import date, datetime

import phonenumbers

from geo_service.accounts.models import Tongue
from geo_service.clock import KOREA
from geo_service.hiring.models import Application, ApplicationState
from geo_service.hiring.schemas.reasons import why
from geo_service.jobs.models import Job, Turn
from geo_service.mail import Letter
from geo_service.shifts.models import Shift

_RULES: dict[Turn, tuple[str, str]] = {
    Turn.FIRST_COME: ("먼저 신청한 순서로", "in the order of applying"),
    Turn.FEWEST_HOURS: (
        "이번 달에 일한 시간이 적은 순서로",
        "by who has worked least this month",
    ),
    Turn.LOTTERY: ("추첨으로", "by lot"),
}


def received(application: Application, tongue: Tongue) -> Letter:
    """At once: it is there, and what happens next."""
    korean, english = _RULES[application.job.turn]
    until = application.job.apply_until
    if application.state is ApplicationState.WAITING:
        return put_on_the_list(application, tongue)
    if tongue is Tongue.EN:
        after = f" after {_moment(until, tongue)}" if until else ""
        return _english(
            application,
            "we have your application",
            f"Who gets the work is decided {english}{after}. We write to you then.",
        )
    after = f"{_moment(until, tongue)}이 지나면 " if until else ""
    return _korean(
        application,
        "신청이 들어갔어요",
        f"{after}{korean} 정하고, 결과를 알려 드릴게요.",
    )


def put_on_the_list(application: Application, tongue: Tongue) -> Letter:
    """No seat now, but perhaps later."""
    reason = why(application, tongue)
    if tongue is Tongue.EN:
        return _english(
            application,
            "you are on the waiting list",
            f"{reason}\nWhen a seat comes free and it is your turn, we write to you.",
        )
    return _korean(
        application,
        "대기자 명단에 있어요",
        f"{reason}\n자리가 나고 차례가 되면 알려 드릴게요.",
    )


def offered(application: Application, tongue: Tongue) -> Letter:
    """A seat is kept, for some time."""
    until = _moment(application.offered_until, tongue)
    if tongue is Tongue.EN:
        return _english(
            application,
            "there is a seat for you: please answer",
            f"A seat is kept for you until {until}. Please say yes or no on the page\n"
            "“My applications”. After that it goes to the next person.",
        )
    return _korean(
        application,
        "자리가 났어요. 답해 주세요",
        f"{until}까지 자리를 맡아 두었어요. ‘내 신청’ 화면에서 일할지 말지 답해 주세요.\n"
        "그때까지 답이 없으면 다음 분께 넘어가요.",
    )


def hired(application: Application, tongue: Tongue, shifts: Iterable[Shift]) -> Letter:
    """Yes; and when to be where."""
    first = min(shifts, key=lambda shift: shift.work_on, default=None)
    address = application.job.address
    if tongue is Tongue.EN:
        begin = f"You begin {_start(first, tongue)}.\n" if first else ""
        return _english(
            application,
            "you are hired",
            f"{begin}Place: {address}\n{why(application, tongue)}\n"
            "If you cannot come, say so in time on the page “My applications”.",
        )
    begin = f"첫 근무는 {_start(first, tongue)}이에요.\n" if first else ""
    return _korean(
        application,
        "함께 일하게 되었어요",
        f"{begin}곳: {address}\n{why(application, tongue)}\n"
        "못 오게 되면 ‘내 신청’ 화면에서 미리 취소해 주세요.",
    )


def declined(application: Application, tongue: Tongue) -> Letter:
    """No, and why."""
    reason = why(application, tongue)
    if tongue is Tongue.EN:
        return _english(application, "it did not work out this time", f"Why: {reason}")
    return _korean(application, "이번에는 함께하지 못하게 되었어요", f"까닭: {reason}")


def closed(application: Application, tongue: Tongue) -> Letter:
    """The office takes no more applications, and has not decided."""
    if tongue is Tongue.EN:
        return _english(
            application,
            "the job is closed, and not decided yet",
            "The office ended the search early. Your application stays; we write to you when\n"
            "it is decided.",
        )
    return _korean(
        application,
        "모집이 마감되었어요",
        "기관이 모집을 일찍 마감했어요. 신청은 그대로 있고, 정해지면 알려 드릴게요.",
    )


def changed(application: Application, tongue: Tongue) -> Letter:
    """Something of what the job says is new."""
    if tongue is Tongue.EN:
        return _english(
            application,
            "something about the job has changed",
            "Please look at the job once more. If it does not suit you any longer, take your\n"
            "application back on the page “My applications”.",
        )
    return _korean(
        application,
        "일자리 내용이 바뀌었어요",
        "바뀐 내용을 한 번 더 확인해 주세요. 맞지 않으면 ‘내 신청’ 화면에서 취소할 수 있어요.",
    )


def tomorrow(application: Application, tongue: Tongue, shift: Shift) -> Letter:
    """On the evening before."""
    address, start = application.job.address, _start(shift, tongue)
    if tongue is Tongue.EN:
        return _english(application, "you work tomorrow", f"When: {start}\nPlace: {address}")
    return _korean(application, "내일 일하는 날이에요", f"때: {start}\n곳: {address}")


def _korean(application: Application, what: str, text: str) -> Letter:
    job = application.job
    return Letter(
        f"동네이음: {what}",
        f"{application.person.name} 님의 ‘{job.title}’ 신청 ({application.receipt})\n\n"
        f"{text}\n\n물어볼 곳: {_office(job)}\n",
    )


def _english(application: Application, what: str, text: str) -> Letter:
    job = application.job
    return Letter(
        f"Dongne-ieum: {what}",
        f"{application.person.name}, “{job.title}” ({application.receipt})\n\n"
        f"{text}\n\nQuestions: {_office(job)}\n",
        "en",
    )


def _office(job: Job) -> str:
    """Its name, and the telephone as people dial it."""
    phone = job.apply_phone or job.office.phone
    if phone is None:
        return job.office.name
    number = phonenumbers.parse(phone)
    form = phonenumbers.PhoneNumberFormat.NATIONAL
    return f"{job.office.name} {phonenumbers.format_number(number, form)}"


def _start(shift: Shift, tongue: Tongue) -> str:
    begins_at = shift.during.lower if shift.during else None
    return _moment(begins_at, tongue) if begins_at else _day(shift.work_on, tongue)


def _moment(at: datetime | None, tongue: Tongue) -> str:
    if at is None:
        return ""
    there = at.astimezone(KOREA)
    return f"{_day(there.date(), tongue)} {there:%H:%M}"


def _day(day: date, tongue: Tongue) -> str:
    if tongue is Tongue.EN:
        return f"{day:%A}, {day.day} {day:%B}"
    return f"{day.month}월 {day.day}일 {'월화수목금토일'[day.weekday()]}요일"
