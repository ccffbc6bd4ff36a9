"""What we write to people about a meeting that is to come, moves, or does not take place."""

from datetime import datetime

from babel.dates import format_datetime
from sqlalchemy.dialects.postgresql import Range

from geo_service.accounts.models import Tongue
from geo_service.clock import KOREA
from geo_service.mail import Letter
from geo_service.meetings.models import Help, Meeting, Venue

_LOOK = {Tongue.KO: "M월 d일(EEE) B h:mm", Tongue.EN: "EEE, MMM d, h:mm a"}
_HOUR = {Tongue.KO: "B h:mm", Tongue.EN: "h:mm a"}

_MINE_KO = "‘내 동네이음’의 ‘내 모임’에서 볼 수 있어요."
_MINE_EN = "You find it under “My Dongne-ieum”, “My meetings”."


def when(during: Range[datetime] | None, tongue: Tongue) -> str:
    """`11월 24일(화) 오후 7:00 ~ 오후 8:30`."""
    if during is None or during.lower is None or during.upper is None:
        return ""
    begins = format_datetime(during.lower, _LOOK[tongue], tzinfo=KOREA, locale=tongue.value)
    ends = format_datetime(during.upper, _HOUR[tongue], tzinfo=KOREA, locale=tongue.value)
    return f"{begins} ~ {ends}"


def where(meeting: Meeting, tongue: Tongue) -> str:
    """The place in words; online, its link."""
    if meeting.venue is Venue.ONLINE:
        return f"{'online' if tongue is Tongue.EN else '온라인'}: {meeting.link}"
    return ", ".join(filter(None, (meeting.venue_words, meeting.address)))


def supported(meeting: Meeting, tongue: Tongue) -> Letter:
    """To the proposer: it can be convened."""
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: your neighbours support “{meeting.title}”",
            f"{meeting.supporters_needed} neighbours support your proposal. Choose a time,\n"
            f"and it takes place.\n\n{_MINE_EN}\n",
            tongue,
        )
    return Letter(
        f"동네이음: 이웃이 ‘{meeting.title}’을 응원해요",
        f"이웃 {meeting.supporters_needed}명이 제안을 응원했어요. 시간을 고르면 모임이 열려요.\n\n"
        f"{_MINE_KO}\n",
        tongue,
    )


def convened(meeting: Meeting, tongue: Tongue) -> Letter:
    """To who supported it."""
    if tongue is Tongue.EN:
        return _told(
            meeting,
            tongue,
            "the meeting you supported takes place",
            "If you come, press “I'll come” on its page, so that there is a seat for you.",
        )
    return _told(
        meeting,
        tongue,
        "응원한 모임이 열려요",
        "오시려면 모임 화면에서 ‘갈게요’를 눌러 자리를 맡아 주세요.",
    )


def moved(meeting: Meeting, tongue: Tongue) -> Letter:
    """To whoever comes or waits."""
    before = when(meeting.moved_from, tongue)
    if tongue is Tongue.EN:
        said = f"Before: {before}\n" if before else ""
        why = f"Why: {meeting.why}\n" if meeting.why else ""
        return _told(
            meeting,
            tongue,
            "your meeting has moved",
            f"{said}{why}\nYour seat is kept. If you cannot come any more, please give it up.",
        )
    said = f"바뀌기 전: {before}\n" if before else ""
    why = f"까닭: {meeting.why}\n" if meeting.why else ""
    return _told(
        meeting,
        tongue,
        "모임 시간이나 장소가 바뀌었어요",
        f"{said}{why}\n자리는 그대로 있어요. 못 오시게 되면 자리를 내어 주세요.",
    )


def cancelled(meeting: Meeting, tongue: Tongue) -> Letter:
    """To whoever would have come."""
    if tongue is Tongue.EN:
        why = f"Why: {meeting.why}" if meeting.why else "It does not take place."
        return _told(meeting, tongue, "a meeting was cancelled", why)
    why = f"까닭: {meeting.why}" if meeting.why else "이 모임은 열리지 않아요."
    return _told(meeting, tongue, "모임이 취소되었어요", why)


def moved_up(meeting: Meeting, tongue: Tongue) -> Letter:
    """To who waited."""
    if tongue is Tongue.EN:
        return _told(
            meeting,
            tongue,
            "there is a seat for you",
            "Somebody gave up their seat, and it is yours. If you cannot come, please give it up.",
        )
    return _told(
        meeting,
        tongue,
        "기다리던 자리가 났어요",
        "자리가 나서 올 수 있게 되었어요. 못 오시면 자리를 내어 주세요.",
    )


def reminder(meeting: Meeting, tongue: Tongue) -> Letter:
    """The day before."""
    if tongue is Tongue.EN:
        bring = f"Bring along: {meeting.bring}" if meeting.bring else "See you there."
        return _told(meeting, tongue, "your meeting is tomorrow", bring)
    bring = f"가져올 것: {meeting.bring}" if meeting.bring else "내일 만나요."
    return _told(meeting, tongue, "내일 모임이 있어요", bring)


def help_asked(meeting: Meeting, tongue: Tongue) -> Letter:
    """To the dong's officers."""
    if tongue is Tongue.EN:
        return _told(
            meeting,
            tongue,
            "neighbours ask you to come and help",
            "Please answer under “Meetings” among the office's pages.",
        )
    return _told(
        meeting,
        tongue,
        "이웃이 모임에 와서 도와 달라고 해요",
        "기관 업무의 ‘모임’에서 갈 수 있는지 답해 주세요.",
    )


def help_answered(meeting: Meeting, tongue: Tongue) -> Letter:
    """To the proposer."""
    comes = meeting.help is Help.COMING
    if tongue is Tongue.EN:
        subject = "an officer comes and helps" if comes else "no officer can come"
    else:
        subject = "담당자가 와서 도와요" if comes else "담당자가 오기 어려워요"
    return _told(meeting, tongue, subject, meeting.help_words)


def _told(meeting: Meeting, tongue: Tongue, subject: str, words: str) -> Letter:
    """What, when, where, and what there is to say."""
    site, mine = ("Dongne-ieum", _MINE_EN) if tongue is Tongue.EN else ("동네이음", _MINE_KO)
    facts = filter(None, (meeting.title, when(meeting.during, tongue), where(meeting, tongue)))
    text = "\n".join(filter(None, ("\n".join(facts), "", words.strip())))
    return Letter(f"{site}: {subject}", f"{text}\n\n{mine}\n", tongue)
