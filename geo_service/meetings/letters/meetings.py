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


def where(meeting: Meeting, tongue: Tongue, *, with_link: bool) -> str:
    """The place in words; online, its link to who has a seat."""
    if meeting.venue is Venue.ONLINE:
        online = "online" if tongue is Tongue.EN else "온라인"
        return f"{online}: {meeting.link}" if with_link else online
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
    """To whoever comes."""
    kept = {
        Tongue.KO: "자리는 그대로 있어요. 못 오시게 되면 자리를 내어 주세요.",
        Tongue.EN: "Your seat is kept. If you cannot come any more, please give it up.",
    }
    return _moved(meeting, tongue, kept[tongue], with_link=True)


def moved_for_the_line(meeting: Meeting, tongue: Tongue) -> Letter:
    """To whoever waits."""
    kept = {
        Tongue.KO: "차례는 그대로 있어요. 자리가 나면 알려 드려요.",
        Tongue.EN: "Your place in the line is kept. You will hear of it when there is a seat.",
    }
    return _moved(meeting, tongue, kept[tongue], with_link=False)


def _moved(meeting: Meeting, tongue: Tongue, kept: str, *, with_link: bool) -> Letter:
    before = when(meeting.moved_from, tongue)
    if tongue is Tongue.EN:
        said = f"Before: {before}\n" if before else ""
        why = f"Why: {meeting.why}\n" if meeting.why else ""
        return _told(
            meeting,
            tongue,
            "your meeting has moved",
            f"{said}{why}\n{kept}",
            with_link=with_link,
        )
    said = f"바뀌기 전: {before}\n" if before else ""
    why = f"까닭: {meeting.why}\n" if meeting.why else ""
    return _told(
        meeting,
        tongue,
        "모임 시간이나 장소가 바뀌었어요",
        f"{said}{why}\n{kept}",
        with_link=with_link,
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
            with_link=True,
        )
    return _told(
        meeting,
        tongue,
        "기다리던 자리가 났어요",
        "자리가 나서 올 수 있게 되었어요. 못 오시면 자리를 내어 주세요.",
        with_link=True,
    )


def reminder(meeting: Meeting, tongue: Tongue) -> Letter:
    """The day before."""
    subject = "your meeting is tomorrow" if tongue is Tongue.EN else "내일 모임이 있어요"
    return _reminder(meeting, tongue, subject)


def reminder_of_today(meeting: Meeting, tongue: Tongue) -> Letter:
    """On the day itself."""
    subject = "your meeting is today" if tongue is Tongue.EN else "오늘 모임이 있어요"
    return _reminder(meeting, tongue, subject)


def _reminder(meeting: Meeting, tongue: Tongue, subject: str) -> Letter:
    if tongue is Tongue.EN:
        bring = f"Bring along: {meeting.bring}" if meeting.bring else "See you there."
    else:
        bring = f"가져올 것: {meeting.bring}" if meeting.bring else "곧 만나요."
    return _told(meeting, tongue, subject, bring, with_link=True)


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


def _told(
    meeting: Meeting, tongue: Tongue, subject: str, words: str, *, with_link: bool = False
) -> Letter:
    """What, when, where, and what there is to say."""
    site, mine = ("Dongne-ieum", _MINE_EN) if tongue is Tongue.EN else ("동네이음", _MINE_KO)
    place = where(meeting, tongue, with_link=with_link)
    facts = filter(None, (meeting.title, when(meeting.during, tongue), place))
    text = "\n".join(filter(None, ("\n".join(facts), "", words.strip())))
    return Letter(f"{site}: {subject}", f"{text}\n\n{mine}\n", tongue)
