"""The usual agendas of sessions, family by family, to begin one from: kinds and titles as convocations word them.

Which sessions a family holds follows its statute: crafts in February, June and October; commerce, industry and
services two a year; agriculture and sea fisheries numbered ones. Each item is a proposal that its editor looks over.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chambers.models import Family

from .models import ItemKind


class Template(NamedTuple):
    """A usual agenda. In a title ``{year}`` is the session's, ``{before}`` and ``{after}`` are those beside it."""

    code: str
    name: str | Promise
    items: tuple[tuple[str, str], ...]

    def items_of(self, year: int) -> list[tuple[str, str]]:
        """Return kind and title of each item for a session of ``year``."""
        years = {"year": year, "before": year - 1, "after": year + 1}
        return [(kind, title.format(**years)) for kind, title in self.items]


# Titles are words of the record, as papers print them, and not of the interface.
_MINUTES = (ItemKind.MINUTES, "المصادقة على محضر الدورة السابقة")
_ACTIVITIES = (ItemKind.ACTIVITY_REPORT, "التقرير الأدبي عن أنشطة الغرفة ما بين الدورتين")
_FINANCES = (ItemKind.FINANCIAL_REPORT, "التقرير المالي برسم سنة {before}")
_ACCOUNT = (ItemKind.ADMINISTRATIVE_ACCOUNT, "الدراسة والمصادقة على الحساب الإداري برسم سنة {before}")
_SURPLUS = (ItemKind.SURPLUS, "برمجة فائض سنة {before}")
_BUDGET_OF_YEAR = (ItemKind.BUDGET, "الدراسة والمصادقة على مشروع ميزانية سنة {year}")
_BUDGET = (ItemKind.BUDGET, "الدراسة والمصادقة على مشروع ميزانية سنة {after}")
_PROGRAMME_OF_YEAR = (ItemKind.PROGRAMME, "الدراسة والمصادقة على برنامج عمل سنة {year}")
_PROGRAMME = (ItemKind.PROGRAMME, "الدراسة والمصادقة على برنامج عمل سنة {after}")
_COMMITTEES = (ItemKind.COMMITTEES, "تقارير وتوصيات اللجان الدائمة")
_AGREEMENTS = (ItemKind.AGREEMENT, "الدراسة والمصادقة على مشاريع اتفاقيات الشراكة")
_OTHERS = (ItemKind.MISCELLANEOUS, "مختلفات")

_ACCOUNTS_FIRST = (_MINUTES, _ACTIVITIES, _FINANCES, _ACCOUNT, _SURPLUS, _AGREEMENTS, _OTHERS)
_MIDDLE = (_MINUTES, _ACTIVITIES, _COMMITTEES, _AGREEMENTS, _OTHERS)
_BUDGET_LAST = (_MINUTES, _ACTIVITIES, _BUDGET, _PROGRAMME, _AGREEMENTS, _OTHERS)
_COMMERCE_FIRST = (
    _MINUTES, _ACTIVITIES, _FINANCES, _ACCOUNT, _SURPLUS, _BUDGET_OF_YEAR, _PROGRAMME_OF_YEAR, _AGREEMENTS, _OTHERS,
)  # fmt: skip
_NEW_TERM = Template(
    "new-term",
    _("After elections: bureau, committees, internal rules"),
    (
        (ItemKind.ELECTION, "انتخاب رئيس الغرفة"),
        (ItemKind.ELECTION, "انتخاب باقي أعضاء المكتب"),
        (ItemKind.COMMITTEES, "تكوين اللجان الدائمة وانتخاب رؤسائها ونوابهم"),
        (ItemKind.INTERNAL_RULES, "الدراسة والمصادقة على النظام الداخلي"),
    ),
)
_NUMBERED = [
    Template("first", _("First ordinary session"), _ACCOUNTS_FIRST),
    Template("second", _("Second ordinary session"), _MIDDLE),
    Template("third", _("Third ordinary session"), _BUDGET_LAST),
    _NEW_TERM,
]
TEMPLATES: dict[str, list[Template]] = {
    Family.COMMERCE_INDUSTRY_SERVICES: [
        Template("first", _("First ordinary session"), _COMMERCE_FIRST),
        Template("second", _("Second ordinary session"), _BUDGET_LAST),
        _NEW_TERM,
    ],
    Family.CRAFTS: [
        Template("february", _("Ordinary session of February"), _ACCOUNTS_FIRST),
        Template("june", _("Ordinary session of June"), _MIDDLE),
        Template("october", _("Ordinary session of October"), _BUDGET_LAST),
        _NEW_TERM,
    ],
    Family.AGRICULTURE: _NUMBERED,
    Family.SEA_FISHERIES: _NUMBERED,
}


def templates_for(family: str) -> list[Template]:
    return TEMPLATES.get(family, _NUMBERED)
