"""Valid rows for tests: plain functions, a keyword for every field, nothing random.

Rows are published with a moment in the past; ``state="draft", published_at=None`` makes a draft. What must be unique
is counted. A function makes the rows it leans on unless they are given.
"""

import itertools
from datetime import UTC, date, datetime

from django.contrib.auth import get_user_model

from articles.models import Article, Topic
from chambers.models import (
    Annex,
    Body,
    BodyKind,
    Chamber,
    ChamberCitation,
    EditorRole,
    Editorship,
    Family,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Project,
    Province,
    ProvinceKind,
    Region,
    Term,
)
from meetings.models import (
    AgendaItem,
    Agreement,
    AgreementParty,
    AgreementStep,
    Attendance,
    Document,
    DocumentKind,
    ItemKind,
    Meeting,
    MeetingCitation,
    MeetingStatus,
    ProjectNote,
    ProjectStatus,
    Recommendation,
    Sitting,
    SittingStatus,
    Stage,
    Talk,
)
from publishing.models import Source

PAST = datetime(2024, 1, 2, 9, tzinfo=UTC)
PASSWORD = "كلمة-سر-للاختبار-1"

_numbers = itertools.count(1)


def _count() -> int:
    return next(_numbers)


def _published(fields):
    """Give ``fields`` a state and a moment in the past, unless one of both is given."""
    if fields.get("state", "published") in ("published", "withdrawn"):
        fields.setdefault("published_at", PAST)
    fields.setdefault("state", "published")
    if fields["state"] == "withdrawn":
        fields.setdefault("withdrawn_at", PAST)
        fields.setdefault("withdrawal_reason", "نشر بالخطأ")
    return fields


def _next_position(manager):
    last = manager.order_by("position").last()
    return last.position + 1 if last else 1


# Publishing


def make_source(**fields):
    n = _count()
    return Source.objects.create(**{"code": f"source-{n}", "outlet": f"جريدة {n}", "title": f"خبر {n}", **fields})


# Territory


def make_region(**fields):
    """Make a region with the first code that is free; there are twelve."""
    used = set(Region.objects.values_list("code", flat=True))
    code = fields.get("code") or next(code for code in (f"{n:02}" for n in range(1, 13)) if code not in used)
    return Region.objects.create(
        **{
            "code": code,
            "iso_code": f"MA-{code}",
            "name": f"جهة {code}",
            "name_fr": f"Région {code}",
            "slug": f"region-{code}",
            "seat": f"مدينة {code}",
            "seat_fr": f"Ville {code}",
            **fields,
        }
    )


def make_province(**fields):
    region = fields.pop("region", None) or make_region()
    n = _count()
    return Province.objects.create(
        **{
            "region": region,
            "code": f"{region.code}.{n % 1000:03}",
            "name": f"إقليم {n}",
            "name_fr": f"Province {n}",
            "kind": ProvinceKind.PROVINCE,
            **fields,
        }
    )


# Chambers


def make_chamber(regions=(), **fields):
    n = _count()
    chamber = Chamber.objects.create(
        **{
            "family": Family.CRAFTS,
            "name": f"غرفة الصناعة التقليدية رقم {n}",
            "name_fr": f"Chambre d'artisanat {n}",
            "short_name": f"غرفة {n}",
            "slug": f"artisanat-{n}",
            **fields,
        }
    )
    chamber.regions.set(regions)
    return chamber


def make_annex(**fields):
    n = _count()
    fields.setdefault("chamber", None)
    fields["chamber"] = fields["chamber"] or make_chamber()
    return Annex.objects.create(**{"name": f"ملحقة {n}", "city": f"مدينة {n}", **fields})


def make_body(**fields):
    fields["chamber"] = fields.get("chamber") or make_chamber()
    return Body.objects.create(**{"kind": BodyKind.ASSEMBLY, "name": f"هيئة {_count()}", **fields})


def make_term(**fields):
    start = fields.setdefault("start_year", 1900 + _count() % 150)
    return Term.objects.create(**{"end_year": start + 6, **fields})


def make_person(**fields):
    return Person.objects.create(**_published({"name": f"فلان الفلاني {_count()}", **fields}))


def make_membership(**fields):
    fields["person"] = fields.get("person") or make_person()
    fields["body"] = fields.get("body") or make_body()
    return Membership.objects.create(**fields)


def make_organisation(**fields):
    return Organisation.objects.create(
        **_published({"name": f"مؤسسة {_count()}", "kind": OrganisationKind.PUBLIC_AGENCY, **fields})
    )


def make_project(**fields):
    if "chamber" not in fields:
        fields["chamber"] = make_chamber()
    return Project.objects.create(**_published({"name": f"مشروع {_count()}", **fields}))


def make_chamber_citation(**fields):
    fields["chamber"] = fields.get("chamber") or make_chamber()
    fields["source"] = fields.get("source") or make_source()
    return ChamberCitation.objects.create(**{"field": "name", **fields})


# Meetings


def make_meeting(**fields):
    """Make a session that was held, its agenda and its results public."""
    n = _count()
    if "chamber" not in fields:
        fields["chamber"] = None if fields.get("family") else make_chamber()
    return Meeting.objects.create(
        **_published(
            {
                "title": f"الدورة العادية رقم {n}",
                "slug": f"session-{n}",
                "url_year": 2024,
                "session_year": 2024,
                "session_month": 10,
                "date": date(2024, 10, 21),
                "status": MeetingStatus.HELD,
                "agenda_published_at": PAST,
                "results_published_at": PAST if fields.get("agenda_published_at", PAST) else None,
                **fields,
            }
        )
    )


