"""Every state that a page can be in, made of factories' rows: what axe, reflow and the bars of size are tried on.

A function makes the rows of one kind of page and returns the records, or their addresses, by the name of the state.
"""

from datetime import date, time, timedelta

from django.utils import timezone

from chambers.models import EndReason, Office, Region
from meetings.models import MeetingKind, MeetingStatus, Outcome, SittingStatus, Stage
from tests import factories as make

TO_COME = {"status": MeetingStatus.SCHEDULED, "results_published_at": None}
PLACED = {"venue": "مقر الغرفة", "city": "فاس"}
# 175 letters, as the longest title among the news that the portal grew from.
LONG_TITLE = (
    "الدورة العادية المخصصة لدراسة مشروع الميزانية برسم السنة المقبلة والمصادقة على اتفاقيات الشراكة المبرمة مع الجهة "
    "ومجالس العمالات والأقاليم بشأن تأهيل جل مراكز التكوين والمعارض"
)
LONG_PARAGRAPH = " ".join(["وأكد المتدخلون أهمية مواكبة الحرفيين وتسويق منتوجاتهم داخل الجهة وخارجها."] * 11)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def _agenda(meeting, outcomes):
    return [make.make_item(meeting=meeting, outcome=outcome) for outcome in outcomes]


def session_of_forty(chamber=None):
    """Make a session with forty items, every outcome among them, votes, papers and a title of 175 letters."""
    meeting = make.make_meeting(
        chamber=chamber or make.make_chamber(), title=LONG_TITLE, short_title="دورة الأربعين نقطة", **PLACED
    )
    cycle = [*Outcome.values, ""]
    for number in range(1, 41):
        item = make.make_item(
            meeting=meeting,
            number=str(number),
            title=f"الدراسة والمصادقة على اتفاقية شراكة رقم {number} بين الغرفة ومجلس الجهة بشأن دعم الصناع",
            outcome=cycle[number % len(cycle)],
            votes_for=62 if number % 3 == 0 else None,
            votes_against=3 if number % 3 == 0 else None,
            votes_abstained=1 if number % 3 == 0 else None,
        )
        if number % 8 == 0:
            make.make_document(meeting=meeting, agenda_item=item, title=f"نص الاتفاقية رقم {number}")
    return meeting


def meeting_states():
    """Return one meeting in each of the states that its page knows."""
    region = Region.objects.first() or make.make_region()
    chamber = make.make_chamber(regions=[region], phone="0535 62 56 72")
    states = {
        "future": make.make_meeting(chamber=chamber, date=in_days(20), time=time(10), **TO_COME, **PLACED),
        "future without agenda": make.make_meeting(
            chamber=chamber, date=in_days(40), agenda_published_at=None, **TO_COME
        ),
        "today": make.make_meeting(chamber=chamber, date=in_days(0), time=time(23, 59), **TO_COME, **PLACED),
        "past": make.make_meeting(chamber=chamber, date=date(2024, 10, 21), members_present=54, members_in_office=66),
        "past without minutes": make.make_meeting(chamber=chamber, date=date(2024, 2, 21)),
        "past before its results": make.make_meeting(
            chamber=chamber, date=date(2023, 6, 19), results_published_at=None
        ),
        "past without outcomes": make.make_meeting(chamber=chamber, date=date(2023, 10, 16)),
        "postponed to a new day": make.make_meeting(
            chamber=chamber,
            date=in_days(30),
            time=time(10, 30),
            **{**TO_COME, "status": MeetingStatus.POSTPONED, "status_reason": "أشغال في القاعة"},
        ),
        "postponed to today": make.make_meeting(
            chamber=chamber, date=in_days(0), time=time(23, 59), **{**TO_COME, "status": MeetingStatus.POSTPONED}
        ),
        "postponed to a day that passed": make.make_meeting(
            chamber=chamber, date=date(2024, 11, 18), **{**TO_COME, "status": MeetingStatus.POSTPONED}
        ),
        "postponed without a day": make.make_meeting(
            chamber=chamber, date=None, **{**TO_COME, "status": MeetingStatus.POSTPONED}
        ),
        "cancelled": make.make_meeting(
            chamber=chamber,
            date=date(2024, 6, 3),
            status=MeetingStatus.CANCELLED,
            status_reason="تزامن مع مناسبة وطنية",
            results_published_at=None,
        ),
        "no quorum": make.make_meeting(
            chamber=chamber, date=date(2024, 6, 10), status=MeetingStatus.NO_QUORUM, results_published_at=None
        ),
        "held at the second call": make.make_meeting(chamber=chamber, date=date(2024, 6, 17)),
        "left open": make.make_meeting(
            chamber=chamber, date=date(2024, 6, 24), status=MeetingStatus.LEFT_OPEN, results_published_at=None
        ),
        "left open until today": make.make_meeting(
            chamber=chamber, date=date(2024, 6, 25), status=MeetingStatus.LEFT_OPEN, results_published_at=None
        ),
        "left open without a day": make.make_meeting(
            chamber=chamber, date=date(2024, 6, 26), status=MeetingStatus.LEFT_OPEN, results_published_at=None
        ),
        "continued in a sitting that passed": make.make_meeting(chamber=chamber, date=date(2024, 6, 27)),
        "training day": make.make_meeting(
            chamber=chamber, kind=MeetingKind.TRAINING_DAY, title="يوم تكويني في المحاسبة", session_month=None
        ),
        "information meeting": make.make_meeting(
            chamber=chamber, kind=MeetingKind.INFORMATION_MEETING, title="لقاء إعلامي حول التغطية", session_month=None
        ),
        "40 items": session_of_forty(chamber),
        "missing values": make.make_meeting(
            chamber=None,
            family="crafts",
            date=None,
            session_year=None,
            session_month=None,
            agenda_published_at=None,
        ),
    }
    for name in ("future", "today", "postponed to a new day", "cancelled", "no quorum", "left open"):
        _agenda(states[name], ["", "", ""])
    _agenda(states["past"], ["adopted", "adopted_as_amended", "noted", "postponed", "rejected", "withdrawn", ""])
    _agenda(states["past without minutes"], ["adopted", "adopted"])
    _agenda(states["past without outcomes"], ["", "", ""])
    _agenda(states["past before its results"], ["rejected", ""])
    _agenda(states["held at the second call"], ["adopted"])
    make.make_document(meeting=states["past"])
    make.make_attendance(meeting=states["past"], role="presided")
    make.make_attendance(meeting=states["past"], office="والي الجهة", status="absent")
    make.make_recommendation(meeting=states["past"])
    make.make_talk(meeting=states["past"], office="مدير الغرفة", summary="عرض حول سير المشاريع.")
    make.make_sitting(
        meeting=states["postponed to a new day"], status=SittingStatus.SUPERSEDED, date=date(2024, 11, 4)
    )
    make.make_sitting(
        meeting=states["held at the second call"],
        status=SittingStatus.NO_QUORUM,
        date=date(2024, 6, 10),
        members_present=20,
        members_in_office=66,
    )
    further = make.make_sitting(meeting=states["left open"], status=SittingStatus.CONTINUED, date=in_days(8))
    states["left open"].items.filter(position=3).update(sitting=further)
    for name, day in {
        "left open until today": in_days(0),
        "left open without a day": None,
        "continued in a sitting that passed": date(2024, 7, 1),
    }.items():
        make.make_sitting(meeting=states[name], status=SittingStatus.CONTINUED, date=day)
    for name in ("training day", "information meeting"):
        make.make_talk(meeting=states[name], office="مؤطر اليوم", summary="عرض في المسك والتصريح.")
        make.make_recommendation(meeting=states[name], text="تعميم التكوين على باقي الملحقات.")
    return states


