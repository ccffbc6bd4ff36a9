"""Signing up, in and out, and one's own account."""

from fastapi import APIRouter

from geo_service.accounts.pages import (
    account,
    browsers,
    coming_in,
    elsewhere,
    locks,
    mail_codes,
    second_factor,
    tokens,
    whereabouts,
)

router = APIRouter()
for part in (
    coming_in,
    mail_codes,
    elsewhere,
    account,
    whereabouts,
    locks,
    browsers,
    tokens,
    second_factor,
):
    router.routes.extend(part.router.routes)
