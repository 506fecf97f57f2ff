"""Notices and signs."""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from meetings.models import MeetingStatus

from .. import examples as make
from .parts import Part, Specimen, component, example


def messages() -> list[Specimen]:
    text, title = make.sentence(), _("Heading of a notice, an example")
    sprite = (settings.BASE_DIR / "static/img/icons.svg").read_text("utf-8")
    kinds = [("info", _("to know")), ("warn", _("to mind")), ("stop", _("to stop at"))]
    return [
        component(
            "notice",
            _("Notice"),
            _("What a reader must know first: postponed, cancelled, a correction."),
            *(
                example(words, {"kind": kind, "text": text}, {"kind": kind, "title": title, "text": text}, box="stack")
                for kind, words in kinds
            ),
            *(
                example(
                    words,
                    Part(
                        {"meeting": make.meeting(status=status, status_reason=text), "phase": "past"},
                        "meetings/meeting_notice.html",
                    ),
                )
                for status, words in MeetingStatus.choices
                if status != MeetingStatus.HELD
            ),
        ),
        component(
            "preview_banner",
            _("Preview"),
            _("Above the page of a draft: what the public does not see, and until when the link is good."),
            example(_("a meeting"), {"hidden": [text, title], "until": make.CHANGED}),
        ),
        component(
            "icon",
            _("Icons"),
            _("The portal's own signs; each stands beside the word it repeats."),
            example(_("all of them"), {"names": re.findall(r'<symbol id="([^"]+)"', sprite)}),
            template="portal/styleguide/icons.html",
        ),
    ]
