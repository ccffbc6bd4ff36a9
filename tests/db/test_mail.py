"""Letters leave after the commit, and are the same letter however often they do."""

import asyncio
import email.policy
import socket
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from procrastinate import App
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from geo_service.clock import now
from geo_service.db.embedded import Cluster
from geo_service.db.session import Sessions, open_engine
from geo_service.mail import Letter, send
from geo_service.mail.carrying import PATIENCE, Rhythm, carrier, carry, free_lost
from geo_service.mail.models import Envelope
from geo_service.mail.ways import Folder, NotASmtpUrl, Smtp, Way, way_out
from tests.databases import a_database
from tests.letters import letters_to

LETTER = Letter(subject="내일 10시에 만나요", text="송정1동 작은도서관입니다.\n", tongue="ko")
SENDER = "동네이음 <hello@geo.example.org>"
TO = "neighbour@example.org"


class PostOffice:
    """A mail server that answers as it was told, and keeps what it took."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.taken: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, to: str, _o: Any
    ) -> str:
        """Answer as told."""
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep it."""
        found = message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        self.taken.append(found)
        return "250 OK"


@contextmanager
def listening(office: PostOffice, **how: Any) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(office, hostname="127.0.0.1", port=port, **how)
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop()


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def smtp(office: PostOffice) -> Iterator[Smtp]:
    with listening(office) as where:
        yield Smtp.at(f"smtp+plain://{where}")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the mail server, signed by itself; its key is in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post office")])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(hours=1))
        .not_valid_after(now() + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "post-office.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + signed.public_bytes(Encoding.PEM))
    return file


@pytest.fixture(scope="module")
def committed(cluster: Cluster) -> Iterator[Engine]:
    """A database of its own, for jobs that only other connections see."""
    with a_database(cluster, "post_office") as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def post(committed: Engine) -> Iterator[Sessions]:
    yield sessionmaker(committed, expire_on_commit=False)
    with committed.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate.procrastinate_jobs"))
        connection.execute(text("DELETE FROM envelope"))


def app_of(post: Sessions, way: Way) -> App:
    url = post.kw["bind"].url.render_as_string(hide_password=False)
    return carrier(url, post, way, SENDER)


def run_once(app: App) -> None:
    """A worker that leaves when nothing is due."""

    async def run() -> None:
        async with app.open_async():
            await app.run_worker_async(
                wait=False, install_signal_handlers=False, delete_jobs="successful"
            )

    asyncio.run(run())


def jobs(post: Sessions) -> list[tuple[str, int]]:
    with post() as session:
        found = session.execute(
            text("SELECT status::text, attempts FROM procrastinate.procrastinate_jobs ORDER BY id")
        )
        return [(status, attempts) for status, attempts in found]


def make_due(post: Sessions) -> None:
    """Time passes."""
    with post.begin() as session:
        session.execute(text("UPDATE procrastinate.procrastinate_jobs SET scheduled_at = NULL"))


def written(post: Sessions, letter: Letter = LETTER) -> UUID:
    with post.begin() as session:
        sent = send(session, TO, letter)
    assert sent
    return sent


def waiting(post: Sessions) -> int:
    with post() as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def test_a_letter_waits_in_the_same_transaction(session: Session) -> None:
    sent = send(session, TO, LETTER)
    assert letters_to(session, TO) == [LETTER]
    args = session.scalars(text("SELECT args FROM procrastinate.procrastinate_jobs")).all()
    assert args == [{"letter": str(sent)}], "procrastinate knows nobody"
    session.rollback()
    assert letters_to(session, TO) == []


@pytest.mark.parametrize("nowhere", [None, ""])
def test_who_has_no_address_gets_no_letter(session: Session, nowhere: str | None) -> None:
    assert send(session, nowhere, LETTER) is None
    assert session.scalar(select(func.count()).select_from(Envelope)) == 0


def test_a_sent_letter_is_forgotten(post: Sessions, smtp: Smtp, office: PostOffice) -> None:
    letter = written(post)
    run_once(app_of(post, smtp))
    (taken,) = office.taken
    assert taken["To"] == TO
    assert taken["From"] == SENDER
    assert taken["Subject"] == LETTER.subject
    assert taken["Message-ID"] == f"<{letter}@geo.example.org>"
    assert taken["Content-Language"] == "ko"
    assert taken.get_content().strip() == LETTER.text.strip()
    assert waiting(post) == 0
    assert jobs(post) == []


def test_a_server_that_cannot_now_is_asked_again(
    post: Sessions, smtp: Smtp, office: PostOffice
) -> None:
    written(post)
    office.answers = ["451 Come back later"]
    app = app_of(post, smtp)
    run_once(app)
    assert (office.taken, jobs(post), waiting(post)) == ([], [("todo", 1)], 1)
    run_once(app)
    assert office.taken == [], "not before the pause is over"
    make_due(post)
    run_once(app)
    assert (len(office.taken), jobs(post), waiting(post)) == (1, [], 0)


def test_a_mailbox_that_does_not_exist_is_not_asked_again(
    post: Sessions, smtp: Smtp, office: PostOffice
) -> None:
    written(post)
    office.answers = ["550 No such mailbox"]
    run_once(app_of(post, smtp))
    assert (office.taken, jobs(post), waiting(post)) == ([], [("failed", 1)], 0)


def test_a_server_that_is_away_keeps_its_letters_waiting(post: Sessions) -> None:
    written(post)
    run_once(app_of(post, Smtp.at("smtp+plain://127.0.0.1:1")))
    assert (jobs(post), waiting(post)) == ([("todo", 1)], 1)


def test_one_gives_up_after_four_days() -> None:
    pauses = [PATIENCE.exponential_wait ** (n + 1) for n in range(PATIENCE.max_attempts or 0)]
    assert round(sum(pauses) / (24 * 3600)) == 4


def test_a_letter_of_a_killed_worker_is_carried_by_the_next(post: Sessions, tmp_path: Path) -> None:
    letter = written(post)
    with post.begin() as session:
        session.execute(
            text("""
                WITH dead AS (
                    INSERT INTO procrastinate.procrastinate_workers (last_heartbeat)
                    VALUES (now() - interval '31 s') RETURNING id)
                UPDATE procrastinate.procrastinate_jobs
                SET status = 'doing', worker_id = dead.id FROM dead
            """)
        )
    app = app_of(post, Folder(tmp_path))
    run_once(app)
    assert jobs(post) == [("doing", 0)], "nobody else takes it by himself"

    async def sweep() -> list[int]:
        async with app.open_async():
            return [await free_lost(app, Rhythm()), await free_lost(app, Rhythm())]

    assert asyncio.run(sweep()) == [1, 0]
    run_once(app)
    assert (jobs(post), waiting(post)) == ([], 0)
    assert [path.stem for path in tmp_path.iterdir()] == [str(letter)]


def test_a_letter_that_was_sent_already_is_not_sent_again(post: Sessions, tmp_path: Path) -> None:
    letter = written(post)
    for _ in range(2):
        carry(post, Folder(tmp_path), SENDER, letter)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_letter_that_leaves_twice_is_the_same_letter(post: Sessions, tmp_path: Path) -> None:
    class KilledAfterwards(Folder):
        def carry(self, message: EmailMessage) -> None:
            super().carry(message)
            raise KeyboardInterrupt

    letter = written(post)
    folder = tmp_path / "outbox"
    with pytest.raises(KeyboardInterrupt):
        carry(post, KilledAfterwards(folder), SENDER, letter)
    (path,) = folder.iterdir()
    first = path.read_bytes()
    carry(post, Folder(folder), SENDER, letter)
    assert list(folder.iterdir()) == [path]
    assert path.read_bytes() == first


def test_only_their_owner_reads_the_letters_in_the_folder(post: Sessions, tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    carry(post, Folder(folder), SENDER, written(post))
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert LETTER.text.strip() in path.read_text(), "and by his own eyes"


def test_a_subject_cannot_smuggle_in_a_header(post: Sessions, tmp_path: Path) -> None:
    smuggler = Letter(subject="방 예약\r\nBcc: all@example.org", text="…")
    carry(post, Folder(tmp_path), SENDER, written(post, smuggler))
    (path,) = tmp_path.iterdir()
    found = message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert found["Bcc"] is None
    assert found["Subject"] == "방 예약 Bcc: all@example.org"


def test_nothing_is_said_unencrypted_where_encryption_was_asked_for(
    post: Sessions, office: PostOffice
) -> None:
    written(post)
    with listening(office) as where:
        run_once(app_of(post, Smtp.at(f"smtp://somebody:secret@{where}")))
    assert (office.taken, waiting(post)) == ([], 1)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_password_is_only_said_to_a_server_whose_certificate_is_trusted(
    post: Sessions, office: PostOffice, certificate: Path, scheme: str
) -> None:
    def check(_server: Any, _session: Any, _envelope: Any, _how: str, who: LoginPassword) -> Any:
        return AuthResult(success=(who.login, who.password) == (b"some:body", b"sec/ret"))

    offering = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    offering.load_cert_chain(certificate)
    how = {"ssl_context" if scheme == "smtps" else "tls_context": offering}
    written(post)
    with listening(office, authenticator=check, auth_require_tls=scheme == "smtp", **how) as where:
        server = Smtp.at(f"{scheme}://some%3Abody:sec%2Fret@{where}")
        run_once(app_of(post, server))
        assert office.taken == [], "nobody vouches for it"
        make_due(post)
        trusted = ssl.create_default_context(cafile=str(certificate))
        run_once(app_of(post, replace(server, trusted=trusted)))
    assert len(office.taken) == 1


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtps://h:port", "smtp://h:0"],
)
def test_what_names_no_mail_server_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotASmtpUrl):
        way_out(url, tmp_path)


def test_without_a_server_letters_go_into_the_folder(tmp_path: Path) -> None:
    assert way_out(None, tmp_path) == Folder(tmp_path)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("envelope_addressed_check", {"address": "nobody"}),
        ("envelope_addressed_check", {"address": "a@b c"}),
        ("envelope_written_check", {"subject": " "}),
        ("envelope_written_check", {"text": ""}),
        ("envelope_tongue_check", {"tongue": "de"}),
    ],
)
def test_no_envelope_is_malformed(
    session: Session, constraint: str, change: dict[str, str]
) -> None:
    usual = {"address": TO, "subject": "s", "text": "t", "tongue": "ko"}
    session.add(Envelope(**usual | change))  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match=constraint):
        session.flush()
