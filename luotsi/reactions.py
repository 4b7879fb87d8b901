"""When this event, then that action. The one table of what happens by itself; there are no signals.

The worker reads new events behind a cursor; what a reaction writes commits with the cursor, so it is done once.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM
from luotsi.domain.bookings.queries import linked, rosters
from luotsi.domain.bookings.queries import own as own_bookings
from luotsi.domain.bookings.rules import clearing
from luotsi.domain.bookings.rules.links import What
from luotsi.domain.cases.actions import ages
from luotsi.domain.cases.actions import following as cases
from luotsi.domain.events import actions as outbox
from luotsi.domain.events.models import Event
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.definitions import roles
from luotsi.domain.people import queries as people
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.queries import feedback
from luotsi.domain.questionnaires.queries import outcomes as answers
from luotsi.rooms.resident import answering

Reaction = Callable[[Event, datetime], None]


def tell_resident(event: Event, at: datetime) -> None:
    """Something waits for the resident in the service. What they did themselves is no news to them."""
    if event.resident is not None and event.actor_id != event.resident:
        messaging.notify(resident=event.resident, cause=event.uid, at=at)


def tell_of_a_time_on_offer(event: Event, at: datetime) -> None:
    """A freed time waits for an answer until a moment: the mail leads to where one answers. Of one that a worker gave,
    they are told as of anything.
    """
    offer = linked.offer_of(UUID(event.body["booking"]))
    if offer is None:
        tell_resident(event, at)
    elif event.resident is not None:
        _ask(event, at, "time_freed", "offer", offer[0], until=offer[1])


def tell_of_a_given_time(event: Event, at: datetime) -> None:
    """A worker booked for the resident. Of a series they are told once."""
    if event.actor_kind == "staff" and event.resident is not None:
        cause = own_bookings.series_of(UUID(event.body["booking"])) or event.uid
        messaging.notify(resident=event.resident, cause=cause, at=at)


def tell_of_a_near_time(event: Event, at: datetime) -> None:
    """A time is near: the mail leads to where one says that one cannot come."""
    begins = datetime.fromisoformat(event.body["starts_at"])
    _ask(event, at, "time_near", "time", UUID(event.body["booking"]), until=begins)


def tell_of_a_cancelled_time(event: Event, at: datetime) -> None:
    """A time is cancelled. Of all that were cancelled at the same moment, as a group's meetings are, they hear once."""
    if event.resident is not None and event.actor_id != event.resident:
        cause = uuid5(event.resident, f"{event.kind} {event.occurred_at.isoformat()}")
        messaging.notify(resident=event.resident, cause=cause, at=at)


def invite_to_choose(event: Event, at: datetime) -> None:
    """The mail leads to the invitation. Whoever has care of a child hears of the child's, when they sign in."""
    if event.resident is None:
        return
    until = datetime.fromisoformat(event.body["until"])
    _ask(event, at, "invited", "invitation", UUID(event.body["entry"]), until=until)
    for guardian in people.guardians_of(event.resident):
        messaging.notify(resident=guardian, cause=uuid5(event.uid, str(guardian)), at=at, until=until)


def ask_whether_still_needed(event: Event, at: datetime) -> None:
    """The mail leads to where one says in one press whether one waits still."""
    _ask(event, at, "still_needed", "need", UUID(event.body["entry"]), until=event.occurred_at + clearing.ANSWER)


def tell_what_a_worker_wrote(event: Event, at: datetime) -> None:
    """A worker changed what decides who may see or act: the resident hears that there is something to read."""
    if event.actor_kind == "staff":
        tell_resident(event, at)


def tell_of_what_was_not_justified(event: Event, at: datetime) -> None:
    """The privacy officer found no sufficient reason for an emergency: the resident hears of it."""
    if event.body.get("verdict") == "not_justified":
        tell_resident(event, at)


def tell_of_what_became_of_it(event: Event, at: datetime) -> None:
    """The receiver of a referral took it on, sent it back or is done: the resident reads it in their matter."""
    if event.body.get("step") in {"accepted", "returned", "done"}:
        tell_resident(event, at)


def tell_of_a_stage(event: Event, at: datetime) -> None:
    """A stage of the matter was judged: the resident reads what in plain words. Of child welfare a worker tells."""
    if event.register != "child_welfare":
        tell_resident(event, at)


def follow_what_was_answered(event: Event, at: datetime) -> None:
    """An outcome of the answers names a matter: it opens, or the answers go to an open one. What the form says to the
    resident besides, they are told to read.
    """
    response = event.body.get("response")
    if response is None or event.resident is None:
        return
    cases.follow_answers(response=UUID(response), at=at)
    if message := answers.message_of(UUID(response)):
        messaging.notify(resident=event.resident, cause=event.uid, at=at, template=message)


