"""What we write to people about minutes, ballots, tasks and looking back."""

from datetime import date, datetime

from geo_service.accounts.models import Tongue
from geo_service.clock import KOREA
from geo_service.mail import Letter


def _moment(at: datetime) -> str:
    return f"{at.astimezone(KOREA):%Y-%m-%d %H:%M}"


def named_scribe(meeting: str, tongue: Tongue) -> Letter:
    """To whom the meeting names to write the minutes."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: you write the minutes",
            f"You were asked to write the minutes of “{meeting}”.\n"
            "You find the page under “My meetings”. A draft is kept until you\n"
            "publish it. If you would rather not, tell whoever proposed the meeting.\n",
            tongue,
        )
    return Letter(
        "동네이음: 회의록을 맡으셨어요",
        f"‘{meeting}’의 회의록을 적는 사람으로 정해졌어요.\n"
        "‘내 모임’에서 적을 수 있어요. 올리기 전까지는 초안으로 남아요.\n"
        "맡기 어려우면 모임을 연 이웃에게 알려 주세요.\n",
        tongue,
    )


def minutes_published(meeting: str, tongue: Tongue) -> Letter:
    """To who was to come."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: the minutes are there",
            f"The minutes of “{meeting}” are published. You find them on the page of the\n"
            "meeting. If something is wrong, tell whoever wrote them: corrections leave the\n"
            "former text visible.\n",
            tongue,
        )
    return Letter(
        "동네이음: 회의록이 나왔어요",
        f"‘{meeting}’의 회의록이 올라왔어요. 모임 화면에서 읽을 수 있어요.\n"
        "틀린 곳이 있으면 적은 사람에게 알려 주세요. 고쳐도 처음 글이 함께 남아요.\n",
        tongue,
    )


def ballot_opened(meeting: str, question: str, closes_at: datetime, tongue: Tongue) -> Letter:
    """To who may vote."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: please vote",
            f"“{meeting}” asks: {question}\n\n"
            f"You can vote until {_moment(closes_at)} (Korean time). Sign in and open “My\n"
            "meetings”. It is secret: who voted is kept apart from what was voted.\n",
            tongue,
        )
    return Letter(
        "동네이음: 투표해 주세요",
        f"‘{meeting}’에서 묻습니다: {question}\n\n"
        f"{_moment(closes_at)}까지 투표할 수 있어요. 로그인하고 ‘내 모임’을 열어 주세요.\n"
        "비밀투표예요. 누가 투표했는지와 무엇을 골랐는지는 따로 적어요.\n",
        tongue,
    )


def task_taken_on(meeting: str, words: str, due_on: date, tongue: Tongue) -> Letter:
    """To who does it."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: something to do",
            f"At “{meeting}” you took on: {words}\n"
            f"Until {due_on.isoformat()}. When it is done, say so under “My meetings”.\n"
            "If you cannot do it after all, you can give it back there.\n",
            tongue,
        )
    return Letter(
        "동네이음: 맡으신 일이 있어요",
        f"‘{meeting}’에서 맡으신 일: {words}\n"
        f"{due_on.isoformat()}까지예요. 다 하면 ‘내 모임’에서 알려 주세요.\n"
        "하기 어려워지면 같은 화면에서 내려놓을 수 있어요.\n",
        tongue,
    )


def how_did_it_go(meeting: str, tongue: Tongue) -> Letter:
    """To owners of tasks and the proposer, four weeks later."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: how did it go?",
            f"Four weeks ago neighbours met for “{meeting}”. What became of it?\n"
            "A line on each task and a few words on the whole are enough. You find the questions\n"
            "under “My meetings”. Everybody can read the answers.\n",
            tongue,
        )
    return Letter(
        "동네이음: 그 뒤로 어떻게 되었나요?",
        f"4주 전에 ‘{meeting}’ 모임이 있었어요. 그 뒤로 어떻게 되었나요?\n"
        "맡은 일마다 한 줄, 모임 전체에 몇 마디면 됩니다.\n"
        "‘내 모임’에서 답할 수 있어요. 답은 누구나 읽을 수 있어요.\n",
        tongue,
    )
