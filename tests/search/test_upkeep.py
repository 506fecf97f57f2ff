"""The index follows the records, whatever writes them, in the same transaction."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from articles.models import Topic
from chambers.models import Organisation
from meetings.models import Agreement, Document, Meeting
from publishing.models import PublicationState
from search import upkeep
from search.index import Entry, count_terms, put, remove
from search.models import SearchEntry, SearchRebuild, SearchTerm
from search.query import search, suggest
from tests.factories import (
    make_agreement,
    make_annex,
    make_article,
    make_attendance,
    make_body,
    make_chamber,
    make_document,
    make_item,
    make_meeting,
    make_membership,
    make_organisation,
    make_party,
    make_person,
    make_project,
    make_province,
    make_region,
    make_step,
    make_talk,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

AHEAD = timedelta(hours=1)


def found(text, now=None):
    """Return kind and key of what the public finds now, or finds at ``now``."""
    return {(hit.kind, hit.object_id) for hit in search(text, exact=True, now=now).hits}


def key(kind, row):
    return (kind, str(row.pk))


MAKERS = [
    ("meeting", make_meeting, "title"),
    ("agreement", make_agreement, "title"),
    ("document", make_document, "title"),
    ("article", make_article, "title"),
    ("person", make_person, "name"),
    ("organisation", make_organisation, "name"),
    ("project", make_project, "name"),
]


@pytest.mark.parametrize(("kind", "make", "name"), MAKERS)
def test_a_public_record_is_found_until_it_is_taken_back(kind, make, name):
    row = make(**{name: "القنديل"})
    assert key(kind, row) in found("القنديل")
    row.state, row.withdrawn_at, row.withdrawal_reason = "withdrawn", timezone.now(), "نشر بالخطأ"
    row.save()
    assert key(kind, row) not in found("القنديل")
    assert suggest("القند") == []


@pytest.mark.parametrize(("kind", "make", "name"), MAKERS)
def test_a_draft_is_indexed_and_found_by_nobody_of_the_public(kind, make, name):
    row = make(**{name: "القنديل", "state": PublicationState.DRAFT, "published_at": None})
    assert SearchEntry.objects.filter(kind=kind, object_id=row.pk, public_from=None).exists()
    assert found("القنديل") == set()
    assert search("القندييل").corrections == []


@pytest.mark.parametrize(("kind", "make", "name"), MAKERS)
def test_a_scheduled_record_is_found_from_its_moment_without_any_job(kind, make, name):
    moment = timezone.now() + AHEAD
    row = make(**{name: "القنديل", "published_at": moment})
    assert found("القنديل") == set()
    assert key(kind, row) in found("القنديل", now=moment + AHEAD)


@pytest.mark.parametrize(("kind", "make", "name"), MAKERS)
def test_a_deleted_record_is_gone(kind, make, name):
    row = make(**{name: "القنديل"})
    row.delete()
    assert not SearchEntry.objects.filter(kind=kind).exists()
    assert not SearchTerm.objects.filter(word="القنديل").exists()


def test_a_chamber_is_found_by_its_region_in_french():
    region = make_region(name_fr="Sous-Lampe")
    chamber = make_chamber(regions=[region], name="غرفة القنديل")
    assert key("chamber", chamber) in found("lampe")


def test_an_item_is_public_with_its_agenda_and_its_outcome_with_the_results():
    now = timezone.now()
    meeting = make_meeting(agenda_published_at=now + AHEAD, results_published_at=now + 3 * AHEAD)
    item = make_item(meeting=meeting, title="القنديل", outcome="adopted")
    assert found("القنديل") == set()
    assert found("القنديل", now=now + 2 * AHEAD) == {key("item", item)}
    assert search("القنديل", now=now + 2 * AHEAD).facets["outcome"] == {}
    assert search("القنديل", now=now + 4 * AHEAD).facets["outcome"] == {"adopted": 1}


def test_items_follow_their_meeting():
    meeting = make_meeting()
    item = make_item(meeting=meeting, title="القنديل")
    assert found("القنديل") == {key("item", item)}
    meeting.agenda_published_at = meeting.results_published_at = None
    meeting.save()
    assert found("القنديل") == set()


def test_a_document_is_public_with_its_meeting():
    meeting = make_meeting()
    document = make_document(meeting=meeting, title="القنديل")
    assert found("القنديل") == {key("document", document)}
    meeting.state, meeting.withdrawn_at, meeting.withdrawal_reason = "withdrawn", timezone.now(), "سبب"
    meeting.save()
    assert found("القنديل") == set()


def test_the_stage_of_an_agreement_is_that_of_its_last_public_step():
    now = timezone.now()
    agreement = make_agreement(title="القنديل")
    make_step(agreement=agreement, stage="proposed")
    item = make_item(meeting=make_meeting(results_published_at=now + AHEAD))
    make_step(agreement=agreement, stage="adopted", agenda_item=item, date=None)
    assert search("القنديل", now=now).facets["stage"] == {"proposed": 1}
    assert search("القنديل", now=now + 2 * AHEAD).facets["stage"] == {"adopted": 1}
    assert Agreement.objects.with_stage().get(pk=agreement.pk).stage == "proposed"


def test_rows_of_a_record_are_found_with_it():
    meeting = make_meeting()
    talk = make_talk(meeting=meeting, title="القنديل")
    assert found("القنديل") == {key("meeting", meeting)}
    talk.title = "المصباح"
    talk.save()
    assert found("القنديل") == set()
    talk.delete()
    assert found("المصباح") == set()


def test_a_row_that_moves_leaves_its_record():
    first, second = make_meeting(), make_meeting()
    talk = make_talk(meeting=first, title="القنديل", position=90)
    talk.meeting = second
    talk.save()
    assert found("القنديل") == {key("meeting", second)}


def test_a_new_name_is_found_wherever_it_stands():
    organisation = make_organisation(name="الفانوس")
    agreement = make_agreement()
    make_party(agreement=agreement, organisation=organisation)
    assert key("agreement", agreement) in found("الفانوس")
    organisation.name = "القنديل"
    organisation.save()
    assert found("القنديل") == {key("agreement", agreement), key("organisation", organisation)}
    assert found("الفانوس") == set()


def test_hidden_people_and_partners_stand_in_no_text():
    meeting, agreement = make_meeting(), make_agreement()
    draft = make_person(name="القنديل", state="draft", published_at=None)
    make_attendance(meeting=meeting, person=draft, office="عضو")
    hidden = make_organisation(name="الفانوس", state="draft", published_at=None)
    make_party(agreement=agreement, organisation=hidden)
    assert found("القنديل") == found("الفانوس") == set()
    Organisation.objects.filter(pk=hidden.pk).update(state="published", published_at=timezone.now())
    upkeep.refresh("agreement", [agreement.pk])
    assert key("agreement", agreement) in found("الفانوس")


def test_links_count_too():
    chamber = make_chamber(name="غرفة القنديل")
    article = make_article()
    article.chambers.add(chamber)
    assert key("article", article) in found("القنديل")
    chamber.articles.remove(article)
    assert key("article", article) not in found("القنديل")


def test_people_are_found_by_their_offices():
    membership = make_membership(office_as_printed="أمين القنديل")
    assert found("القنديل") == {key("person", membership.person)}


def test_what_is_rolled_back_was_never_indexed():
    with pytest.raises(RuntimeError), transaction.atomic():
        make_meeting(title="القنديل")
        raise RuntimeError
    assert found("القنديل") == set()


def test_what_is_gathered_is_indexed_at_the_end():
    with upkeep.gathered():
        meeting = make_meeting(title="القنديل")
        assert not SearchEntry.objects.filter(kind="meeting").exists()
    assert found("القنديل") == {key("meeting", meeting)}


def test_a_form_of_many_rows_reads_its_record_once():
    with upkeep.gathered():
        meeting = make_meeting()
        for _n in range(20):
            make_talk(meeting=meeting)
        touched = upkeep._gathering.get()
        assert touched.own == {("chamber", meeting.chamber_id), ("meeting", meeting.pk)}


def test_loaddata_keeps_the_index(tmp_path):
    organisation = make_organisation(name="القنديل")
    file = tmp_path / "one.json"
    file.write_text(serializers.serialize("json", [organisation]), encoding="utf-8")
    organisation.delete()
    call_command("loaddata", str(file), verbosity=0)
    assert len(found("القنديل")) == 1


def run(*arguments, **options):
    out = StringIO()
    call_command("rebuild_search", *arguments, stdout=out, **options)
    return out.getvalue()


def test_what_passed_the_signals_is_seen_by_the_check_and_mended():
    meeting, gone = make_meeting(), make_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(title="القنديل")
    SearchEntry.objects.filter(kind="meeting", object_id=gone.pk).update(object_id="999999")
    with pytest.raises(CommandError):
        run("--check")
    (difference,) = upkeep.check()
    assert (difference.missing, difference.wrong, difference.stale) == ([str(gone.pk)], [str(meeting.pk)], ["999999"])
    assert "meeting: 2 of 2" in run()
    assert run("--check") == "Index and records agree.\n"
    assert found("القنديل") == {key("meeting", meeting)}


def test_a_rebuilding_that_was_stopped_goes_on_where_it_was(monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    for _n in range(5):
        make_organisation()
    SearchEntry.objects.all().delete()
    seen = []

    def stop(kind, done, total):
        seen.append((kind, done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upkeep.rebuild(stop)
    assert SearchEntry.objects.count() == 2
    upkeep.rebuild(lambda *told: seen.append(told))
    assert seen == [("organisation", 2, 5), ("organisation", 4, 5), ("organisation", 5, 5)]
    assert SearchEntry.objects.count() == 5
    assert SearchRebuild.objects.get().finished_at is not None


def test_an_index_that_holds_something_is_left_alone_if_asked():
    make_organisation()
    assert run("--if-empty") == ""


def test_the_text_of_a_file_is_found(media_root):
    from tests.search.test_texts import docx

    document = make_document(title="محضر")
    document.file.save("paper.docx", ContentFile(docx("القنديل الأخضر")))
    assert found("القنديل") == {key("document", document)}


def test_a_scanned_file_is_marked(media_root):
    document = make_document(title="محضر")
    document.file.save("paper.png", ContentFile(b"\x89PNG"))
    assert SearchEntry.objects.get(kind="document", object_id=document.pk).is_scanned
    Document.objects.filter(pk=document.pk).update(text="القنديل")
    upkeep.refresh("document", [document.pk])
    assert not SearchEntry.objects.get(kind="document", object_id=document.pk).is_scanned


def test_a_scheduled_name_enters_the_texts_of_others_at_its_moment():
    person = make_person(name="نور القنديلي", published_at=timezone.now() + AHEAD)
    partner = make_organisation(name="دار المصباح", published_at=timezone.now() + 2 * AHEAD)
    meeting = make_attendance(person=person).meeting
    agreement = make_party(organisation=partner).agreement
    item = make_item(presenter=person)
    assert found("القنديلي") | found("المصباح") == set()
    with time_machine.travel(timezone.now() + AHEAD + timedelta(seconds=1), tick=False):
        assert found("القنديلي") == {key("person", person), key("meeting", meeting), key("item", item)}
        assert found("المصباح") == set()
        assert list(Meeting.objects.all().search("القنديلي")) == [meeting]
    with time_machine.travel(timezone.now() + 3 * AHEAD, tick=False):
        assert found("المصباح") == {key("organisation", partner), key("agreement", agreement)}
        assert not SearchEntry.objects.filter(changes_at__isnull=False).exists()
        assert upkeep.check() == []


def test_stages_to_come_are_shown_one_after_the_other():
    agreement = make_agreement(title="اتفاقية القنديل")
    now = timezone.now()
    for stage, hours in (("adopted", -1), ("signed", 1), ("completed", 2)):
        meeting = make_meeting(published_at=now - timedelta(days=1))
        Meeting.objects.filter(pk=meeting.pk).update(
            agenda_published_at=now - timedelta(days=1), results_published_at=now + timedelta(hours=hours)
        )
        make_step(agreement=agreement, stage=stage, agenda_item=make_item(meeting=meeting), date=None)
    shown = []
    for minutes in (0, 90, 150):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            shown.append(search("القنديل").hits[0].stage)
    assert shown == ["adopted", "signed", "completed"]


def with_co_organiser():
    organisation = make_organisation(name="جمعية القنديل")
    make_meeting().co_organisers.add(organisation)
    return organisation


def with_parent():
    parent = make_agreement(title="اتفاقية القنديل")
    make_agreement(parent=parent, kind="addendum")
    return parent


def with_project():
    project = make_project(name="مشروع القنديل")
    make_agreement(project=project)
    return project


@pytest.mark.parametrize("make", [with_co_organiser, with_parent, with_project])
def test_a_name_taken_back_leaves_the_texts_of_others(make):
    named = make()
    assert len(found("القنديل")) == 2
    named.state, named.withdrawn_at, named.withdrawal_reason = "withdrawn", timezone.now(), "نشر بالخطأ"
    named.save()
    assert found("القنديل") == set()


def test_a_name_deleted_leaves_the_texts_of_others():
    with_co_organiser().delete()
    make_article(topics=[make_topic(name="القنديل")])
    Topic.objects.get().delete()
    assert found("القنديل") == set()
    assert upkeep.check() == []


def everything():
    """Make a record of each kind, with all that a text may take something over from; return those by their model."""
    region, province = make_region(), make_province()
    chamber = make_chamber(regions=[region])
    annex, body, project = make_annex(chamber=chamber), make_body(chamber=chamber), make_project(chamber=chamber)
    person, organisation, topic = make_person(), make_organisation(), make_topic()
    make_membership(person=person, body=body)
    meeting = make_meeting(chamber=chamber, annex=annex, province=province)
    meeting.co_organisers.add(make_organisation())
    make_attendance(meeting=meeting, person=person)
    make_talk(meeting=meeting, person=person, organisation=organisation)
    item = make_item(meeting=meeting, presenter=person)
    parent = make_agreement(lead_chamber=chamber)
    agreement = make_agreement(
        lead_chamber=chamber, parent=parent, kind="addendum", project=project, province=province
    )
    make_party(agreement=agreement, organisation=organisation)
    make_step(agreement=agreement, agenda_item=item, date=None)
    make_document(meeting=meeting)
    make_document(agreement=parent)
    make_document(chamber=chamber)
    make_article(lead_chamber=chamber, topics=[topic])
    rows = [
        region, province, chamber, annex, body, project, person, organisation, topic, meeting, item, parent,
        meeting.co_organisers.get(),
    ]  # fmt: skip
    return {f"{type(row).__name__} {place}": row for place, row in enumerate(rows)}


def test_whatever_is_renamed_is_renamed_in_all_texts():
    for name, row in everything().items():
        for field in ("name", "name_fr", "short_name", "latin_name", "title", "short_title"):
            if field in {one.name for one in row._meta.fields}:
                setattr(row, field, "Lampe" if field in ("name_fr", "latin_name") else f"القنديل {name}")
        row.save()
        wrong = [(one.kind, one.missing, one.wrong, one.stale) for one in upkeep.check()]
        assert wrong == [], name


def test_a_region_that_loses_its_chambers_leaves_their_texts():
    region = make_region(name="جهة القنديل")
    make_chamber(regions=[region])
    region.chambers.clear()
    assert upkeep.check() == []


@pytest.fixture
def article():
    return make_article(title="خبر القنديلات", lede="")


def correction_of(typed):
    return [one.found for one in search(f"{typed} {WORD_OF_ALL}").corrections]


WORD_OF_ALL = "خبر"


def test_a_word_is_not_told_before_its_new_moment(article):
    assert suggest("القنديلا") == ["القنديلات"]
    article.published_at = timezone.now() + AHEAD
    article.save()
    make_article(title=WORD_OF_ALL)
    assert suggest("القنديلا") == []
    assert correction_of("القنديللات") == []


def test_a_word_is_not_told_where_only_a_scheduled_record_holds_it(article):
    make_article(title="القنديلات", published_at=timezone.now() + AHEAD)
    article.state, article.withdrawn_at, article.withdrawal_reason = "withdrawn", timezone.now(), "نشر بالخطأ"
    article.save()
    assert suggest("القنديلا") == []
    with time_machine.travel(timezone.now() + 2 * AHEAD, tick=False):
        assert suggest("القنديلا") == ["القنديلات"]


def test_a_word_is_not_told_where_only_others_of_its_stem_are_public(article):
    make_article(title="قنديل")
    article.title = "خبر"
    article.save()
    assert suggest("القنديلا") == []
    assert suggest("قند") == ["قنديل"]


def test_a_common_word_is_forgotten_as_well():
    put([Entry("note", str(number), "القنديلات") for number in range(60)])
    count_terms()
    remove("note", [str(number) for number in range(59)])
    assert suggest("القنديلا") == ["القنديلات"]
    remove("note", ["59"])
    assert suggest("القنديلا") == []


def test_a_rebuilding_of_yesterday_is_not_gone_on_with(capsys):
    organisation = make_organisation(name="جمعية القنديل")
    Organisation.objects.filter(pk=organisation.pk).update(name="جمعية المصباح")
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        SearchRebuild.objects.create(started_at=timezone.now(), kind="project")
    call_command("rebuild_search")
    assert "Going on" not in capsys.readouterr().out
    assert upkeep.check() == []


def test_signs_that_no_database_keeps_are_left_out():
    put([Entry("note", "1", "خبر\x00 القنديل\ud835", "كلام\x01 \udfff")])
    assert found("القنديل") == {("note", "1")}
