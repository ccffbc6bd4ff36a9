"""Why a booking cannot be made, moved or ended. Each says so in both languages."""

from geo_service.errors import Conflict, Invalid, NotAllowed


class NotBookable(Conflict):
    """This space cannot be booked here at present."""

    korean = "지금은 여기서 예약할 수 없는 공간이에요."


class SlotIsTaken(Conflict):
    """Somebody else has this time. `nearest` are the times nearest to it that are free."""

    korean = "방금 다른 분이 먼저 예약한 시간이에요. 가까운 다른 시간을 골라 주세요."


class SeriesClashes(Conflict):
    """Some days of the series cannot be booked, so none was. `dates` are those days."""

    korean = "예약할 수 없는 날이 있어서 하나도 예약하지 않았어요."


class OutsideHours(Conflict):
    """The space is not open at this time."""

    korean = "문을 여는 시간이 아니에요. 여는 시간 안에서 골라 주세요."


class ClosedThatDay(Conflict):
    """The space is closed on this day."""

    korean = "쉬는 날이에요. 다른 날을 골라 주세요."


class TooSoon(Conflict):
    """This begins too soon: it has to be booked earlier."""

    korean = "시작이 너무 가까워서 예약할 수 없어요. 조금 더 뒤의 시간을 골라 주세요."


class TimeHasPassed(Conflict):
    """This time has passed already."""

    korean = "이미 지난 시간이에요. 지금보다 뒤의 시간을 골라 주세요."


class TooFarAhead(Conflict):
    """This cannot be booked so long before."""

    korean = "아직 예약을 받지 않는 날이에요. 더 가까운 날을 골라 주세요."


class TooShort(Invalid):
    """This is shorter than the space can be booked for. `minutes` is the shortest."""

    korean = "너무 짧아요. 조금 더 길게 골라 주세요."


class TooLong(Invalid):
    """This is longer than the space can be booked for. `minutes` is the longest."""

    korean = "너무 길어요. 조금 더 짧게 골라 주세요."


class OffTheClock(Invalid):
    """Bookings begin and end at certain minutes. `minutes` is the step between them."""

    korean = "정해진 시각에 맞춰 골라 주세요."


class NoSuchUnit(Invalid):
    """There is no desk with this number."""

    korean = "그 번호의 자리는 없어요."


class TooManyPeople(Conflict):
    """More people than the space has room for. `capacity` is how many it has room for."""

    korean = "들어갈 수 있는 인원보다 많아요."


class NotByTheHour(Invalid):
    """This space is let by the month."""

    korean = "한 달 단위로 쓰는 자리예요."


class NotByTheMonth(Invalid):
    """This space is let by the hour."""

    korean = "시간 단위로 쓰는 공간이에요."


class OnlyForNeighbours(NotAllowed):
    """Only confirmed neighbours may book this space."""

    korean = "이 동네 이웃으로 확인된 분만 예약할 수 있어요."


class BookingsSuspended(NotAllowed):
    """After several no-shows you may not book here for a while. `until` is when you may again."""

    korean = "예약하고 오지 않은 일이 여러 번 있어서 당분간 예약할 수 없어요."


class QuotaReached(Conflict):
    """You have booked as much of this space as one person may. `period` is for how long."""

    korean = "한 사람이 예약할 수 있는 만큼 모두 예약했어요."


class TooManyHolds(Conflict):
    """Confirm or give up what you are holding before you hold more."""

    korean = "아직 마치지 않은 예약이 있어요. 먼저 마치거나 취소해 주세요."


class AlreadySubscribed(Conflict):
    """You have a desk here for that time already."""

    korean = "그 기간에 이미 쓰고 있는 자리가 있어요."


class HoldIsOver(Conflict):
    """The minutes for which this was held are over."""

    korean = "잡아 둔 시간이 지났어요. 시간을 다시 골라 주세요."


class BookingIsPastThat(Conflict):
    """This booking is past that. `state` is where it stands."""

    korean = "이 예약은 지금 그렇게 바꿀 수 없어요."


class PartOfASeries(Conflict):
    """This is one of a series, which is confirmed as a whole."""

    korean = "되풀이되는 예약이라 한꺼번에 바꿔야 해요."


class AlreadyThen(Conflict):
    """This is when it is booked for already, so nothing was changed."""

    korean = "지금 예약한 시간과 같아서 바꾸지 않았어요. 다른 시간을 골라 주세요."


class TooLateToChange(Conflict):
    """It begins too soon to be changed. Please call the office."""

    korean = "시작이 가까워서 이제 바꿀 수 없어요. 기관에 전화해 주세요."


class NotItsCode(Invalid):
    """This is not the code of the booking."""

    korean = "예약 번호가 맞지 않아요."


class NotNow(Conflict):
    """One can check in from shortly before it begins until it ends."""

    korean = "지금은 도착을 알릴 수 있는 시간이 아니에요."


class NothingToWaitFor(Conflict):
    """This time is free: it can be booked at once."""

    korean = "비어 있는 시간이에요. 바로 예약할 수 있어요."


class AlreadyWaiting(Conflict):
    """You are on the waiting list for this already."""

    korean = "이미 기다리고 있는 시간이에요."


class SomebodyWasFaster(Conflict):
    """Several people changed this at once, and somebody else came first. Please try again."""

    korean = "여러 분이 함께 누르셨어요. 한 번 더 눌러 주세요."
