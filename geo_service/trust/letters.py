"""What we write to people about reviews."""

from geo_service.accounts.models import Tongue
from geo_service.mail import Letter


def round_opened(job: str, tongue: Tongue) -> Letter:
    """To who has worked."""
    if tongue is Tongue.EN:
        return Letter(
            "Dongne-ieum: how was the work?",
            f"“{job}” is done and confirmed. Two questions and one line tell the next neighbours\n"
            "what to expect. You find them under “My Dongne-ieum”, for seven days.\n\n"
            "The office answers two questions about you, too. Neither sees the other's words\n"
            "before both have written or the seven days are over. Whoever writes nothing is not\n"
            "counted, neither as good nor as bad.\n",
            tongue,
        )
    return Letter(
        "동네이음: 일은 어떠셨어요?",
        f"‘{job}’ 일이 끝나고 확인되었어요. 질문 두 개와 한 줄이 다음 이웃에게 도움이 됩니다.\n"
        "‘내 동네이음’에서 7일 동안 쓸 수 있어요.\n\n"
        "기관도 같은 방식으로 답합니다. 둘 다 쓰거나 7일이 지나야 서로의 글이 보여요.\n"
        "쓰지 않으면 좋게도 나쁘게도 세지 않습니다.\n",
        tongue,
    )
