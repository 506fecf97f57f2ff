"""The address that is proposed for a meeting."""

from meetings.models import Meeting, MeetingKind

# Addresses are in Latin letters, from the words French papers use.
MONTHS = [
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
]  # fmt: skip
KINDS = {
    MeetingKind.ORDINARY: "session",
    MeetingKind.EXTRAORDINARY: "extraordinaire",
    MeetingKind.BUREAU: "bureau",
    MeetingKind.EXTENDED_BUREAU: "bureau-elargi",
    MeetingKind.COMMITTEE: "commission",
    MeetingKind.TRAINING_DAY: "journee-de-formation",
    MeetingKind.INFORMATION_MEETING: "rencontre-d-information",
    MeetingKind.STUDY_DAY: "journee-d-etude",
    MeetingKind.OTHER: "reunion",
}
FAMILIES = {
    "commerce_industry_services": "ccis",
    "crafts": "artisanat",
    "agriculture": "agriculture",
    "sea_fisheries": "peche",
}


def propose_slug(meeting: Meeting) -> str:
    """Return a free address for ``meeting`` in its year: chamber, then month, ordinal, or kind and number."""
    whose = meeting.chamber.slug if meeting.chamber_id else FAMILIES[meeting.family]
    session = meeting.kind == MeetingKind.ORDINARY
    if session and meeting.session_month:
        name, numbered = f"{whose}-{MONTHS[meeting.session_month - 1]}", False
    elif session and meeting.session_ordinal:
        name, numbered = f"{whose}-session-{meeting.session_ordinal}", False
    else:
        name, numbered = f"{whose}-{KINDS[meeting.kind]}", True
    others = Meeting.objects.filter(url_year=meeting.url_year, slug__startswith=name).exclude(pk=meeting.pk)
    taken = set(others.values_list("slug", flat=True))
    if not numbered and name not in taken:
        return name
    number = 1 if numbered else 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
