"""An editor reaches the records of their own chambers, in every way a form can be sent."""

import pytest

from chambers.models import Chamber, Editorship, Organisation, Person, Project
from meetings.models import AgendaItem, Agreement, Document, Meeting
from tests import factories as make
from tests.admin_forms import add_row, admin_url, errors, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def chambers():
    return make.make_chamber(name="غرفة المحرر"), make.make_chamber(name="غرفة أخرى")


@pytest.fixture
def editor(client, chambers):
    client.force_login(make.make_editor(chambers[0]))
    return client


def rows_of(chamber):
    meeting = make.make_meeting(chamber=chamber)
    person = make.make_membership(body=make.make_body(chamber=chamber)).person
    return {
        "meeting": meeting,
        "item": make.make_item(meeting=meeting),
        "agreement": make.make_agreement(lead_chamber=chamber),
        "article": make.make_article(lead_chamber=chamber),
        "document": make.make_document(chamber=chamber),
        "project": make.make_project(chamber=chamber),
        "note": make.make_project_note(project=make.make_project(chamber=chamber)),
        "person": person,
        "membership": person.memberships.get(),
        "body": make.make_body(chamber=chamber),
        "annex": make.make_annex(chamber=chamber),
        "chamber": chamber,
    }


KINDS = [
    "meeting", "item", "agreement", "article", "document", "project", "note", "person", "membership", "body", "annex",
    "chamber",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_another_chambers_record_is_out_of_reach(editor, chambers, kind):
    theirs = rows_of(chambers[1])[kind]
    for page in ("change", "delete", "history"):
        assert editor.get(admin_url(theirs, page)).status_code in (403, 404)
        assert editor.post(admin_url(theirs, page), {"post": "yes"}).status_code in (403, 404)
    theirs.refresh_from_db()
    listed = editor.get(admin_url(theirs, "changelist")).context["cl"].result_list
    assert theirs not in listed


@pytest.mark.parametrize("kind", KINDS)
def test_ones_own_record_opens_and_saves(client, chambers, kind):
    editor = client
    editor.force_login(make.make_editor(chambers[0], role="manager"))
    mine = rows_of(chambers[0])[kind]
    page = admin_url(mine)
    response = editor.get(page)
    assert response.status_code == 200
    response = editor.post(page, filled(response))
    assert response.status_code == 302, errors(response)


def test_a_row_that_changed_hands_meanwhile_is_not_saved(editor, chambers):
    meeting = make.make_meeting(chamber=chambers[0])
    data = filled(editor.get(admin_url(meeting)), title="عنوان جديد")
    Meeting.objects.filter(pk=meeting.pk).update(chamber=chambers[1])
    assert editor.post(admin_url(meeting), data).status_code in (403, 404)
    meeting.refresh_from_db()
    assert meeting.title != "عنوان جديد"


def test_a_forged_chamber_is_refused(editor, chambers):
    data = filled(editor.get(admin_url(Meeting, "add")), title="دورة", session_year=2024, chamber=chambers[1].pk)
    assert "chamber" in errors(editor.post(admin_url(Meeting, "add"), data))
    mine = make.make_meeting(chamber=chambers[0])
    data = filled(editor.get(admin_url(mine)), chamber=chambers[1].pk)
    assert "chamber" in errors(editor.post(admin_url(mine), data))


def test_a_record_without_a_chamber_is_the_administrators(editor):
    data = filled(editor.get(admin_url(Meeting, "add")), title="دورة", session_year=2024, chamber="", family="crafts")
    assert "chamber" in errors(editor.post(admin_url(Meeting, "add"), data))


@pytest.mark.parametrize(
    ("label", "field", "theirs"),
    [
        ("document", "meeting", "meeting"), ("document", "agenda_item", "item"),
        ("document", "agreement", "agreement"),
        ("meeting", "body", "body"), ("meeting", "annex", "annex"), ("meeting", "held_with", "meeting"),
        ("agreement", "project", "project"), ("membership", "body", "body"), ("item", "takes_up", "item"),
    ],
)  # fmt: skip
def test_a_forged_foreign_key_is_refused(client, chambers, label, field, theirs):
    editor = client
    editor.force_login(make.make_editor(chambers[0], role="manager"))
    mine, row = rows_of(chambers[0])[label], rows_of(chambers[1])[theirs]
    data = filled(editor.get(admin_url(mine)), **{field: row.pk})
    assert field in errors(editor.post(admin_url(mine), data))


@pytest.mark.parametrize("field", ["chambers", "meetings", "agreements", "projects"])
def test_a_forged_many_to_many_is_refused(editor, chambers, field):
    article = make.make_article(lead_chamber=chambers[0])
    row = rows_of(chambers[1])[field.removesuffix("s")]
    data = filled(editor.get(admin_url(article)), **{field: [str(row.pk)]})
    assert field in errors(editor.post(admin_url(article), data))


def test_a_forged_row_of_an_inline_is_refused(editor, chambers):
    meeting = make.make_meeting(chamber=chambers[0])
    data = filled(editor.get(admin_url(meeting)))
    theirs = rows_of(chambers[1])
    row = add_row(data, "items", title="نقطة", kind="budget", takes_up=theirs["item"].pk)
    note = add_row(data, "project_notes", project=theirs["project"].pk, status="planned")
    found = errors(editor.post(admin_url(meeting), data))
    assert {f"items-{row}-takes_up", f"project_notes-{note}-project"} <= found.keys()


def test_another_meetings_item_is_not_taken_by_its_number(editor, chambers):
    """The hidden key of a row is the reader's to forge: it must be one of the rows of this meeting."""
    mine = make.make_item(meeting=make.make_meeting(chamber=chambers[0]))
    theirs = make.make_item(meeting=make.make_meeting(chamber=chambers[1]), title="كما هي")
    page = admin_url(mine.meeting)
    data = filled(editor.get(page), items__0__id=theirs.pk, items__0__title="مختطفة")
    response = editor.post(page, data)
    theirs.refresh_from_db()
    assert response.status_code in (200, 302, 400)
    assert theirs.title == "كما هي"


def test_what_a_colleague_named_stays_when_another_saves(editor, chambers):
    """An agreement led by one chamber is saved by the editor of another party; nothing of the first's is lost."""
    agreement = make.make_agreement(lead_chamber=chambers[1], project=make.make_project(chamber=chambers[1]))
    make.make_party(agreement=agreement, chamber=chambers[1])
    make.make_party(agreement=agreement, chamber=chambers[0])
    item = make.make_item(meeting=make.make_meeting(chamber=chambers[1]))
    make.make_step(agreement=agreement, agenda_item=item)
    page = admin_url(agreement)
    response = editor.post(page, filled(editor.get(page), object="موضوع الاتفاقية"))
    assert response.status_code == 302, errors(response)
    agreement.refresh_from_db()
    assert (agreement.object, agreement.lead_chamber, agreement.project.chamber) == (
        "موضوع الاتفاقية",
        chambers[1],
        chambers[1],
    )
    assert agreement.steps.get().agenda_item == item


def test_only_who_leads_decides_on_publication(editor, chambers):
    agreement = make.make_agreement(lead_chamber=chambers[1], state="draft", published_at=None)
    make.make_party(agreement=agreement, chamber=chambers[0])
    page = admin_url(agreement)
    data = filled(editor.get(page), state="published", lead_chamber=chambers[0].pk)
    assert "state" in errors(editor.post(page, data))
    agreement.refresh_from_db()
    assert (agreement.state, agreement.lead_chamber) == ("draft", chambers[1])
    action = {"action": "publish", "_selected_action": [agreement.pk]}
    assert editor.post(admin_url(Agreement, "changelist"), action).status_code == 403
    assert not Agreement.objects.published().exists()


def test_actions_reach_the_editors_own_rows_only(editor, chambers):
    theirs = make.make_meeting(chamber=chambers[1], state="draft", published_at=None)
    make.make_meeting(chamber=chambers[0])
    for action in ("publish", "delete_selected"):
        data = {"action": action, "_selected_action": [theirs.pk], "post": "yes"}
        editor.post(admin_url(Meeting, "changelist"), data)
    theirs.refresh_from_db()
    assert theirs.state == "draft"


def test_the_only_chamber_is_chosen_beforehand(editor, chambers):
    assert filled(editor.get(admin_url(Document, "add")))["chamber"] == [str(chambers[0].pk)]
    assert filled(editor.get(admin_url(Project, "add")))["chamber"] == [str(chambers[0].pk)]


def test_offices_in_other_chambers_stay_out_of_the_form(editor, chambers):
    person = make.make_membership(body=make.make_body(chamber=chambers[0])).person
    elsewhere = make.make_membership(person=person, body=make.make_body(chamber=chambers[1]))
    page = admin_url(person)
    data = filled(editor.get(page))
    assert data["memberships-TOTAL_FORMS"] == ["1"]
    assert editor.post(page, data | {"memberships-0-id": [str(elsewhere.pk)]}).status_code != 500
    elsewhere.refresh_from_db()
    assert elsewhere.body.chamber == chambers[1]


def test_shared_records_are_named_by_all_and_changed_by_administrators(editor):
    organisation = make.make_organisation()
    assert editor.get(admin_url(organisation)).status_code == 403
    assert editor.get(admin_url(Organisation, "changelist")).status_code == 403


def test_a_person_without_an_office_in_the_chamber_is_not_changed(editor):
    assert editor.get(admin_url(make.make_person())).status_code in (403, 404)
    assert not editor.get(admin_url(Person, "changelist")).context["cl"].result_list


def test_an_editor_makes_no_chamber_and_no_editor(editor):
    assert editor.get(admin_url(Chamber, "add")).status_code == 403
    assert editor.get(admin_url(Editorship, "add")).status_code == 403
    assert editor.get(admin_url(Editorship, "changelist")).status_code == 403


def test_the_address_of_a_chamber_stays(client, chambers):
    editor = client
    editor.force_login(make.make_editor(chambers[0], role="manager"))
    page = admin_url(chambers[0])
    assert editor.post(page, filled(editor.get(page), slug="autre")).status_code == 302
    chambers[0].refresh_from_db()
    assert chambers[0].slug != "autre"


def test_an_organ_does_not_take_the_annex_of_another_chamber(client, chambers):
    client.force_login(make.make_superuser())
    body = make.make_body(chamber=chambers[0], kind="committee")
    data = filled(client.get(admin_url(body)), annex=make.make_annex(chamber=chambers[1]).pk)
    assert "annex" in errors(client.post(admin_url(body), data))


def test_without_a_role_in_a_chamber_staff_see_no_list(client, chambers):
    client.force_login(make.make_editor())
    make.make_meeting(chamber=chambers[0])
    assert client.get(admin_url(Meeting, "changelist")).status_code == 403


# Editors


@pytest.fixture
def manager(client, chambers):
    client.user = make.make_editor(chambers[0], role="manager")
    client.force_login(client.user)
    return client


def editors(chamber):
    return sorted(chamber.editorships.values_list("user__username", "role"))


def name(client, **typed):
    page = admin_url(Editorship, "add")
    return client.post(page, filled(client.get(page), **typed))


def test_a_manager_invites_by_e_mail(manager, chambers, mailoutbox):
    assert name(manager, who="salma@example.ma", role="contributor").status_code == 302
    assert ("salma@example.ma", "contributor") in editors(chambers[0])
    assert mailoutbox[0].to == ["salma@example.ma"]


def test_a_manager_names_a_user_by_their_name(manager, chambers):
    make.make_user(username="yassine")
    assert name(manager, who="yassine", role="editor").status_code == 302
    assert ("yassine", "editor") in editors(chambers[0])


@pytest.mark.parametrize("who", ["nobody", "not@an@address", ""])
def test_whom_nobody_knows_is_an_error_at_the_field(manager, who):
    assert "who" in errors(name(manager, who=who, role="editor"))


def test_who_has_a_role_already_gets_no_second_one(manager):
    assert "who" in errors(name(manager, who=manager.user.username, role="editor"))


def test_a_manager_names_nobody_in_another_chamber(manager, chambers):
    make.make_user(username="yassine")
    assert "chamber" in errors(name(manager, who="yassine", role="editor", chamber=chambers[1].pk))
    assert not chambers[1].editorships.exists()


def test_no_letter_means_no_role(manager, chambers, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "who" in errors(name(manager, who="salma@example.ma", role="contributor"))
    assert len(editors(chambers[0])) == 1


def test_a_manager_changes_a_role_and_neither_its_holder_nor_its_chamber(manager, chambers):
    theirs = make.make_editor(chambers[0]).editorships.get()
    data = filled(manager.get(admin_url(theirs)), role="manager", user=manager.user.pk, chamber=chambers[1].pk)
    assert manager.post(admin_url(theirs), data).status_code == 302
    before = theirs.user, theirs.chamber
    theirs.refresh_from_db()
    assert ((theirs.user, theirs.chamber), theirs.role) == (before, "manager")


def test_the_last_manager_stays_one(manager):
    mine = manager.user.editorships.get()
    assert "role" in errors(manager.post(admin_url(mine), filled(manager.get(admin_url(mine)), role="editor")))
    response = manager.post(admin_url(mine, "delete"), {"post": "yes"}, follow=True)
    assert "لن يبقى للغرفة مدير آخر" in response.text
    assert manager.user.editorships.exists()


def test_one_of_two_managers_may_go(manager, chambers):
    make.make_editor(chambers[0], role="manager")
    mine = manager.user.editorships.get()
    response = manager.post(admin_url(mine, "delete"), {"post": "yes"}, follow=True)
    assert response.status_code == 200
    assert not manager.user.editorships.exists()


def test_an_administrator_is_told_of_a_chamber_without_a_manager(client, chambers):
    last = make.make_editor(chambers[0], role="manager").editorships.get()
    client.force_login(make.make_superuser())
    response = client.post(admin_url(last, "delete"), {"post": "yes"}, follow=True)
    assert "مدير" in response.text
    assert not chambers[0].editorships.exists()


def test_nobody_raises_their_own_role(editor):
    mine = Editorship.objects.get()
    assert editor.post(admin_url(mine), {"role": "manager"}).status_code == 403
    mine.refresh_from_db()
    assert mine.role == "editor"


# Contributors


@pytest.fixture
def contributor(client, chambers):
    client.force_login(make.make_editor(chambers[0], role="contributor"))
    return client


def test_a_contributor_sends_a_draft_for_review(contributor, chambers):
    draft = make.make_meeting(chamber=chambers[0], state="draft", published_at=None)
    data = filled(contributor.get(admin_url(draft)), state="in_review")
    assert contributor.post(admin_url(draft), data).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "in_review"


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_a_contributor_who_forges_a_state_is_told_why_not(contributor, chambers, state):
    draft = make.make_meeting(chamber=chambers[0], state="draft", published_at=None)
    found = errors(contributor.post(admin_url(draft), filled(contributor.get(admin_url(draft)), state=state)))
    assert found["state"] == ["النشر والسحب لمحرري الغرفة ومديريها: احفظ مسودة، أو أرسلها للمراجعة."]


def test_a_contributor_adds_no_item_to_a_public_agenda(contributor, chambers):
    page, meeting = admin_url(AgendaItem, "add"), make.make_meeting(chamber=chambers[0])
    data = filled(contributor.get(page), meeting=meeting.pk, title="نقطة", position=1)
    assert "meeting" in errors(contributor.post(page, data))


def test_who_publishes_for_one_chamber_does_not_for_the_other(client, chambers):
    user = make.make_editor(chambers[0])
    Editorship.objects.create(user=user, chamber=chambers[1], role="contributor")
    client.force_login(user)
    draft = make.make_meeting(chamber=chambers[1], state="draft", published_at=None)
    public = make.make_meeting(chamber=chambers[0])
    page = admin_url(Meeting, "add")
    new = filled(client.get(page), chamber=chambers[1].pk, title="دورة", session_year=2024, state="published")
    assert "state" in errors(client.post(page, new))
    data = filled(client.get(admin_url(draft)), state="published")
    assert "state" in errors(client.post(admin_url(draft), data))
    data = filled(client.get(admin_url(public)), chamber=chambers[1].pk)
    assert "state" in errors(client.post(admin_url(public), data))
    data = {"action": "publish", "_selected_action": [draft.pk]}
    assert client.post(admin_url(Meeting, "changelist"), data).status_code == 403


def test_who_gets_a_role_enters_and_who_loses_the_last_one_does_not(manager, chambers):
    user = make.make_user(username="khalid")
    data = filled(manager.get(admin_url(Editorship, "add")), who="khalid", chamber=chambers[0].pk, role="editor")
    manager.post(admin_url(Editorship, "add"), data)
    user.refresh_from_db()
    assert user.is_staff
    elsewhere = Editorship.objects.create(user=user, chamber=chambers[1], role="editor")
    manager.post(admin_url(user.editorships.get(chamber=chambers[0]), "delete"), {"post": "yes"})
    user.refresh_from_db()
    assert user.is_staff
    elsewhere.delete()
    user.refresh_from_db()
    assert not user.is_staff


def test_an_administrator_without_a_role_still_enters(client, chambers):
    user = make.make_superuser()
    Editorship.objects.create(user=user, chamber=chambers[0], role="editor").delete()
    user.refresh_from_db()
    assert user.is_staff


# Sources


@pytest.mark.parametrize(
    ("role", "whose", "state", "allowed"),
    [
        ("contributor", None, "", True),
        ("contributor", 0, "draft", True),
        ("contributor", 0, "published", False),
        ("editor", 0, "published", True),
        ("editor", 1, "draft", False),
        ("manager", 1, "published", False),
    ],
)
def test_a_source_is_mended_while_it_is_named_by_own_records_only(client, chambers, role, whose, state, allowed):
    source = make.make_source(title="خبر الدورة")
    if whose is not None:
        moment = {} if state == "published" else {"state": state, "published_at": None}
        meeting = make.make_meeting(chamber=chambers[whose], **moment)
        make.make_meeting_citation(meeting=meeting, field="date", source=source)
    client.force_login(make.make_editor(chambers[0], role=role))
    page = client.get(admin_url(source))
    data = filled(page, title="خبر آخر") if allowed else {"title": "خبر آخر"}
    response = client.post(admin_url(source), data)
    source.refresh_from_db()
    assert (response.status_code, source.title) == ((302, "خبر آخر") if allowed else (403, "خبر الدورة"))


def test_every_kind_of_record_that_names_a_source_holds_it(client, chambers):
    client.force_login(make.make_editor(chambers[0], role="manager"))
    other = chambers[1]
    for name in (
        lambda source: make.make_document(chamber=other, source=source),
        lambda source: make.make_article(lead_chamber=other, source=source),
        lambda source: make.make_annex(chamber=other, source=source),
        lambda source: make.make_membership(body=make.make_body(chamber=other), source=source),
        lambda source: make.make_project_note(project=make.make_project(chamber=other), source=source),
        lambda source: make.make_step(agreement=make.make_agreement(lead_chamber=other), source=source),
        lambda source: make.make_chamber_citation(chamber=other, source=source),
    ):
        source = make.make_source()
        assert client.post(admin_url(source), {}).status_code == 200
        name(source)
        assert client.post(admin_url(source), {}).status_code == 403


# People


def test_to_name_somebody_in_an_organ_gives_no_hold_on_them(client, chambers):
    president = make.make_person(name="رئيس غرفة أخرى")
    make.make_membership(person=president, body=make.make_body(chamber=chambers[1]))
    client.force_login(make.make_editor(chambers[0], role="manager"))
    assert client.get(admin_url(president)).status_code == 404
    make.make_membership(person=president, body=make.make_body(chamber=chambers[0]))
    assert client.get(admin_url(president)).status_code == 200
    for data in ({"name": "اسم آخر"}, {"_step": "withdraw", "withdrawal_reason": "لا"}):
        assert client.post(admin_url(president), data).status_code == 403
    president.refresh_from_db()
    assert (president.name, president.state) == ("رئيس غرفة أخرى", "published")


def test_who_edits_both_chambers_changes_who_sits_in_both(client, chambers):
    person = make.make_person()
    for chamber in chambers:
        make.make_membership(person=person, body=make.make_body(chamber=chamber))
    client.force_login(make.make_editor(*chambers))
    assert client.post(admin_url(person), filled(client.get(admin_url(person)), latin_name="Naji")).status_code == 302
    person.refresh_from_db()
    assert person.latin_name == "Naji"