def agreement_states():
    """Return agreements whose last step is each stage there is, one without any and one that says little else."""
    chamber = make.make_chamber()
    states = {}
    for stage in Stage.values:
        agreement = states[stage] = make.make_agreement(lead_chamber=chamber)
        make.make_party(agreement=agreement)
        if stage != Stage.PROPOSED:
            make.make_step(agreement=agreement, stage=Stage.PROPOSED, date=date(2024, 9, 2))
        make.make_step(agreement=agreement, stage=stage, date=date(2024, 11, 4))
    states["without steps"] = make.make_agreement(lead_chamber=chamber, title=LONG_TITLE)
    return states


def article_states():
    chamber = make.make_chamber()
    meeting = make.make_meeting(chamber=chamber)
    return {
        "without picture": make.make_article(lead_chamber=chamber, meetings=[meeting]),
        "long": make.make_article(
            lead_chamber=chamber,
            title=LONG_TITLE,
            body=f"<h2>المداخلات</h2><p>{LONG_PARAGRAPH}</p><ul><li>توصية أولى</li><li>توصية ثانية</li></ul>",
        ),
    }


def person_states():
    body = make.make_body()
    member, former = make.make_person(name="حميد الفيلالي"), make.make_person(name="سعيد بنموسى")
    make.make_membership(person=member, body=body, office=Office.PRESIDENT)
    make.make_membership(
        person=former,
        body=body,
        office=Office.TREASURER,
        start=date(2015, 9, 1),
        end=date(2021, 9, 1),
        is_former=True,
        end_reason=EndReason.TERM_ENDED,
    )
    return {"member": member, "former": former, "without offices": make.make_person(name="عمر التازي")}


def all_states():
    """Make every state and return the addresses of their pages by name."""
    groups = {
        "meeting": meeting_states(),
        "agreement": agreement_states(),
        "article": article_states(),
        "person": person_states(),
        "chamber": {"without meetings": make.make_chamber()},
        "organisation": {"alone": make.make_organisation()},
        "project": {"alone": make.make_project()},
        "document": {
            "elsewhere": make.make_document(),
            "only named": make.make_document(url=""),
            "of a meeting": make.make_document(meeting=make.make_meeting(), title=LONG_TITLE),
        },
        "withdrawn": {
            "meeting": make.make_meeting(state="withdrawn"),
            "article": make.make_article(state="withdrawn"),
        },
    }
    return {
        f"{kind}: {name}": record.get_absolute_url()
        for kind, states in groups.items()
        for name, record in states.items()
    }