def make_sitting(**fields):
    meeting = fields["meeting"] = fields.get("meeting") or make_meeting()
    return Sitting.objects.create(
        **{"position": _next_position(meeting.sittings), "status": SittingStatus.NO_QUORUM, **fields}
    )


def make_item(**fields):
    meeting = fields["meeting"] = fields.get("meeting") or make_meeting()
    position = fields.setdefault("position", _next_position(meeting.items))
    return AgendaItem.objects.create(**{"title": f"النقطة {position}", "kind": ItemKind.BUDGET, **fields})


def make_attendance(**fields):
    """Make a line of a meeting's attendance: a person, unless an office or a group is given."""
    meeting = fields["meeting"] = fields.get("meeting") or make_meeting()
    if not {"person", "office", "group"} & fields.keys():
        fields["person"] = make_person()
    return Attendance.objects.create(**{"position": _next_position(meeting.attendances), **fields})


def make_talk(**fields):
    meeting = fields["meeting"] = fields.get("meeting") or make_meeting()
    position = fields.setdefault("position", _next_position(meeting.talks))
    return Talk.objects.create(**{"title": f"عرض {position}", **fields})


def make_recommendation(**fields):
    meeting = fields["meeting"] = fields.get("meeting") or make_meeting()
    position = fields.setdefault("position", _next_position(meeting.recommendations))
    return Recommendation.objects.create(**{"text": f"توصية {position}", **fields})


def make_project_note(**fields):
    project = fields["project"] = fields.get("project") or make_project()
    if not fields.get("source") and not fields.get("meeting"):
        fields["source"] = make_source()
    return ProjectNote.objects.create(
        **{"position": _next_position(project.notes), "status": ProjectStatus.UNDER_WAY, **fields}
    )


def make_meeting_citation(**fields):
    fields["meeting"] = fields.get("meeting") or make_meeting()
    fields["source"] = fields.get("source") or make_source()
    return MeetingCitation.objects.create(**{"field": "all", **fields})


def make_document(**fields):
    """Make a paper that stands at an address elsewhere; ``url=""`` makes one that a source only names."""
    n = _count()
    if "chamber" not in fields:
        meeting = fields.get("meeting")
        fields["chamber"] = meeting.chamber if meeting else make_chamber()
    return Document.objects.create(
        **_published(
            {"title": f"محضر {n}", "kind": DocumentKind.MINUTES, "url": f"https://example.org/{n}.pdf", **fields}
        )
    )


# Agreements


def make_agreement(**fields):
    n = _count()
    if "lead_chamber" not in fields:
        fields["lead_chamber"] = make_chamber()
    return Agreement.objects.create(
        **_published({"title": f"اتفاقية شراكة رقم {n}", "slug": f"convention-{n}", "url_year": 2024, **fields})
    )


def make_party(**fields):
    """Make a party to an agreement: an organisation, unless a chamber is given."""
    agreement = fields["agreement"] = fields.get("agreement") or make_agreement()
    if not fields.get("chamber") and not fields.get("organisation"):
        fields["organisation"] = make_organisation()
    return AgreementParty.objects.create(**{"position": _next_position(agreement.parties), **fields})


def make_step(**fields):
    """Make a dated step; with ``agenda_item`` the date is the meeting's."""
    agreement = fields["agreement"] = fields.get("agreement") or make_agreement()
    if not fields.get("agenda_item"):
        fields.setdefault("date", date(2024, 11, 4))
    return AgreementStep.objects.create(
        **{"position": _next_position(agreement.steps), "stage": Stage.ADOPTED, **fields}
    )


# News


def make_topic(**fields):
    n = _count()
    return Topic.objects.create(**{"name": f"موضوع {n}", "slug": f"topic-{n}", **fields})


def make_article(chambers=(), meetings=(), agreements=(), projects=(), topics=(), **fields):
    n = _count()
    if "lead_chamber" not in fields:
        fields["lead_chamber"] = make_chamber()
    article = Article.objects.create(
        **_published(
            {
                "title": f"خبر رقم {n}",
                "slug": f"khabar-{n}",
                "url_year": 2024,
                "lede": f"ملخص الخبر {n}.",
                "body": f"<p>نص الخبر {n}.</p>",
                **fields,
            }
        )
    )
    for name, rows in {
        "chambers": chambers,
        "meetings": meetings,
        "agreements": agreements,
        "projects": projects,
        "topics": topics,
    }.items():
        getattr(article, name).set(rows)
    return article


# Users


def make_user(**fields):
    return get_user_model().objects.create_user(
        **{"username": f"user-{_count()}", "password": PASSWORD, "email": "", **fields}
    )


def make_superuser(**fields):
    return make_user(**{"is_staff": True, "is_superuser": True, **fields})


def make_editor(*chambers, role=EditorRole.EDITOR, **fields):
    """Make a member of staff who has ``role`` in ``chambers``."""
    user = make_user(**{"is_staff": True, **fields})
    for chamber in chambers:
        Editorship.objects.create(user=user, chamber=chamber, role=role)
    return user
