"""What goes wrong while a record is saved: each mistake is told in Arabic at its place, and nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.models import Document, Meeting
from tests import factories as make
from tests.admin_forms import add_row, admin_url, errors, filled

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n" + b"0" * 2000


@pytest.fixture
def desk(client):
    client.force_login(make.make_superuser())
    return client


@pytest.fixture
def chambers():
    return make.make_chamber(), make.make_chamber()


@pytest.fixture
def editor(client, chambers):
    client.force_login(make.make_editor(chambers[0]))
    return client


def files_kept(media_root):
    return [path for path in media_root.rglob("*") if path.is_file()] if media_root.exists() else []


# Facts that contradict one another


def test_more_votes_than_members_present_keep_what_was_typed(desk):
    meeting = make.make_meeting(members_present=40, summary="ملخص")
    make.make_item(meeting=meeting, outcome="adopted", votes_for=12)
    page = admin_url(meeting)
    response = desk.post(page, filled(desk.get(page), items__0__votes_for=41, summary="ملخص جديد"))
    assert errors(response) == {"items-0-votes_for": ["عدد الأصوات 41، وعدد الأعضاء الحاضرين 40: صحح أحدهما."]}
    again = filled(response)
    assert (again["items-0-votes_for"], again["summary"]) == (["41"], ["ملخص جديد"])
    meeting.refresh_from_db()
    assert (meeting.summary, meeting.items.get().votes_for) == ("ملخص", 12)


def test_nor_does_the_page_of_the_item_alone_take_them(desk):
    meeting = make.make_meeting(members_present=10)
    item = make.make_item(meeting=meeting, outcome="adopted")
    page = admin_url(item)
    response = desk.post(page, filled(desk.get(page), votes_for=500))
    assert errors(response) == {"votes_for": ["عدد الأصوات 500، وعدد الأعضاء الحاضرين 10: صحح أحدهما."]}
    item.refresh_from_db()
    assert item.votes_for is None


def test_nor_is_the_number_present_at_a_sitting_lowered_below_its_votes(desk):
    meeting = make.make_meeting(members_present=30)
    sitting = make.make_sitting(meeting=meeting, members_present=20)
    make.make_item(meeting=meeting, sitting=sitting, outcome="adopted", votes_for=15)
    page = admin_url(meeting)
    response = desk.post(page, filled(desk.get(page), sittings__0__members_present="٥"))
    assert errors(response) == {"items-0-votes_for": ["عدد الأصوات 15، وعدد الأعضاء الحاضرين 5: صحح أحدهما."]}
    sitting.refresh_from_db()
    assert sitting.members_present == 20
    assert desk.post(page, filled(desk.get(page), sittings__0__members_present="16")).status_code == 302


def test_an_addendum_to_itself_is_refused_at_its_field(desk):
    addendum = make.make_agreement(kind="addendum", parent_as_named="الأصل")
    page = admin_url(addendum)
    response = desk.post(page, filled(desk.get(page), parent=addendum.pk, title="عنوان جديد"))
    assert list(errors(response)) == ["parent"]
    assert filled(response)["title"] == ["عنوان جديد"]
    addendum.refresh_from_db()
    assert (addendum.parent, addendum.parent_as_named) == (None, "الأصل")


@pytest.mark.parametrize("length", [1, 2, 3])
def test_items_that_take_up_one_another_in_a_circle_are_refused(desk, length):
    items = [make.make_item(title="الأولى")]
    for _ in range(length - 1):
        items.append(make.make_item(takes_up=items[-1]))
    page = admin_url(items[0])
    response = desk.post(page, filled(desk.get(page), takes_up=items[-1].pk, title="الأولى معدلة"))
    assert errors(response) == {"takes_up": ["تصير هذه النقط إعادة طرح بعضها لبعض في حلقة: اختر نقطة أخرى."]}
    assert filled(response)["title"] == ["الأولى معدلة"]
    items[0].refresh_from_db()
    assert (items[0].takes_up, items[0].title) == (None, "الأولى")


# Files


def paper(desk, name, content, **fields):
    data = filled(desk.get(admin_url(Document, "add")), **{"title": "محضر", "kind": "minutes", **fields})
    return desk.post(admin_url(Document, "add"), {**data, "file": SimpleUploadedFile(name, content)})


def test_a_pdf_of_thirty_megabytes_is_told_the_limit_and_the_rest_stays(desk, chambers, media_root):
    response = paper(desk, "محضر.pdf", PDF + bytes(30 * 1024 * 1024), chamber=chambers[0].pk, title="محضر الدورة")
    (words,) = errors(response)["file"]
    assert words.startswith("الملف كبير: حجمه 30")
    assert "والحد الأقصى 25" in words
    assert filled(response)["title"] == ["محضر الدورة"]
    assert files_kept(media_root) == []


def test_a_page_called_pdf_is_refused_and_the_paper_there_stays(desk, chambers):
    assert paper(desk, "محضر.pdf", PDF, chamber=chambers[0].pk).status_code == 302
    document = Document.objects.get()
    page = admin_url(document)
    forged = SimpleUploadedFile("محضر.pdf", b"<html><script>alert(1)</script></html>", "application/pdf")
    response = desk.post(page, {**filled(desk.get(page), title="محضر آخر"), "file": forged})
    assert errors(response) == {
        "file": ["محتوى «محضر.pdf» لا يوافق اسمه. الأنواع المقبولة: PDF وDOCX وODT وXLSX وJPEG وPNG وWebP."]
    }
    assert filled(response)["title"] == ["محضر آخر"]
    stored = Document.objects.get()
    assert (stored.file.name, stored.sha512) == (document.file.name, document.sha512)
    with stored.file.open("rb") as file:
        assert file.read() == PDF


@pytest.mark.parametrize("name", ["م" * 245 + ".pdf", "../../x.pdf", "a\u202efdp.pdf"])
def test_a_strange_name_is_no_reason_to_refuse(desk, chambers, name, media_root):
    response = paper(desk, name, PDF, chamber=chambers[0].pk)
    assert response.status_code == 302, errors(response)
    (kept,) = files_kept(media_root)
    assert kept.parent.parent == media_root / "documents"


def test_a_forged_chamber_beside_a_file_keeps_neither(editor, chambers, media_root):
    response = paper(editor, "محضر.pdf", PDF, chamber=chambers[1].pk, title="محضر مزور")
    assert list(errors(response)) == ["chamber"]
    assert filled(response)["title"] == ["محضر مزور"]
    assert not Document.objects.exists()
    assert files_kept(media_root) == []


def test_a_forged_meeting_beside_a_file_keeps_neither(editor, chambers, media_root):
    theirs = make.make_meeting(chamber=chambers[1])
    response = paper(editor, "محضر.pdf", PDF, chamber=chambers[0].pk, meeting=theirs.pk)
    assert list(errors(response)) == ["meeting"]
    assert not theirs.documents.exists()
    assert files_kept(media_root) == []


# A connection lost in the middle


def test_what_was_stored_stays_whole_where_saving_breaks_off(desk, monkeypatch):
    meeting = make.make_meeting(title="الدورة العادية")
    make.make_item(meeting=meeting, title="نقطة")
    page = admin_url(meeting)
    data = filled(desk.get(page), title="عنوان آخر", items__0__title="نقطة أخرى")
    add_row(data, "items", title="نقطة ثانية", kind="miscellaneous")

    def break_off(self, request, form, formsets, change):
        form.save_m2m()
        self.save_formset(request, form, formsets[0], change)
        raise ConnectionError

    monkeypatch.setattr("meetings.admin.meetings.MeetingAdmin.save_related", break_off)
    desk.raise_request_exception = False
    response = desk.post(page, data)
    assert response.status_code == 500
    assert '<html lang="ar-MA" dir="rtl">' in response.content.decode()
    meeting.refresh_from_db()
    assert meeting.title == "الدورة العادية"
    assert [item.title for item in meeting.items.all()] == ["نقطة"]


def test_a_new_record_whose_saving_breaks_off_is_not_there(desk, chambers, monkeypatch):
    def break_off(*args):
        raise ConnectionError

    monkeypatch.setattr("meetings.admin.meetings.MeetingAdmin.save_related", break_off)
    desk.raise_request_exception = False
    data = filled(desk.get(admin_url(Meeting, "add")), title="دورة", chamber=chambers[0].pk, session_year=2024)
    assert desk.post(admin_url(Meeting, "add"), data).status_code == 500
    assert not Meeting.objects.exists()


def test_a_request_cut_short_saves_nothing(desk, chambers):
    body = (
        b'--cut\r\nContent-Disposition: form-data; name="title"\r\n\r\n\xd8\xaf\r\n'
        b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7'
    )
    response = desk.post(admin_url(Document, "add"), body, content_type="multipart/form-data; boundary=cut")
    assert response.status_code in (200, 400)
    assert not Document.objects.exists()
