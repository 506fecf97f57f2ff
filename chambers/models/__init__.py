"""Chambers and those around them: territory, organs, people and offices, partners, projects, editors."""

from .chambers import Annex, Body, BodyKind, Chamber, ChamberCitation, Family, Term
from .editors import Editorship
from .partners import Organisation, OrganisationKind, Project
from .people import EndReason, Membership, Office, Person, PersonCitation
from .roles import PUBLISHERS, EditorRole, roles_from
from .territory import Province, ProvinceKind, Region

__all__ = [
    "PUBLISHERS",
    "Annex",
    "Body",
    "BodyKind",
    "Chamber",
    "ChamberCitation",
    "EditorRole",
    "Editorship",
    "EndReason",
    "Family",
    "Membership",
    "Office",
    "Organisation",
    "OrganisationKind",
    "Person",
    "PersonCitation",
    "Project",
    "Province",
    "ProvinceKind",
    "Region",
    "Term",
    "roles_from",
]
