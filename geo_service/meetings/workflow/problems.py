"""Why something cannot be done with a meeting. Each says so in both languages."""

from geo_service.errors import BadField, Conflict, Invalid


class NoCentreHere(Conflict):
    """Nobody knows yet which dong centre answers for this place. Choose another place."""

    korean = "이 자리를 맡은 주민센터를 아직 몰라요. 다른 자리를 골라 주세요."


class TooManyProposals(Conflict):
    """You have as many open proposals as one person may have. Convene or withdraw one first."""

    korean = "제안해 둔 모임이 여럿이에요. 먼저 하나를 열거나 거두어 주세요."


class TimeIsPast(Invalid):
    """This time has gone by, or is too far ahead. Choose another."""

    korean = "지났거나 너무 먼 시간이에요. 다른 시간을 골라 주세요."


class SameTimeTwice(Invalid):
    """One of the times is there twice."""

    korean = "같은 시간이 두 번 있어요. 하나를 바꿔 주세요."


class NotAProposal(Conflict):
    """This is no proposal any more."""

    korean = "이제 제안이 아니에요. 이미 열렸거나 끝난 모임이에요."


class YourOwnProposal(Conflict):
    """This is your own proposal: your neighbours support it."""

    korean = "내가 낸 제안이에요. 이웃이 응원해 주기를 기다려요."


class SupportedAsItIs(Conflict):
    """Neighbours support this as it is. Propose another, or move it once it is convened."""

    korean = "이웃이 지금 글을 보고 응원했어요. 새로 제안하거나, 연 뒤에 시간과 장소를 바꿔 주세요."


class NotSupportedYet(Conflict):
    """Not enough neighbours support this yet. `missing` says how many more it takes."""

    korean = "아직 응원이 모자라요. 몇 명이 더 응원하면 열 수 있어요."


class NotOneOfItsTimes(Invalid):
    """Choose one of the times that the proposal offers and that have not gone by."""

    korean = "제안한 시간 가운데 지나지 않은 것을 골라 주세요."


class RoomIsGone(Conflict):
    """Somebody was faster to book this room. `next` names another that is free."""

    korean = "방금 다른 분이 먼저 예약한 방이에요."


class SayWhereElse(BadField):
    """The booked room is given back: choose a room, or say where you meet instead."""

    korean = "예약한 방을 돌려주게 돼요. 방을 고르거나 어디서 만나는지 적어 주세요."


class NotConvened(Conflict):
    """This meeting has not been convened, is over, or was cancelled."""

    korean = "지금은 참여할 수 있는 모임이 아니에요."


class YouAreComing(Conflict):
    """You have a seat, or a place in the line, already."""

    korean = "이미 가기로 하셨어요."


class MoreThanAllSeats(Conflict):
    """You are more people than this meeting has seats. `seats` is how many it has."""

    korean = "모임 자리보다 많은 인원이에요."


class NotSoManySeats(Conflict):
    """There are not so many seats left. `left` is how many there are."""

    korean = "남은 자리보다 많아요."


class SeatIsGivenUp(Conflict):
    """This seat was given up meanwhile."""

    korean = "그 사이에 내어 준 자리예요."


class NotAskedToHelp(Conflict):
    """Nobody asks the office to come to this meeting any more."""

    korean = "지금은 도움을 청한 모임이 아니에요."
