"""Letters to whoever an application concerns."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person, Tongue
from geo_service.hiring.models import Application, Way
from geo_service.mail import Letter, send

P = ParamSpec("P")

Writing = Callable[Concatenate[Application, Tongue, P], Letter]


def tell(
    session: Session,
    application: Application,
    letter: Writing[P],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Write to the worker, and to the relative who applied for them."""
    session.flush()
    readers = [session.get_one(Person, application.person_id)]
    if application.way is Way.FAMILY and application.by_id is not None:
        readers.append(session.get_one(Person, application.by_id))
    for reader in readers:
        if reader.email is not None:
            send(session, reader.email, letter(application, reader.tongue, *args, **kwargs))
