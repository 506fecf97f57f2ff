"""The directory and the pages of people, annexes, organisations and projects."""

import re
from datetime import date

import pytest
from django.utils.translation import gettext

from chambers.models import PersonCitation
from tests import factories as make
from tests.pages import badges, get, hrefs, main_of, section

pytestmark = pytest.mark.django_db


def page_of(client, record):
    return main_of(get(client, record.get_absolute_url()))


# The directory


def test_the_directory_groups_chambers_by_region(client):
    north, south = make.make_region(), make.make_region()
    first, second = make.make_chamber(regions=[north]), make.make_chamber(regions=[south])
    page = get(client, "/chambers/")
    assert first.name in section(page, f"region-{north.code}")
    assert second.name not in section(page, f"region-{north.code}")
    assert second.name in section(page, f"region-{south.code}")


def test_a_chamber_of_two_regions_stands_under_each(client):
    regions = [make.make_region(), make.make_region()]
    chamber = make.make_chamber(regions=regions, family="sea_fisheries")
    page = get(client, "/chambers/")
    for region in regions:
        assert chamber.name in section(page, f"region-{region.code}")


def test_a_chamber_without_a_region_stands_by_itself(client):
    chamber = make.make_chamber(family="sea_fisheries")
    assert chamber.name in section(get(client, "/chambers/"), "fisheries")


def test_a_closed_chamber_stands_apart_with_its_successor(client):
    region = make.make_region()
    successor = make.make_chamber(regions=[region])
    closed = make.make_chamber(regions=[region], closed_on=date(2015, 1, 1), successor=successor)
    page = get(client, "/chambers/")
    assert closed.name not in section(page, f"region-{region.code}")
    assert closed.name in section(page, "closed")
    assert successor.name in section(page, "closed")


def test_one_result_stays_a_list(client):
    chamber = make.make_chamber(regions=[make.make_region()], name="غرفة وحيدة")
    assert chamber.get_absolute_url() in hrefs(get(client, "/chambers/?q=وحيدة"))


def cells(markup):
    """Return the text of the matrix, cell by cell, one list for each region."""
    table = re.search(r'<table class="matrix">.*?</table>', markup, re.DOTALL)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_the_matrix_has_a_cell_for_each_region_and_family(client):
    region = make.make_region(name="جهة الشرق")
    make.make_chamber(regions=[region], family="crafts", name="غرفة الصناعة", seat="وجدة")
    head, row = cells(get(client, "/chambers/"))
    assert head == ["الجهة", "التجارة والصناعة والخدمات", "الصناعة التقليدية", "الفلاحة"]
    assert row == ["جهة الشرق", "–لا غرفة", "غرفة الصناعة، وجدة", "–لا غرفة"]


def test_a_cell_of_the_matrix_leads_to_its_chamber(client):
    chamber = make.make_chamber(regions=[make.make_region()], family="agriculture")
    table = re.search(r'<table class="matrix">.*?</table>', get(client, "/chambers/"), re.DOTALL)[0]
    assert chamber.get_absolute_url() in hrefs(table)


def test_fisheries_stand_in_a_block_of_their_own_with_their_zone(client):
    chamber = make.make_chamber(family="sea_fisheries", regions=[make.make_region()], zone="من العرائش إلى السعيدية")
    page = get(client, "/chambers/")
    assert chamber.name not in re.search(r'<table class="matrix">.*?</table>', page, re.DOTALL)[0]
    assert "من العرائش إلى السعيدية" in section(page, "fisheries")


def test_a_chamber_whose_region_is_not_published_is_not_lost(client):
    chamber = make.make_chamber(family="crafts")
    assert chamber.name in section(get(client, "/chambers/"), "without-region")


def test_a_chamber_whose_seat_is_not_known_has_a_cell_of_its_own(client):
    chamber = make.make_chamber(regions=[make.make_region()])
    page = get(client, "/chambers/")
    assert chamber.get_absolute_url() in hrefs(re.search(r'<table class="matrix">.*?</table>', page, re.DOTALL)[0])
    assert "صفحة الغرفة" in page


# People


def test_a_person_shows_the_offices_the_present_ones_first(client):
    person = make.make_person()
    former = make.make_membership(
        person=person, is_former=True, start=date(2009, 7, 1), start_precision="month", end=date(2015, 8, 7),
        end_reason="term_ended", office_as_printed="أمين المال السابق",
    )  # fmt: skip
    present = make.make_membership(
        person=person, office_as_printed="رئيس الغرفة", seen_on=date(2024, 10, 21), votes_for=40, votes_cast=66
    )
    offices = section(page_of(client, person), "offices")
    assert offices.index(present.office_as_printed) < offices.index(former.office_as_printed)
    for words in ("يوليوز 2009", "7 غشت 2015", "21 أكتوبر 2024", "<bdi>40</bdi>", "<bdi>66</bdi>"):
        assert words in offices
    assert "1 يوليوز" not in offices
    assert former.get_end_reason_display() in offices
    assert gettext("former") in offices