def count_by_the_age_that_is_known(event: Event, at: datetime) -> None:
    """A birth date was recorded, or records were joined or separated: the limits of the person's matters are counted
    anew.
    """
    if event.resident is None or (event.kind == "resident.changed" and "birth_date" not in event.body["fields"]):
        return
    others = [UUID(event.body["other"])] if "other" in event.body else []
    ages.count_anew(residents=[event.resident, *others], at=at)


def ask_how_the_group_was(event: Event, at: datetime) -> None:
    """A group is over: whoever came at least once is asked for feedback, without their name and once."""
    told = rosters.gathered(UUID(event.body["group"]))
    if not told.came or told.leader is None:
        return
    round_ = questionnaires.open_collection(
        questionnaire="feedback_group", name=f"{told.name} {local_day(event.occurred_at):%d.%m.%Y}", mode="invited",
        key=event.uid, by=SYSTEM, owner=told.leader, at=at, unit=told.unit, closes_at=at + 2 * FEEDBACK_TIME,
    )  # fmt: skip
    for resident in told.came:
        questionnaires.invite(
            questionnaire="feedback_group", key=uuid5(event.uid, str(resident)), by=SYSTEM, at=at, resident=resident,
            collection=round_.id, unit=told.unit, due_at=at + FEEDBACK_TIME,
        )  # fmt: skip


FEEDBACK_TIME = timedelta(days=14)  # until when one is asked to answer; it can be answered as long again
REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "need.assessed": (tell_resident,),
    "assessment.started": (tell_of_a_stage,),
    "assessment.completed": (tell_of_a_stage,),
    "decision.made": (tell_of_a_stage,),
    "decision.carried_out": (tell_of_a_stage,),
    "booking.offered": (tell_of_a_time_on_offer,),
    "booking.reminded": (tell_of_a_near_time,),
    "booking.cancelled": (tell_of_a_cancelled_time,),
    "booking.made": (tell_of_a_given_time,),
    "booking.moved": (tell_resident,),
    "days.granted": (tell_resident,),
    "days.not_given": (tell_resident,),
    "group.ended": (ask_how_the_group_was,),
    "referral.sent": (tell_resident,),
    "referral.moved": (tell_of_what_became_of_it,),
    "service.directed": (tell_resident,),
    "consent.given": (tell_what_a_worker_wrote,),
    "consent.withdrawn": (tell_what_a_worker_wrote,),
    "emergency.checked": (tell_of_what_was_not_justified,),
    "emergency.opened": (tell_what_a_worker_wrote,),
    "mandate.given": (tell_what_a_worker_wrote,),
    "protection.changed": (tell_what_a_worker_wrote,),
    "questionnaire.completed": (follow_what_was_answered,),
    "questionnaire.invited": (tell_resident,),
    "questionnaire.reminded": (tell_resident,),
    "resident.changed": (count_by_the_age_that_is_known,),
    "resident.joined": (count_by_the_age_that_is_known,),
    "waiting.invited": (invite_to_choose,),
    "waiting.asked": (ask_whether_still_needed,),
    "resident.separated": (count_by_the_age_that_is_known,),
}


def react(*, at: datetime, limit: int = 500) -> int:
    """Handle what is new behind the cursor. Answers how many events were read."""
    return outbox.read_outbox(
        "reactions", kinds=tuple(REACTIONS), handle=lambda event: _react_to(event, at), limit=limit
    )


def send_digests(*, at: datetime) -> int:
    """On Mondays from eight o'clock: a notice to the managers of units in which people have given feedback, that the
    week's digest can be read. Each once a week. Answers how many.
    """
    today = local_day(at)
    if today.weekday() != MONDAY or at < start_of(today, time(8)):
        return 0
    managers = {
        one.id
        for one in organisation.members_of(feedback.units_of_week(at=at), on=today)
        if "feedback.answer" in roles()[one.role].may
    }
    causes = {one: uuid5(_DIGESTS, f"{one} {today}") for one in managers}
    return sum(
        messaging.notify_worker(staff=one, cause=cause, at=at, template="weekly_digest")
        for one, cause in causes.items()
    )


MONDAY = 0
_DIGESTS = UUID("6f1e0d5c-2b4a-4c39-9d53-7a8f0c1b2e46")


def _ask(event: Event, at: datetime, template: str, what: What, subject: UUID, *, until: datetime) -> None:
    """A mail with a link by which the resident answers without signing in, while it can still be answered."""
    if event.resident is None or until <= at:
        return
    language = people.person(event.resident).language
    link = answering.address(what, subject, until=until, language=language)
    messaging.notify(
        resident=event.resident, cause=event.uid, at=at, template=template, until=until, blanks={"answer": link}
    )


def _react_to(event: Event, at: datetime) -> None:
    for reaction in REACTIONS[event.kind]:
        reaction(event, at)
