"""Meetings and what they decide: agenda items, talks, recommendations, documents, agreements."""

from .agenda import AgendaItem, ItemKind, Majority, Outcome
from .agreements import (
    AGENDA_STAGES,
    EXIT_STAGES,
    Agreement,
    AgreementCitation,
    AgreementKind,
    AgreementParty,
    AgreementStep,
    PartyRole,
    Stage,
)
from .attendance import Attendance, AttendanceRole, AttendanceStatus
from .documents import Document, DocumentKind
from .events import ProjectNote, ProjectStatus, Recommendation, Talk, TalkKind
from .meetings import (
    AWAITED_STATUSES,
    STATUTORY_KINDS,
    Meeting,
    MeetingCitation,
    MeetingKind,
    MeetingMode,
    MeetingStatus,
    Sitting,
    SittingStatus,
)

__all__ = [
    "AGENDA_STAGES",
    "AWAITED_STATUSES",
    "EXIT_STAGES",
    "STATUTORY_KINDS",
    "AgendaItem",
    "Agreement",
    "AgreementCitation",
    "AgreementKind",
    "AgreementParty",
    "AgreementStep",
    "Attendance",
    "AttendanceRole",
    "AttendanceStatus",
    "Document",
    "DocumentKind",
    "ItemKind",
    "Majority",
    "Meeting",
    "MeetingCitation",
    "MeetingKind",
    "MeetingMode",
    "MeetingStatus",
    "Outcome",
    "PartyRole",
    "ProjectNote",
    "ProjectStatus",
    "Recommendation",
    "Sitting",
    "SittingStatus",
    "Stage",
    "Talk",
    "TalkKind",
]
