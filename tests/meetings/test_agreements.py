"""Agreements: the stage the public may see, whose they are, and the dates of their steps."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings.models import Agreement, AgreementStep
from tests.factories import make_agreement, make_chamber, make_item, make_meeting, make_party, make_step

pytestmark = pytest.mark.django_db


def stage(agreement):
    return Agreement.objects.with_stage().get(pk=agreement.pk).stage


def item_of(**meeting):
    return make_item(meeting=make_meeting(**meeting))


def in_a_day():
    return timezone.now() + timedelta(days=1)


def test_agreement_without_steps_has_no_stage():
    assert stage(make_agreement()) is None


def test_stage_is_that_of_the_last_step():
    agreement = make_agreement()
    make_step(agreement=agreement, stage="adopted")
    make_step(agreement=agreement, stage="signed")
    assert stage(agreement) == "signed"


def test_last_step_is_told_by_its_place_and_not_by_when_it_was_entered():
    agreement = make_agreement()
    make_step(agreement=agreement, stage="signed", position=2)
    make_step(agreement=agreement, stage="adopted", position=1)
    assert stage(agreement) == "signed"


def test_steps_of_another_agreement_do_not_count():
    agreement = make_agreement()
    make_step(agreement=agreement, stage="adopted")
    make_step(stage="in_force")
    assert stage(agreement) == "adopted"


@pytest.mark.parametrize(
    "results", [None, timezone.now() + timedelta(days=1)], ids=["results kept back", "results to come"]
)
def test_step_of_a_meeting_without_public_results_is_hidden(results):
    agreement = make_agreement()
    make_step(agreement=agreement, stage="proposed")
    make_step(agreement=agreement, stage="adopted", agenda_item=item_of(results_published_at=results))
    assert stage(agreement) == "proposed"


def test_step_of_a_meeting_with_public_results_shows():
    agreement = make_agreement()
    make_step(agreement=agreement, stage="adopted", agenda_item=item_of())
    assert stage(agreement) == "adopted"


@pytest.mark.parametrize("proposal", ["proposed", "in_committee"])
def test_proposal_shows_with_the_agenda(proposal):
    agreement = make_agreement()
    make_step(agreement=agreement, stage=proposal, agenda_item=item_of(results_published_at=None))
    assert stage(agreement) == proposal


@pytest.mark.parametrize("proposal", ["proposed", "in_committee"])
def test_proposal_is_hidden_with_the_agenda(proposal):
    agreement = make_agreement()
    make_step(agreement=agreement, stage=proposal, agenda_item=item_of(agenda_published_at=None))
    assert stage(agreement) is None


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
@pytest.mark.parametrize("taken", ["proposed", "adopted"])
def test_step_of_a_hidden_meeting_is_hidden(state, taken):
    agreement = make_agreement()
    make_step(agreement=agreement, stage=taken, agenda_item=item_of(state=state))
    assert stage(agreement) is None


def test_step_of_a_scheduled_meeting_is_hidden():
    agreement = make_agreement()
    make_step(agreement=agreement, stage="adopted", agenda_item=item_of(published_at=in_a_day()))
    assert stage(agreement) is None


def test_hidden_step_between_public_ones_leaves_the_last():
    agreement = make_agreement()
    make_step(agreement=agreement, stage="adopted", agenda_item=item_of(results_published_at=None))
    make_step(agreement=agreement, stage="signed")
    assert stage(agreement) == "signed"
    assert [step.stage for step in AgreementStep.objects.public()] == ["signed"]


def test_step_outside_meetings_has_its_own_date():
    step = make_step(date=date(2024, 11, 4), date_precision="month")
    assert step.date_shown == (date(2024, 11, 4), "month")


def test_step_of_a_meeting_has_the_date_of_the_meeting():
    step = make_step(agenda_item=item_of(date=date(2024, 10, 1), date_precision="month"))
    assert step.date_shown == (date(2024, 10, 1), "month")


def test_chamber_has_the_agreements_it_leads():
    chamber = make_chamber()
    agreement = make_agreement(lead_chamber=chamber)
    make_agreement()
    assert list(Agreement.objects.of_chamber(chamber)) == [agreement]


def test_chamber_has_the_agreements_it_is_a_party_to():
    chamber = make_chamber()
    agreement = make_agreement()
    make_party(agreement=agreement, chamber=chamber)
    make_party(agreement=agreement)
    assert list(Agreement.objects.of_chamber(chamber)) == [agreement]


def test_agreement_is_counted_once_for_a_chamber_that_leads_it_and_is_a_party():
    chamber = make_chamber()
    agreement = make_agreement(lead_chamber=chamber)
    make_party(agreement=agreement, chamber=chamber)
    make_party(agreement=agreement, chamber=make_chamber())
    assert list(Agreement.objects.of_chamber(chamber)) == [agreement]


@pytest.mark.parametrize(
    ("fields", "sort_on"),
    [
        ({"sort_hint": date(2024, 10, 21), "start": date(2024, 1, 1)}, date(2024, 10, 21)),
        ({"start": date(2024, 3, 5)}, date(2024, 3, 5)),
        ({"url_year": 2019}, date(2019, 1, 1)),
    ],
    ids=["hint", "start", "year"],
)
def test_agreement_is_placed_by_what_is_known(fields, sort_on):
    agreement = make_agreement(**fields)
    agreement.refresh_from_db()
    assert agreement.sort_on == sort_on


@pytest.mark.parametrize(("slug", "address"), [("", "12"), ("zone-industrielle", "12-zone-industrielle")])
def test_address_is_the_number_and_perhaps_words(slug, address):
    assert make_agreement(number=12, slug=slug).address == address


@pytest.mark.parametrize("year", [1899, 2201, 20244])
def test_year_out_of_range_is_refused_at_the_field(year):
    agreement = make_agreement()
    agreement.url_year = year
    with pytest.raises(ValidationError) as refused:
        agreement.full_clean()
    assert list(refused.value.message_dict) == ["url_year"]
