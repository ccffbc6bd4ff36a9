"""People, and how the service knows them again. Secrets are kept as hashes, or sealed."""

from geo_service.accounts.models.attempts import Attempts
from geo_service.accounts.models.codes import MailCode, Purpose
from geo_service.accounts.models.factors import RecoveryCode, SecondFactor
from geo_service.accounts.models.identity import Identity
from geo_service.accounts.models.person import Person, Tongue
from geo_service.accounts.models.sign_in import SignIn
from geo_service.accounts.models.tokens import ApiToken, Scope

__all__ = [
    "ApiToken",
    "Attempts",
    "Identity",
    "MailCode",
    "Person",
    "Purpose",
    "RecoveryCode",
    "Scope",
    "SecondFactor",
    "SignIn",
    "Tongue",
]
