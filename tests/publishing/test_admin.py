"""The common ground of the admin: every page opens, states keep to their rules, rows change places."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chambers.models import Organisation, Person
from publishing.models import Redirect
from tests import factories as make
from tests.admin_forms import add_row, admin_url, errors, filled

pytestmark = pytest.mark.django_db

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def desk(client):
    client.force_login(make.make_superuser())
    return client


@pytest.fixture
def editor(client):
    """An editor of one chamber, signed in; ``editor.chamber`` is the chamber."""
    client.chamber = make.make_chamber()
    client.user = make.make_editor(client.chamber)
    client.force_login(client.user)
    return client


@pytest.mark.parametrize("page", ["changelist", "add"])
@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_every_page_opens_in_arabic(desk, model, page):
    response = desk.get(admin_url(model, page))
    # What happened to accounts is only ever recorded, never entered.
    assert response.status_code == (403 if (model.__name__, page) == ("SecurityEvent", "add") else 200)
    assert '<html lang="ar-MA" dir="rtl">' in response.text


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_every_list_can_be_searched(desk, model):
    response = desk.get(admin_url(model, "changelist"), {"q": "الغرفة ٢٠٢٤ <script>"})
    assert response.status_code == 200


def test_every_foreign_key_is_chosen_by_search():
    """A drop-down of thousands of rows is no use; a sitting is chosen among the few of its meeting."""
    by_search, wrong = set(), []
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label in ("auth", "accounts"):
            continue
        for part in [model_admin, *(inline(model, admin.site) for inline in model_admin.inlines)]:
            by_search |= {f"{part.opts.label}.{name}" for name in part.autocomplete_fields}
            names = [name for field in _shown(part) for name in (field if isinstance(field, tuple) else [field])]
            for name in names:
                field = part.opts.get_field(name) if name in {f.name for f in part.opts.get_fields()} else None
                is_link = field is not None and (field.many_to_one or field.many_to_many)
                if is_link and name not in part.autocomplete_fields and name != "sitting":
                    wrong.append(f"{part.opts.label}.{name}")
    assert wrong == []
    assert "meetings.AgendaItem.takes_up" in by_search


def _shown(part):
    if part.fieldsets:
        return [field for _name, options in part.fieldsets for field in options["fields"]]
    return part.fields or []


@pytest.mark.parametrize(
    "factory",
    [
        make.make_meeting, make.make_item, make.make_agreement, make.make_document, make.make_article,
        make.make_person, make.make_organisation, make.make_membership, make.make_project_note, make.make_annex,
    ],
)  # fmt: skip
def test_a_list_costs_the_same_for_ten_rows_and_for_forty(desk, factory):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    rows = [factory() for _ in range(10)]
    address = admin_url(type(rows[0]), "changelist")
    cost()  # The kinds of content are looked up once a process.
    few = cost()
    for _ in range(30):
        factory()
    assert cost() == few


# States


def test_publishing_without_a_moment_publishes_now(desk):
    person = make.make_person(state="draft", published_at=None)
    page = admin_url(person)
    assert desk.post(page, filled(desk.get(page), state="published")).status_code == 302
    person.refresh_from_db()
    assert timezone.now() - person.published_at < timedelta(minutes=1)


def test_a_scheduled_record_made_a_draft_loses_its_moment(desk):
    person = make.make_person(published_at=timezone.now() + timedelta(days=3))
    page = admin_url(person)
    assert desk.post(page, filled(desk.get(page), state="draft")).status_code == 302
    person.refresh_from_db()
    assert (person.state, person.published_at) == ("draft", None)


def test_what_has_been_public_is_withdrawn_and_not_made_a_draft(desk):
    page = admin_url(make.make_person())
    assert "state" in errors(desk.post(page, filled(desk.get(page), state="draft")))


def test_a_withdrawal_needs_its_reason_and_gets_its_moment(desk):
    person = make.make_person()
    page = admin_url(person)
    assert "withdrawal_reason" in errors(desk.post(page, filled(desk.get(page), state="withdrawn")))
    data = filled(desk.get(page), state="withdrawn", withdrawal_reason="خلط بين شخصين")
    assert desk.post(page, data).status_code == 302
    person.refresh_from_db()
    assert person.withdrawn_at is not None


def test_a_draft_cannot_be_withdrawn(desk):
    page = admin_url(make.make_person(state="draft", published_at=None))
    data = filled(desk.get(page), state="withdrawn", withdrawal_reason="سبب")
    assert "state" in errors(desk.post(page, data))


def test_a_public_record_is_not_put_off(desk):
    page = admin_url(make.make_person())
    data = filled(desk.get(page), published_at_0="01/01/2090", published_at_1="10:00")
    assert "published_at" in errors(desk.post(page, data))


def test_the_link_to_the_site_is_only_for_public_records(desk):
    public, draft = make.make_meeting(), make.make_meeting(state="draft", published_at=None)
    assert public.get_absolute_url() in desk.get(admin_url(public)).text
    assert draft.get_absolute_url() not in desk.get(admin_url(draft)).text


def test_a_new_name_leaves_a_redirect_only_if_the_old_one_was_public(desk):
    for person, moves in [
        (make.make_person(latin_name="Old"), 1),
        (make.make_person(state="draft", published_at=None), 0),
    ]:
        before = Redirect.objects.count()
        page = admin_url(person)
        assert desk.post(page, filled(desk.get(page), latin_name="Naji Fakhari")).status_code == 302
        assert Redirect.objects.count() - before == moves


def test_the_action_publishes_row_by_row_and_leaves_a_trace(desk):
    drafts = [make.make_organisation(state="draft", published_at=None) for _ in range(2)]
    data = {"action": "publish", "_selected_action": [row.pk for row in drafts]}
    assert desk.post(admin_url(Organisation, "changelist"), data).status_code == 302
    assert Organisation.objects.published().count() == 2
    assert LogEntry.objects.count() == 2


def test_the_action_that_withdraws_asks_for_the_reason_first(desk):
    row = make.make_organisation()
    data = {"action": "withdraw", "_selected_action": [row.pk]}
    response = desk.post(admin_url(Organisation, "changelist"), data)
    assert response.status_code == 200
    assert Organisation.objects.published().exists()
    assert desk.post(admin_url(Organisation, "changelist"), {**data, "reason": "تكرار"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.withdrawal_reason) == ("withdrawn", "تكرار")


def test_an_editor_does_not_delete_what_has_been_public(editor):
    public = make.make_meeting(chamber=editor.chamber)
    draft = make.make_meeting(chamber=editor.chamber, state="draft", published_at=None)
    assert editor.get(admin_url(public, "delete")).status_code == 403
    assert editor.get(admin_url(draft, "delete")).status_code == 200


# Rows with a place


def parties(agreement):
    return list(agreement.parties.order_by("position").values_list("organisation__name", flat=True))


@pytest.fixture
def three_parties():
    agreement = make.make_agreement()
    for name in ("أ", "ب", "ج"):
        make.make_party(agreement=agreement, organisation=make.make_organisation(name=name))
    return agreement


def test_two_rows_change_places(desk, three_parties):
    page = admin_url(three_parties)
    data = filled(desk.get(page), parties__0__position=2, parties__1__position=1)
    assert desk.post(page, data).status_code == 302
    assert parties(three_parties) == ["ب", "أ", "ج"]


def test_a_place_taken_twice_is_an_error_at_the_row(desk, three_parties):
    page = admin_url(three_parties)
    response = desk.post(page, filled(desk.get(page), parties__2__position=1))
    assert list(errors(response)) == ["parties-2-position"]


def test_an_empty_place_is_the_next_one(desk, three_parties):
    page = admin_url(three_parties)
    data = filled(desk.get(page))
    add_row(data, "parties", organisation=make.make_organisation(name="د").pk, role="party", position="")
    assert desk.post(page, data).status_code == 302
    assert parties(three_parties) == ["أ", "ب", "ج", "د"]


def test_the_place_of_a_deleted_row_is_free_at_once(desk, three_parties):
    page = admin_url(three_parties)
    data = filled(desk.get(page), parties__0__DELETE="on", parties__1__position=1, parties__2__position=2)
    assert desk.post(page, data).status_code == 302
    assert parties(three_parties) == ["ب", "ج"]


def test_a_place_beyond_what_the_column_holds_is_an_error(desk, three_parties):
    page = admin_url(three_parties)
    response = desk.post(page, filled(desk.get(page), parties__0__position="99999999999"))
    assert "parties-0-position" in errors(response)


# Citations


def test_one_source_is_followed_for_a_fact(desk):
    meeting = make.make_meeting()
    page = admin_url(meeting)
    data = filled(desk.get(page))
    for _ in range(2):
        add_row(data, "citations", field="date", source=make.make_source().pk, basis="stated", is_followed="on")
    assert list(errors(desk.post(page, data))) == ["citations-1-is_followed"]


def test_the_followed_source_can_change(desk):
    meeting = make.make_meeting()
    first = make.make_meeting_citation(meeting=meeting, field="date")
    second = make.make_meeting_citation(meeting=meeting, field="date", is_followed=False)
    page = admin_url(meeting)
    data = filled(desk.get(page), citations__1__is_followed="on")
    del data["citations-0-is_followed"]
    assert desk.post(page, data).status_code == 302
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.is_followed, second.is_followed) == (False, True)


# What may be named


def suggestions(client, label, field, term=""):
    app, model = label.split(".")
    data = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return client.get(reverse("admin:autocomplete"), data)


def test_an_editor_names_public_people_and_not_the_drafts_of_others(editor):
    public = make.make_person(name="معاذ الجامعي")
    make.make_person(name="مسودة الجامعي", state="draft", published_at=None)
    found = suggestions(editor, "meetings.attendance", "person", "الجامعي").json()["results"]
    assert [row["text"] for row in found] == [public.name]


def test_an_editor_names_the_draft_they_have_just_entered(editor):
    data = filled(editor.get(admin_url(Person, "add")), name="ناجي الفخاري")
    assert editor.post(admin_url(Person, "add"), data).status_code == 302
    found = suggestions(editor, "meetings.attendance", "person", "فخاري").json()["results"]
    assert [row["text"] for row in found] == ["ناجي الفخاري"]


def test_only_who_fills_a_field_is_offered_its_choices(client):
    client.force_login(make.make_editor())
    assert suggestions(client, "meetings.attendance", "person").status_code == 403


def test_users_are_offered_to_administrators_only(editor):
    assert suggestions(editor, "chambers.editorship", "user").status_code == 403


def test_the_choices_of_an_item_name_its_meeting(editor):
    item = make.make_item(meeting=make.make_meeting(chamber=editor.chamber, short_title="دورة أكتوبر 2024"))
    make.make_item(title="نقطة غرفة أخرى")
    found = suggestions(editor, "meetings.agreementstep", "agenda_item").json()["results"]
    assert len(found) == 1
    assert item.title in found[0]["text"]
    assert "دورة أكتوبر 2024" in found[0]["text"]


def test_search_finds_a_name_in_other_spellings(desk):
    make.make_organisation(name="المؤسسة المغربية للصناعة")
    found = suggestions(desk, "meetings.agreementparty", "organisation", "الصناعه المغربيّة").json()["results"]
    assert len(found) == 1


# Addresses somebody made up

ENDLESS = "9" * 40


@pytest.mark.parametrize(
    "query",
    [
        {"date__year": ENDLESS}, {"date__year": "x"}, {"date__year": "2024", "date__month": "13"}, {"p": ENDLESS},
        {"p": "-1"}, {"o": ENDLESS}, {"chamber__id__exact": ENDLESS}, {"chamber__id__exact": "x"},
        {"kind__exact": "x"}, {"q": "ع" * 10_000}, {"q": "%_\\'\""}, {"unknown": "1"}, {"all": ""},
        {"results_published_at__isempty": "x"},
        {"state__exact": ["draft", "x"]}, {"_popup": "1", "_to_field": "password"},
    ],
)  # fmt: skip
def test_a_made_up_query_of_a_list_is_no_server_error(desk, query):
    make.make_meeting()
    assert desk.get("/admin/meetings/meeting/", query).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("key", [ENDLESS, "x", "-1", "1_2F", "الغرفة"])
@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_a_made_up_key_of_a_row_is_no_server_error(desk, key, page):
    assert desk.get(f"/admin/meetings/meeting/{key}/{page}/").status_code in (302, 404)


@pytest.mark.parametrize("key", [ENDLESS, "x", "", "1,2"])
def test_made_up_values_to_begin_with_are_no_server_error(desk, key):
    query = {"chamber": key, "co_organisers": key, "published_at": key, "session_year": key, "kind": key, "date": key}
    assert desk.get("/admin/meetings/meeting/add/", query).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {}, {"app_label": "meetings"}, {"app_label": "x", "model_name": "y", "field_name": "z"},
        {"app_label": "meetings", "model_name": "meeting", "field_name": "title"},
        {"app_label": "admin", "model_name": "logentry", "field_name": "user"},
        {"app_label": "meetings", "model_name": "meeting", "field_name": "chamber", "page": ENDLESS},
        {"app_label": "meetings", "model_name": "meeting", "field_name": "chamber", "page": "x"},
        {"app_label": "meetings", "model_name": "meeting", "field_name": "chamber", "term": "ع" * 10_000},
    ],
)  # fmt: skip
def test_a_made_up_question_for_choices_is_no_server_error(editor, query):
    assert editor.get(reverse("admin:autocomplete"), query).status_code in (200, 403, 404)


@pytest.mark.parametrize("chosen", [[ENDLESS], ["x"], ["1", "x"]])
@pytest.mark.parametrize("action", ["publish", "withdraw", "delete_selected", "unknown"])
def test_a_made_up_selection_is_no_server_error(desk, action, chosen):
    make.make_meeting()
    data = {"action": action, "_selected_action": chosen}
    assert desk.post("/admin/meetings/meeting/", data).status_code in (200, 302, 400)


def test_a_record_whose_moment_is_to_come_is_called_scheduled(desk):
    person = make.make_person(published_at=timezone.now() + timedelta(days=2))
    page = admin_url(person)
    assert "مبرمج" in desk.get(admin_url(Person, "changelist")).text
    assert "مبرمج: موعد النشر" in desk.post(page, filled(desk.get(page)), follow=True).text


def test_messages_fit_every_record(desk):
    """Arabic verbs agree with what they speak of, and these stand for records of both genders."""
    organisation = make.make_organisation()
    page = admin_url(organisation)
    assert "تم التعديل (" in desk.post(page, filled(desk.get(page)), follow=True).text
    gone = desk.get(admin_url(organisation).replace(f"/{organisation.pk}/", "/999999/"), follow=True)
    assert "لا يوجد سجل (" in gone.text