def test_dates_of_a_mandate_that_are_not_known_are_said_in_words(client):
    membership = make.make_membership()
    words = gettext("the dates of the mandate are not published")
    assert words in section(page_of(client, membership.person), "offices")


def test_a_person_without_an_office_says_so(client):
    assert gettext("No office in a chamber is recorded.") in page_of(client, make.make_person())


def test_a_person_shows_meetings_talks_and_decisions(client):
    person = make.make_person()
    meeting = make.make_meeting()
    make.make_attendance(meeting=meeting, person=person, role="presided")
    talk = make.make_talk(meeting=meeting, person=person)
    removal = make.make_item(meeting=meeting, concerned=person, kind="removal", outcome="adopted")
    page = page_of(client, person)
    assert meeting.get_absolute_url() in hrefs(section(page, "meetings"))
    assert talk.title in section(page, "talks")
    assert removal.get_absolute_url() in hrefs(section(page, "concerning"))
    assert badges(section(page, "concerning")) == ["adopted"]


def test_a_person_shows_other_spellings_and_the_latin_name(client):
    person = make.make_person(name="أحمد الزهراوي", latin_name="Ahmed Zahraoui", aliases=["احمد الزهراوى"])
    page = page_of(client, person)
    assert '<bdi lang="fr" dir="ltr">Ahmed Zahraoui</bdi>' in page
    assert "احمد الزهراوى" in page
    assert person.get_absolute_url().endswith("-ahmed-zahraoui/")


def test_a_person_names_what_another_source_says(client):
    person = make.make_person()
    PersonCitation.objects.create(
        person=person, source=make.make_source(), field="name", value="محمد آخر", is_followed=False
    )
    assert "محمد آخر" in page_of(client, person)


def test_a_wrong_address_of_a_person_leads_to_the_right_one(client):
    person = make.make_person(latin_name="Ahmed Zahraoui")
    response = client.get(f"/people/{person.number}-autre/")
    assert (response.status_code, response["Location"]) == (301, person.get_absolute_url())


def test_the_list_of_people_marks_who_holds_no_office_any_more(client):
    membership = make.make_membership(is_former=True)
    page = get(client, "/people/")
    assert membership.body.chamber.short_name in page
    assert '<span class="former-mark">عضو سابق</span>' in page


def test_a_former_director_was_no_member(client):
    make.make_membership(is_former=True, office="director")
    assert '<span class="former-mark">مسؤول سابق</span>' in get(client, "/people/")


def test_the_list_of_people_marks_a_former_office_beside_a_present_one(client):
    person = make.make_person()
    make.make_membership(person=person)
    make.make_membership(person=person, is_former=True, office_as_printed="رئيس الغرفة")
    page = get(client, "/people/")
    assert "former-mark" not in page
    assert re.search(r"سابقا:</span> <bdi>رئيس الغرفة", page)


def test_a_term_is_written_in_words(client):
    membership = make.make_membership(term=make.make_term(start_year=2021, end_year=2027))
    for page in (get(client, "/people/"), page_of(client, membership.person)):
        assert "المدة الانتدابية <bdi>من 2021 إلى 2027</bdi>" in page
        assert "2021/2027" not in page


def test_the_list_of_people_says_that_a_mandate_is_not_dated(client):
    make.make_membership()
    assert "مدة الانتداب غير منشورة" in get(client, "/people/")


def test_a_card_leaves_out_the_chamber_whose_list_it_stands_in(client):
    chamber = make.make_membership().body.chamber
    card = re.search(
        r'<article class="person-card">.*?</article>', get(client, f"/chambers/{chamber.slug}/people/"), re.S
    )
    assert chamber.short_name not in card[0]


def test_a_card_shows_the_initials(client):
    make.make_person(name="أحمد الشرادي")
    assert '<span class="person-star" aria-hidden="true">أ ش</span>' in get(client, "/people/")


def test_meetings_someone_led_stand_apart_from_those_attended(client):
    person = make.make_person()
    led, attended = make.make_meeting(), make.make_meeting()
    make.make_attendance(meeting=led, person=person, role="opened")
    make.make_attendance(meeting=attended, person=person, role="member")
    page = page_of(client, person)
    assert hrefs(section(page, "meetings")) == [led.get_absolute_url()]
    assert hrefs(section(page, "attended")) == [attended.get_absolute_url()]


