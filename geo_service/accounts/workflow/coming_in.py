"""Signing in by password."""

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.queries import the_person_with
from geo_service.accounts.workflow.passwords import is_right
from geo_service.errors import Invalid


class NotRight(Invalid):
    """Address and password do not belong together. Try again, or sign in with a code by mail."""

    korean = "이메일이나 비밀번호가 맞지 않아요. 다시 적거나, 메일 코드로 로그인해 주세요."


def whose_password(session: Session, email: str, password: str) -> Person:
    """Who signs in; unknown addresses are refused in the same words and time. Raises: NotRight."""
    person = session.scalar(the_person_with(email))
    if not is_right(person, password) or person is None:
        raise NotRight
    return person
