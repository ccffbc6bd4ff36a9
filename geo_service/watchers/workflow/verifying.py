"""Read a card that somebody shows. It changes nothing: nobody learns where cards were shown."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.orm import Session

from geo_service.errors import Conflict, NotFound
from geo_service.watchers.files.token import Token
from geo_service.watchers.models import CardKey, Watcher
from geo_service.watchers.queries.cards import the_card


class NotACard(NotFound):
    """This is not one of our cards, or something in its address was changed."""

    korean = "동네이음의 카드가 아니거나, 주소가 바뀌었어요. QR을 다시 찍어 주세요."


class CardKeyIsUnknown(NotFound):
    """Nobody here knows the key that is said to have signed this card."""

    korean = "이 카드의 서명을 확인할 수 없어요. 믿지 말아 주세요."


class CardKeyIsRevoked(Conflict):
    """The key that signed this card is not believed any more. Ask to see the card once more."""

    korean = "더 쓰지 않는 서명으로 만든 카드예요. 카드 화면을 다시 열어 달라고 해 주세요."


class CardHasRunOut(Conflict):
    """What was shown has run out. Ask to see the card once more."""

    korean = "보여 준 시간이 지났어요. 카드 화면을 다시 열어 달라고 해 주세요."


class CardIsRevoked(Conflict):
    """This card is not good any more."""

    korean = "더 이상 쓰지 않는 카드예요."


def read_card(session: Session, letters: str, *, at: datetime) -> Watcher:
    """Whose card it is; only what stands on it may be told.

    What is not signed by us is refused before anything is looked up.
    Raises: NotACard, CardKeyIsUnknown, CardKeyIsRevoked, CardHasRunOut, CardIsRevoked.
    """
    token = Token.read(letters)
    if token is None:
        raise NotACard
    key = session.get(CardKey, token.key_id)
    if key is None:
        raise CardKeyIsUnknown
    if not token.is_signed_by(Ed25519PublicKey.from_public_bytes(key.public_key)):
        raise NotACard
    if key.revoked_at is not None:
        raise CardKeyIsRevoked
    if token.runs_out_at <= at:
        raise CardHasRunOut
    card = session.scalar(the_card(token.card_id))
    if card is None or not card.watcher.is_valid(at):
        raise CardIsRevoked
    return card.watcher