# Annexes


def test_an_annex_shows_its_telephone_left_to_right_and_its_hours(client):
    annex = make.make_annex(phone="0535 62 21 86", hours="من الإثنين إلى الجمعة", address="شارع الجيش الملكي")
    page = get(client, f"/chambers/{annex.chamber.slug}/offices/")
    assert '<bdi dir="ltr">0535\u202f62\u202f21\u202f86</bdi>' in page
    assert annex.hours in page
    assert annex.address in page


def test_what_is_missing_of_an_annex_is_said_in_words(client):
    annex = make.make_annex(city="")
    row = get(client, "/offices/").split(f'id="annex-{annex.pk}"')[1].split("</li>")[0]
    assert row.count('class="unknown"') == 2


# Organisations


def test_an_organisation_shows_agreements_meetings_and_who_came_for_it(client):
    organisation = make.make_organisation(latin_name="Agence du Nord", short_name="و.ش", aliases=["الوكالة"])
    agreement = make.make_party(organisation=organisation).agreement
    make.make_step(agreement=agreement, stage="signed")
    line = make.make_attendance(organisation=organisation, office="المدير الجهوي")
    talk = make.make_talk(organisation=organisation, office="ممثل الوكالة")
    page = page_of(client, organisation)
    assert agreement.get_absolute_url() in hrefs(section(page, "agreements"))
    assert badges(section(page, "agreements")) == ["signed"]
    assert line.meeting.get_absolute_url() in hrefs(section(page, "present"))
    assert "المدير الجهوي" in section(page, "present")
    assert f"{talk.meeting.get_absolute_url()}#talks" in hrefs(section(page, "present"))
    for words in ("Agence du Nord", "و.ش", "الوكالة"):
        assert words in page


def test_an_organisation_without_agreements_says_so(client):
    assert gettext("No agreement with it is recorded.") in page_of(client, make.make_organisation())


def test_a_wrong_slug_of_an_organisation_leads_to_the_right_one(client):
    organisation = make.make_organisation(slug="agence")
    response = client.get(f"/organisations/{organisation.number}/")
    assert (response.status_code, response["Location"]) == (301, organisation.get_absolute_url())


# Projects


def test_a_project_shows_what_was_said_of_it(client):
    project = make.make_project(place="صفرو", description="مركب مندمج للصناعة التقليدية")
    meeting = make.make_meeting()
    make.make_project_note(project=project, meeting=meeting, status="completed", status_as_printed="انتهت الأشغال")
    make.make_project_note(
        project=project, source=make.make_source(outlet="منبر"), date=date(2023, 5, 1), date_precision="month"
    )
    page = page_of(client, project)
    notes = section(page, "notes")
    assert meeting.get_absolute_url() in hrefs(notes)
    for words in ("انتهت الأشغال", "منبر", "ماي 2023", "21 أكتوبر 2024"):
        assert words in notes
    assert "1 ماي" not in notes
    assert project.description in page
    assert project.place in page


def test_a_project_shows_its_agreements_and_news(client):
    project = make.make_project()
    agreement, article = make.make_agreement(project=project), make.make_article(projects=[project])
    page = page_of(client, project)
    assert agreement.get_absolute_url() in hrefs(section(page, "agreements"))
    assert article.get_absolute_url() in hrefs(section(page, "news"))


def test_the_list_of_projects_shows_how_each_last_stood(client):
    project = make.make_project()
    make.make_project_note(project=project, source=make.make_source(), position=1, status="planned")
    make.make_project_note(project=project, source=make.make_source(), position=2, status="completed")
    make.make_project_note(
        project=project, meeting=make.make_meeting(state="draft", published_at=None), position=3, status="suspended"
    )
    assert badges(get(client, "/projects/")) == ["completed"]


def test_a_project_without_notes_says_that_its_status_is_not_published(client):
    make.make_project()
    assert "الحالة غير منشورة" in get(client, "/projects/")


def test_a_project_of_which_nothing_is_known_says_so(client):
    page = page_of(client, make.make_project(chamber=None))
    assert gettext("Nothing is recorded yet.") in page
    assert re.search(r'<dd><span class="unknown">', page)


def test_a_wrong_slug_of_a_project_leads_to_the_right_one(client):
    project = make.make_project(slug="complexe-sefrou")
    response = client.get(f"/projects/{project.number}-autre/")
    assert (response.status_code, response["Location"]) == (301, project.get_absolute_url())
