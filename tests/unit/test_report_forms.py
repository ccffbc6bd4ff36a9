"""The page that asks how to hear of it."""

import pytest
from starlette.datastructures import FormData

from geo_service.reports.files.told import Way
from geo_service.reports.schemas.forms import ContactForm
from geo_service.web.forms import filled


@pytest.mark.parametrize("way", ["receipt", "none", "account"])
def test_what_stands_in_a_hidden_field_keeps_nobody_from_going_on(way: str) -> None:
    form = filled(ContactForm, FormData([("way", way), ("email", "김이웃")]))
    assert form.value is not None
    assert (form.value.way, form.value.email) == (Way(way), None)


def test_a_telephone_is_asked_only_of_who_can_be_called() -> None:
    sent = [("way", "receipt"), ("phone", "12")]
    assert filled(ContactForm, FormData(sent)).value is not None
    assert "phone" in filled(ContactForm, FormData([("way", "account"), ("phone", "12")])).errors


def test_who_wants_mail_is_asked_for_an_address() -> None:
    for address in ([], [("email", "김이웃")]):
        assert "email" in filled(ContactForm, FormData([("way", "mail"), *address])).errors
