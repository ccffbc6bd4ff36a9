"""What can be wrong with a case, or with what somebody wants to do to it."""

from geo_service.errors import BadField, Conflict, Invalid, NotFound


class NoSuchCase(NotFound):
    """There is no such case."""

    korean = "그런 사례가 없어요."


class NotToldHere(NotFound):
    """There is no such report in your centre."""

    korean = "우리 센터에 그런 알림이 없어요."


class NoSuchStep(NotFound):
    """There is no such step of this case."""

    korean = "그런 할 일이 없어요."


class SayWhatFor(Invalid):
    """A colleague looks after this case. Say what you open it for."""

    korean = "다른 분이 맡은 사례예요. 왜 여는지 골라 주세요."


class StageDoesNotFollow(Conflict):
    """A case does not go from its stage to that one."""

    korean = "지금 단계에서 바로 옮길 수 없는 단계예요."


class CaseIsClosed(Conflict):
    """This case is closed. Open it again first."""

    korean = "끝난 사례예요. 먼저 다시 열어 주세요."


class CaseWasMerged(Conflict):
    """This case has become part of another one. Go on there."""

    korean = "다른 사례에 합친 사례예요. 그 사례에서 이어 주세요."


class SayWhereConnected(BadField):
    """Say to which service they were connected."""

    korean = "어디에 연계했는지 적어 주세요."


class SayHowItEnded(BadField):
    """Say how it ended."""

    korean = "어떻게 마무리했는지 적어 주세요."


class StepIsDone(Conflict):
    """Somebody has noted this step already."""

    korean = "이미 적은 일이에요."


class AlreadyTakenUp(Conflict):
    """Somebody has taken this report up already."""

    korean = "이미 다른 분이 맡았어요."


class AcceptFirst(Conflict):
    """Two centres were told. Accept the report before you take it up."""

    korean = "두 센터에 알린 일이에요. 먼저 우리가 받을지 정해 주세요."


class NoBorder(Conflict):
    """This report has one centre that answers; there is nothing to accept or to leave."""

    korean = "받을 센터가 이미 정해졌어요."


class NotTheSameCentre(Conflict):
    """Only cases of the same centre can be merged."""

    korean = "같은 센터의 사례만 합칠 수 있어요."


class OnlyReport(Conflict):
    """This is the only report of the case."""

    korean = "이 사례의 하나뿐인 알림이에요."


class HandoverIsWaiting(Conflict):
    """This case is offered to another centre already."""

    korean = "이미 다른 센터에 넘기려고 물어봤어요."


class NobodyIsAsked(Conflict):
    """Nobody is asked to take this case."""

    korean = "넘겨받을지 물어본 사례가 아니에요."


class NoSuchCentre(BadField):
    """Choose another dong centre."""

    korean = "다른 행정복지센터를 골라 주세요."


class NotACaseworkerHere(BadField):
    """Choose a caseworker of this centre."""

    korean = "이 센터의 사례관리 담당을 골라 주세요."


class NoAnswerWanted(Conflict):
    """Whoever told this did not want an answer."""

    korean = "알린 분이 답을 받지 않겠다고 했어요."


class NoSuchRound(NotFound):
    """There is no such survey."""

    korean = "그런 조사가 없어요."


class NoSuchHousehold(NotFound):
    """There is no such household in this survey."""

    korean = "이 조사에 없는 집이에요."


class NoSuchList(NotFound):
    """There is no such list. It may have been taken in, or be older than a day."""

    korean = "그런 목록이 없어요. 이미 담았거나 하루가 지났어요."
