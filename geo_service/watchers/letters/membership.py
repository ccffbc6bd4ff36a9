"""One letter for each step of a membership."""

from datetime import datetime, timedelta

from geo_service.accounts.models import Tongue
from geo_service.clock import KOREA
from geo_service.mail import Letter
from geo_service.watchers.models import Watcher


def received(watcher: Watcher, tongue: Tongue) -> Letter:
    """At once: it is there, and who decides."""
    if tongue is Tongue.EN:
        return _english(
            watcher,
            "we have your enrolment as a watcher",
            f"{watcher.office.name} looks at it and may call you. We write to you then.",
        )
    return _korean(
        watcher,
        "시민찾동이 가입을 받았어요",
        f"{watcher.office.name}에서 확인해요. 전화를 드릴 수도 있어요. 확인되면 알려 드릴게요.",
    )


def confirmed(watcher: Watcher, tongue: Tongue) -> Letter:
    """Yes; and where the card is."""
    last = _last_day(watcher.valid_until, tongue)
    if tongue is Tongue.EN:
        return _english(
            watcher,
            "you are a watcher now",
            f"Thank you for looking out. Your card is good until {last}; you find it on the\n"
            "page “My card”, for the telephone and for printing.",
        )
    return _korean(
        watcher,
        "시민찾동이가 되셨어요",
        f"함께 살펴 주셔서 고맙습니다. 카드는 {last}까지 쓸 수 있고, ‘내 카드’ 화면에서\n"
        "휴대전화로 보여 주거나 종이로 인쇄할 수 있어요.",
    )


def declined(watcher: Watcher, tongue: Tongue) -> Letter:
    """No, and why."""
    if tongue is Tongue.EN:
        return _english(
            watcher,
            "your enrolment was not confirmed",
            f"Why: {watcher.reason}\nIf that has changed, you may enrol again.",
        )
    return _korean(
        watcher,
        "시민찾동이 가입이 확인되지 않았어요",
        f"까닭: {watcher.reason}\n사정이 바뀌면 다시 가입할 수 있어요.",
    )


def ended(watcher: Watcher, tongue: Tongue) -> Letter:
    """No more, and why."""
    if tongue is Tongue.EN:
        return _english(
            watcher,
            "your membership as a watcher has ended",
            f"{watcher.office.name} has ended it. Why: {watcher.reason}\n"
            "Your card is good no more.",
        )
    return _korean(
        watcher,
        "시민찾동이 활동이 끝났어요",
        f"{watcher.office.name}에서 활동을 마치게 했어요. 까닭: {watcher.reason}\n"
        "카드는 더 쓸 수 없어요.",
    )


def renewal_due(watcher: Watcher, tongue: Tongue) -> Letter:
    """Some weeks before the year is over."""
    last = _last_day(watcher.valid_until, tongue)
    if tongue is Tongue.EN:
        return _english(
            watcher,
            "go on as a watcher?",
            f"Your card is good until {last}. One press on the page “Watchers” gives you another\n"
            "year. If you would rather stop, there is nothing to do.",
        )
    return _korean(
        watcher,
        "시민찾동이를 계속하시겠어요?",
        f"카드는 {last}까지 쓸 수 있어요. ‘시민찾동이’ 화면에서 한 번 누르면 1년 더 이어져요.\n"
        "그만두고 싶으시면 그냥 두셔도 됩니다.",
    )


def renewed(watcher: Watcher, tongue: Tongue) -> Letter:
    """Another year."""
    last = _last_day(watcher.valid_until, tongue)
    if tongue is Tongue.EN:
        return _english(
            watcher,
            "one more year as a watcher",
            f"Your new card is good until {last}. Cards from before are good no more; print a\n"
            "paper card again if you use one.",
        )
    return _korean(
        watcher,
        "시민찾동이가 1년 더 이어져요",
        f"새 카드는 {last}까지 쓸 수 있어요. 예전 카드는 더 쓸 수 없으니,\n"
        "종이 카드를 쓰신다면 다시 인쇄해 주세요.",
    )


def run_out(watcher: Watcher, tongue: Tongue) -> Letter:
    """The year is over, and nobody renewed it."""
    if tongue is Tongue.EN:
        return _english(
            watcher,
            "your year as a watcher is over",
            "Thank you for this year. Your card is good no more; you may enrol again at any time.",
        )
    return _korean(
        watcher,
        "시민찾동이 활동 기간이 끝났어요",
        "지난 1년 동안 고맙습니다. 카드는 더 쓸 수 없고, 언제든 다시 가입할 수 있어요.",
    )


def _korean(watcher: Watcher, what: str, text: str) -> Letter:
    return Letter(f"동네이음: {what}", f"{watcher.name} 님 ({watcher.dong_name})\n\n{text}\n")


def _english(watcher: Watcher, what: str, text: str) -> Letter:
    greeting = f"{watcher.name} ({watcher.dong_name})"
    return Letter(f"Dongne-ieum: {what}", f"{greeting}\n\n{text}\n", Tongue.EN)


def _last_day(until: datetime | None, tongue: Tongue) -> str:
    """The day before that midnight."""
    if until is None:
        return ""
    last = until.astimezone(KOREA) - timedelta(minutes=1)
    if tongue is Tongue.EN:
        return f"{last.day} {last:%B} {last.year}"
    return f"{last.year}년 {last.month}월 {last.day}일"
