"""What we write to people about their accounts. A code is good for ten minutes and says so."""

from geo_service.accounts.models import Tongue
from geo_service.mail import Letter


def code_to_come_in(code: str, tongue: Tongue) -> Letter:
    """For who has an account."""
    if tongue is Tongue.EN:
        return Letter(
            f"{code} is your code for Dongne-ieum",
            f"Your code: {code}\n\n"
            "Type it on the page where you asked for it. It is good for ten minutes.\n"
            "If you did not ask for it, delete this letter. Never tell anybody the code:\n"
            "we never ask for it by telephone or message.\n",
            tongue,
        )
    return Letter(
        f"동네이음 확인 코드 {code}",
        f"확인 코드: {code}\n\n"
        "코드를 요청한 화면에 적어 주세요. 10분 동안 쓸 수 있어요.\n"
        "요청하지 않았다면 이 메일을 지워 주세요. 코드는 누구에게도 알려 주지 마세요.\n"
        "저희는 전화나 문자로 코드를 묻지 않습니다.\n",
        tongue,
    )


def code_to_begin(code: str, tongue: Tongue) -> Letter:
    """For who makes an account."""
    if tongue is Tongue.EN:
        return Letter(
            f"{code} is your code for joining Dongne-ieum",
            f"Welcome. Your code: {code}\n\n"
            "Type it on the page where you signed up. It is good for ten minutes.\n"
            "If you did not sign up, delete this letter, and no account is made.\n",
            tongue,
        )
    return Letter(
        f"동네이음 가입 확인 코드 {code}",
        f"반갑습니다. 확인 코드: {code}\n\n"
        "가입하던 화면에 적어 주세요. 10분 동안 쓸 수 있어요.\n"
        "가입하지 않았다면 이 메일을 지워 주세요. 계정은 만들어지지 않습니다.\n",
        tongue,
    )


def nobody_here(tongue: Tongue) -> Letter:
    """For who asked for a code at an address without an account."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: there is no account with this address",
            "Somebody, perhaps you, asked for a code to sign in with this address.\n"
            "There is no account with it. To make one, choose “Sign up” on the page.\n"
            "If it was not you, there is nothing to do.\n",
            tongue,
        )
    return Letter(
        "동네이음: 이 주소로 만든 계정이 없어요",
        "누군가 이 주소로 로그인 코드를 요청했습니다. 본인이 하신 일일 수도 있어요.\n"
        "이 주소로 만든 계정이 없습니다. 화면에서 ‘회원가입’을 눌러 새로 만들 수 있어요.\n"
        "요청하지 않았다면 아무 일도 하지 않으셔도 됩니다.\n",
        tongue,
    )


def code_to_move(code: str, tongue: Tongue) -> Letter:
    """To the address that an account shall have."""
    if tongue is Tongue.EN:
        return Letter(
            f"{code} confirms your new address",
            f"Your code: {code}\n\n"
            "Type it on the page where you changed your address. It is good for ten minutes.\n"
            "If you did not ask for it, delete this letter, and nothing changes.\n",
            tongue,
        )
    return Letter(
        f"동네이음 새 주소 확인 코드 {code}",
        f"확인 코드: {code}\n\n"
        "이메일을 바꾸던 화면에 적어 주세요. 10분 동안 쓸 수 있어요.\n"
        "요청하지 않았다면 이 메일을 지워 주세요. 아무것도 바뀌지 않습니다.\n",
        tongue,
    )


def something_changed(what: str, what_english: str, tongue: Tongue) -> Letter:
    """To whom an account belongs, when its locks were changed."""
    if tongue is Tongue.EN:
        return Letter(
            f"Dongne-ieum: {what_english}",
            f"{what_english}.\n\n"
            "If it was not you, sign in with a code by mail, sign out everywhere on the page\n"
            "“My account”, and choose a new password.\n",
            tongue,
        )
    return Letter(
        f"동네이음: {what}",
        f"{what}.\n\n"
        "본인이 한 일이 아니라면 메일 코드로 로그인한 뒤, ‘내 계정’ 화면에서\n"
        "모든 기기 로그아웃을 누르고 비밀번호를 새로 정해 주세요.\n",
        tongue,
    )
