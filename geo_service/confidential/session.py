"""The vault: confidential transactions, each with the claims of whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, NullPool, create_engine, event, text
from sqlalchemy.orm import Session, SessionTransaction

from geo_service.accounts.workflow.secret import Secret
from geo_service.confidential.claims import Claims, Standing, pads, proof
from geo_service.confidential.keys import KeyRing
from geo_service.db.session import Sessions
from geo_service.errors import Busy, Conflict

GOOD_FOR_S = 60
"""For how long claims hold; the transaction they were made for ends sooner."""

_HERE = text("""
    SELECT pg_backend_pid(), extract(epoch FROM now())::text,
           extract(epoch FROM clock_timestamp())::float8
""")
_CLAIM = text("""
    SELECT set_config('reports.claims', :said, true), set_config('reports.proof', :proof, true)
""")
_BELIEVED = text("SELECT reports.standing()")
_TEACH = text("""
    INSERT INTO reports.claim_key (inner_pad, outer_pad) VALUES (:inner, :outer)
    ON CONFLICT (single) DO UPDATE SET inner_pad = :inner, outer_pad = :outer
""")


_ANY = Standing.CLOCKWORK


class NothingIsClaimed(Exception):
    """A confidential transaction was begun without saying on whose behalf."""


class ClaimsAreNotBelieved(Conflict):
    """The database does not know this service's key: run `geo-service migrate` with GEO_SECRET_KEY.

    Or its secret has changed since.
    """


class VaultIsClosed(Busy):
    """Reports cannot be told or read here at the moment. In an emergency, call 119 or 112."""

    korean = "지금은 여기서 알릴 수 없어요. 급하면 119나 112로 전화해 주세요."


class Vault:
    """All that confidential work needs: sessions of the login `geo_reports`, and the keys.

    `sessions` become the vault's own: whatever is begun in them claims something first.
    """

    def __init__(self, sessions: Sessions, secret: Secret, ring: KeyRing) -> None:
        self.sessions = sessions
        self.secret = secret
        self.ring = ring
        self._key = _claims_key(secret)
        event.listen(sessions, "after_begin", self._claim)

    @contextmanager
    def opened(self, claims: Claims) -> Iterator[Session]:
        """One transaction: it commits when the block returns, and is undone when it raises."""
        with self.session(claims) as session, session.begin():
            yield session

    def session(self, claims: Claims) -> Session:
        """A session that has not begun; every transaction of it makes these claims."""
        return self.sessions(info={"claims": claims})

    def claim(self, session: Session, claims: Claims) -> None:
        """From now on speak on other claims, in the same transaction."""
        session.flush()
        session.info["claims"] = claims
        if session.in_transaction():
            self.say(session.connection(), claims)

    def check(self) -> None:
        """Raises: ClaimsAreNotBelieved."""
        with self.opened(Claims(_ANY, purpose="start")) as session:
            if session.scalar(_BELIEVED) != _ANY:
                raise ClaimsAreNotBelieved

    def _claim(
        self, session: Session, transaction: SessionTransaction, connection: Connection
    ) -> None:
        if transaction.nested:
            return
        claims: Claims | None = session.info.get("claims")
        if claims is None:
            raise NothingIsClaimed
        self.say(connection, claims)

    def say(self, connection: Connection, claims: Claims) -> None:
        """Prove these claims to PostgreSQL, for the present transaction."""
        backend, transaction, at = connection.execute(_HERE).one()
        said = claims.said(backend=backend, transaction=transaction, until=at + GOOD_FOR_S)
        connection.execute(_CLAIM, {"said": said, "proof": proof(self._key, said)})


def vault_of(session: Session) -> Vault:
    """The vault of a worker, from the session that its task was given."""
    vault: Vault | None = session.info.get("vault")
    if vault is None:
        raise VaultIsClosed
    return vault


def teach(owner_url: str, secret: Secret) -> None:
    """Let the database know by what it recognises claims; as owner, who alone may read it."""
    inner, outer = pads(_claims_key(secret))
    with create_engine(owner_url, poolclass=NullPool).begin() as connection:
        connection.execute(_TEACH, {"inner": inner, "outer": outer})


def _claims_key(secret: Secret) -> bytes:
    return secret.digest("claims about reports")
