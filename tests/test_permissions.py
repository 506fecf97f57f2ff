"""Who reaches what in the admin: every address, action and field for every role, against two chambers' records.

The addresses, actions, fields and rows of forms are read from the site, so that a new admin is walked at once; what
each role may is written here by hand, and a model that is missing here fails.
"""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.template import Template
from django.urls import URLPattern, URLResolver, reverse

from accounts.models import SecurityEvent, User
from articles.models import Article, Topic
from chambers.models import (
    Annex,
    Body,
    Chamber,
    Editorship,
    Membership,
    Organisation,
    Person,
    Project,
    Province,
    Region,
    Term,
)
from meetings.models import AgendaItem, Agreement, Document, Meeting, ProjectNote
from publishing.models import Redirect, Source
from tests import factories as make
from tests.admin_forms import add_row, admin_url, errors, filled

pytestmark = pytest.mark.django_db

# The least rank for each act: 1 contributor, 2 editor, 3 manager; what is not named is the administrators' alone.
CONTENT = {"view": 1, "add": 1, "change": 1, "delete": 2}
PARTS = {"view": 1, "add": 1, "change": 1, "delete": 1}
NOTHING: dict[str, int] = {}
PROFILE = {"view": 1, "add": 3, "change": 3, "delete": 3}
RIGHTS = {
    **dict.fromkeys([Meeting, Agreement, Document, Article, Project], CONTENT),
    **dict.fromkeys([AgendaItem, ProjectNote], PARTS),
    **dict.fromkeys([Annex, Body, Membership], PROFILE),
    **dict.fromkeys([Region, Province, Term, Organisation, Topic, Redirect, User, SecurityEvent], NOTHING),
    Chamber: {"view": 1, "change": 3},
    Person: {"view": 1, "add": 2, "change": 2},
    Editorship: {"view": 3, "add": 3, "change": 3, "delete": 3},
    Source: {"view": 1, "add": 1, "change": 1},
}
WITH_STATE = {Meeting, Agreement, Document, Article, Project, Person, Organisation}
PUBLIC_WITH = {AgendaItem, ProjectNote}
# Every chamber may be named here: as a party, as whose step it was, as what a chamber became.
FREELY_NAMED = {"Chamber.successor", "AgreementParty.chamber", "AgreementStep.by_chamber"}

OWN, FOREIGN = "ياقوتة", "زمردة"
SECRET = "مكتومة"
DENIED = {403, 404}
POPUP = {"_popup": "1", "_to_field": "id"}

READERS = {
    "contributor": {OWN: 1},
    "editor": {OWN: 2},
    "manager": {OWN: 3},
    "editor and contributor elsewhere": {OWN: 2, FOREIGN: 1},
    "manager of both": {OWN: 3, FOREIGN: 3},
    "without a role": {},
    "administrator": {},
    "inactive editor": {OWN: 2},
    "visitor": {},
}
RANKS = {1: "contributor", 2: "editor", 3: "manager"}
# The pages for one task: each is for whoever may do this with the row.
TASKS = {
    **dict.fromkeys(["agenda", "outcomes", "attendance", "postpone", "stage"], "change"),
    **dict.fromkeys(["copy", "agreement"], "view"),
}


# How much is walked for each reader at the least: requests to pages, to files and public pages, for suggestions, for
# actions, and forged fields of those who fill forms. A model, page or field that comes adds to it by itself.
CELLS = {"page": 374, "beside": 71, "suggestion": 80, "action": 63, "field": 37}


# How many forms each reader saves at the least.
FORMS = {
    "contributor": 8, "editor": 17, "manager": 27, "editor and contributor elsewhere": 24, "manager of both": 53,
    "without a role": 0, "administrator": 59, "inactive editor": 0, "visitor": 0,
}  # fmt: skip


class Reader:
    """Someone with their roles, their browser, and a count of what they tried."""

    def __init__(self, name, client, world):
        self.name, self.client, self.roles, self.tried = name, client, READERS[name], Counter()
        self.is_admin, self.is_out = name == "administrator", name in ("inactive editor", "visitor")
        self.user = self._enter(world)

    def _enter(self, world):
        if self.name == "visitor":
            return None
        user = make.make_superuser() if self.is_admin else make.make_editor()
        for word, rank in self.roles.items():
            Editorship.objects.create(user=user, chamber=world[word, False][Chamber], role=RANKS[rank])
        self.client.force_login(user)
        if self.name == "inactive editor":
            User.objects.filter(pk=user.pk).update(is_active=False)
        return user

    @property
    def sees_foreign(self):
        return self.is_admin or FOREIGN in self.roles

    def may(self, act, model, word=None, out=False):
        """Say what the tables above say: of a row in the chamber ``word``, or, without it, of any row."""
        if self.is_out:
            return False
        if self.is_admin:
            return True
        ranks = self.roles.values() if word is None or model is Source else [self.roles.get(word, 0)]
        rank = max(ranks, default=0)
        if out and act == "delete" and model in WITH_STATE:
            return False
        if out and act in ("change", "delete") and model in WITH_STATE | PUBLIC_WITH and rank == 1:
            return False
        return rank >= RIGHTS[model].get(act, 9)

    def ask(self, kind, method, address, data=None, undo=True, may_name=False):
        """Send one request, of which nothing remains; fail if the answer names what is another chamber's."""
        self.tried[kind] += 1
        with transaction.atomic():
            response = getattr(self.client, method)(address, data or {})
            transaction.set_rollback(undo)
        # The client closes what it has read; a second time, the database's connection would be closed with it.
        content = b"".join(response.streaming_content) if response.streaming else response.content
        is_json = response.headers["Content-Type"] == "application/json"
        text = str(response.json()) if is_json else content.decode(errors="replace")
        if not (self.sees_foreign or may_name):
            assert SECRET not in text, (self.name, method, address, data)
        return response

    def check(self, kind, method, address, allowed, data=None):
        response = self.ask(kind, method, address, data)
        told = (self.name, method, address, data, response.status_code)
        if self.is_out:
            assert response.status_code == 302 and "/login" in response.url.lower(), told
        elif allowed:
            assert response.status_code in (200, 302), told
        else:
            assert response.status_code in DENIED, told
        return response


def rows_of(chamber, word, out):
    """Make a row of every model in ``chamber``, public or still a draft, all with ``word`` in their names."""
    state = {} if out else {"state": "draft", "published_at": None}
    meeting = make.make_meeting(chamber=chamber, title=f"دورة {word}", short_title=f"دورة {word}", **state)
    item = make.make_item(meeting=meeting, title=f"نقطة {word}")
    agreement = make.make_agreement(lead_chamber=chamber, title=f"اتفاقية {word}", **state)
    body = make.make_body(chamber=chamber, name=f"مكتب {word} {out}")
    # Everybody may name people who are public.
    person = make.make_person(name="شخص" if out else f"شخص {word}", **state)
    project = make.make_project(chamber=chamber, name=f"مشروع {word}", **state)
    document = make.make_document(chamber=chamber, meeting=meeting, title=f"وثيقة {word}", **state)
    document.file.save("paper.pdf", ContentFile(b"%PDF-1.4 " + word.encode()))
    make.make_step(agreement=agreement, agenda_item=item, note=f"مرحلة {word}")
    make.make_attendance(meeting=meeting, office=f"عضو {word}")
    make.make_talk(meeting=meeting)
    make.make_sitting(meeting=meeting, city=f"مدينة {word}")
    make.make_recommendation(meeting=meeting, text=f"توصية {word}")
    make.make_meeting_citation(meeting=meeting, field="date")
    make.make_party(agreement=agreement, chamber=chamber)
    return {
        Meeting: meeting,
        AgendaItem: item,
        Agreement: agreement,
        Body: body,
        Person: person,
        Project: project,
        Document: document,
        Membership: make.make_membership(person=person, body=body),
        Annex: make.make_annex(chamber=chamber, name=f"ملحقة {word} {out}"),
        ProjectNote: make.make_project_note(project=project),
        Article: make.make_article(lead_chamber=chamber, title=f"خبر {word}", **state),
        Editorship: Editorship.objects.create(
            user=make.make_user(username=f"{word}{'-out' if out else ''}", is_staff=True, last_name=word),
            chamber=chamber,
            role="editor",
        ),
        Chamber: chamber,
    }


@pytest.fixture
def world():
    """Rows by chamber and by whether they are out; those of no chamber stand under ``None``."""
    rows = {}
    for word in (OWN, FOREIGN):
        name = f"{word} {SECRET}" if word == FOREIGN else word
        chamber = make.make_chamber(name=f"غرفة {name}", short_name=f"غرفة {name}")
        for out in (False, True):
            rows[word, out] = rows_of(chamber, name, out)
    rows[None, False] = {
        Region: make.make_region(),
        Province: make.make_province(),
        Term: make.make_term(),
        Organisation: make.make_organisation(name=f"شريك {SECRET}", state="draft", published_at=None),
        Topic: make.make_topic(),
        Redirect: Redirect.objects.create(old_path="/old/", new_path="/new/"),
        User: make.make_user(username=f"حساب-{SECRET}"),
        SecurityEvent: SecurityEvent.objects.create(kind="signed_in"),
        Source: make.make_source(),
    }
    return rows


@pytest.fixture(params=READERS)
def reader(request, client, world):
    return Reader(request.param, client, world)


@pytest.fixture
def plainly(monkeypatch):
    """Render without noting every context for the test to read: most of the time of an answer goes there."""
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))


def every_row(world):
    for (word, out), rows in world.items():
        for model, row in rows.items():
            yield model, word, out, row


def stored():
    """Return everything that is stored, but for what signing in and looking leaves behind."""
    passing = {"sessions.session", "admin.logentry", "accounts.securityevent", "usersessions.usersession"}
    models = [model for model in apps.get_models() if model._meta.label_lower not in passing]
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in models}


def named_patterns(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named_patterns(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern


def relations(part):
    """Return the names of the foreign keys and many-to-many fields of a form of ``part``."""
    return [field for field in (*part.opts.fields, *part.opts.many_to_many) if field.remote_field]


def of_foreign_chamber(world, field):
    """Return a row of the other chamber for ``field`` to name, or None where everybody may name every row."""
    if f"{field.model.__name__}.{field.name}" in FREELY_NAMED:
        return None
    return world[FOREIGN, False].get(field.remote_field.model)


def test_every_model_of_the_admin_stands_in_the_table(world):
    made = {model for model, _word, _out, _row in every_row(world)}
    assert set(admin.site._registry) == set(RIGHTS) == made


@pytest.mark.usefixtures("plainly")
def test_every_page(reader, world):
    """Each address that names a row, read and sent, and each that names none."""
    before = stored()
    for model, model_admin in admin.site._registry.items():
        for pattern in named_patterns(model_admin.get_urls()):
            page = pattern.name.removeprefix(f"{model._meta.app_label}_{model._meta.model_name}_")
            names = [*pattern.pattern.converters]
            if not names:
                walk_page_without_row(reader, model, page, pattern.name)
            for _model, word, out, row in [row for row in every_row(world) if row[0] is model]:
                if names:
                    walk_page_of_row(reader, row, page, pattern.name, names, word, out)
    assert stored() == before
    assert reader.tried.total() >= CELLS["page"]


def walk_page_without_row(reader, model, page, name):
    address = reverse(f"admin:{name}")
    act = "add" if page in ("add", "import") else "view"
    read_only = reader.is_admin and model is SecurityEvent and page == "add"
    allowed = reader.may(act, model) and not read_only
    for data in ({}, POPUP):
        reader.check(page, "get", address, allowed, data)
    if page == "changelist":
        reader.check(page, "get", address, allowed, {"q": FOREIGN})
    else:
        reader.check(page, "post", address, allowed, {})


def walk_page_of_row(reader, row, page, name, names, word, out):
    model = type(row)
    arguments = [row.pk, *([1] * (len(names) - 1))]
    address = reverse(f"admin:{name}", args=arguments)
    if model is SecurityEvent and reader.is_admin and page == "delete":
        return
    act = page if page in ("change", "delete") else TASKS.get(page, "view")
    looks = reader.may("delete" if act == "delete" else "view", model, word, out)
    sends = reader.may(act, model, word, out)
    if page in ("change", "delete", "history"):
        reader.check(page, "get", address, looks)
    elif page in TASKS:
        reader.check(page, "get", address, sends)
        reader.check(page, "post", address, sends, {})
    if not looks:
        reader.check(page, "get", address, False, POPUP)
    if page == "delete":
        reader.check(page, "post", address, sends, {"post": "yes"})
    elif page == "change" and not sends:
        # What may be sent is tried with each form's own tests.
        reader.check(page, "post", address, False, {"title": "مختطف", "name": "مختطف"})
    elif not looks:
        reader.check(page, "post", address, False, {"post": "yes"})


@pytest.mark.usefixtures("plainly")
def test_every_form_is_saved_by_who_may_change_its_record(reader, world):
    """Opened and sent as it is, the form of each record is accepted, whatever of it the role only sees."""
    saved = 0
    for model, word, out, row in every_row(world):
        if not reader.may("change", model, word, out) or model in (User, SecurityEvent):
            continue
        address = admin_url(row)
        data = filled(reader.client.get(address))
        response = reader.ask("form", "post", address, data)
        told = errors(response) if response.status_code == 200 else response.status_code
        assert response.status_code == 302, (reader.name, row, told)
        saved += 1
    assert saved >= FORMS[reader.name]


@pytest.mark.usefixtures("plainly")
def test_every_address_beside_the_records(reader, world):
    """The site's own pages tell nothing of another chamber, and lead to no row and no file of it."""
    reader.check("index", "get", reverse("admin:index"), True)
    for label in {model._meta.app_label for model in admin.site._registry}:
        models = [model for model in RIGHTS if model._meta.app_label == label]
        allowed = any(reader.may("view", model) for model in models)
        reader.check("app", "get", reverse("admin:app_list", args=[label]), allowed)
    for model, word, out, row in every_row(world):
        kind = ContentType.objects.get_for_model(model)
        address = reverse("admin:view_on_site", args=[kind.pk, row.pk])
        response = reader.ask("view on site", "get", address)
        if not reader.is_out and not reader.may("view", model, word, out):
            assert response.status_code in DENIED, (reader.name, row)
        if model is Document:
            address = reverse("stored_file", args=[row.file.name])
            reader.check("file", "get", address, reader.may("view", model, word, out))
    assert reader.tried.total() >= CELLS["beside"]


@pytest.mark.usefixtures("plainly")
def test_every_suggestion(reader, world):
    """Each search box of each form: not for whoever does not fill it, and of the other chamber's never a draft."""
    boxes = 0
    for model, model_admin in admin.site._registry.items():
        for part in [model_admin, *(inline(model, admin.site) for inline in model_admin.inlines)]:
            for name in part.autocomplete_fields:
                boxes += 1
                data = {"app_label": part.opts.app_label, "model_name": part.opts.model_name, "field_name": name}
                free = f"{part.model.__name__}.{name}" in FREELY_NAMED
                address, data["term"] = reverse("admin:autocomplete"), FOREIGN
                response = reader.ask("suggestions", "get", address, data, may_name=free)
                fills = reader.may("add", model) or reader.may("change", model)
                if reader.is_out:
                    assert response.status_code == 302
                elif not fills and part is model_admin:
                    assert response.status_code in DENIED, (reader.name, part, name)
    assert boxes >= CELLS["suggestion"]


@pytest.mark.usefixtures("plainly")
def test_every_action(reader, world):
    """Each action, stock or ours, over the other chamber's rows and over one's own."""
    before = stored()
    for model, model_admin in admin.site._registry.items():
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for action in {*(model_admin.actions or []), "delete_selected"}:
            chosen = {}
            for _model, word, out, row in [row for row in every_row(world) if row[0] is model]:
                deletes = action == "delete_selected"
                allowed = reader.may("delete", model, word, out) if deletes else reader.roles.get(word, 0) >= 2
                chosen.setdefault((word, allowed), set()).add(row.pk)
            for (_word, allowed), keys in chosen.items():
                data = {"action": action, "_selected_action": [*keys], "post": "yes", "reason": "سبب"}
                # What has no right to succeed is not undone: the last line looks whether anything changed.
                response = reader.ask("action", "post", page, data, undo=reader.is_admin or allowed)
                assert response.status_code in (200, 302, *DENIED)
    assert stored() == before
    assert reader.tried.total() >= CELLS["action"]


def test_every_field(reader, world):
    """Every foreign key of every form, and the keys of its rows, forged to be the other chamber's."""
    if reader.is_out or reader.sees_foreign or not reader.roles:
        pytest.skip("no form of theirs, or both chambers are theirs")
    before = stored()
    for model, _word, _out, row in [row for row in every_row(world) if row[1] == OWN]:
        if reader.may("change", model, OWN, _out):
            forge_fields(reader, world, row)
            forge_rows(reader, world, row)
    assert stored() == before
    assert reader.tried["forged field"] >= CELLS["field"]


def forge_fields(reader, world, row):
    """Send the form of ``row`` with every field that names something naming the other chamber's."""
    address = admin_url(row)
    page = reader.ask("form", "get", address)
    data, forged = filled(page), set()
    form = page.context["adminform"].form
    for field in relations(admin.site._registry[type(row)]):
        theirs = of_foreign_chamber(world, field)
        if theirs is not None and field.name in form.fields:
            data[field.name] = [str(theirs.pk)]
            forged.add(field.name)
    if "state" in form.fields and reader.roles[OWN] == 1:
        data["state"] = ["published"]
        forged.add("state")
    for inline in page.context["inline_admin_formsets"]:
        formset = inline.formset
        fields = formset.empty_form.fields if inline.has_add_permission else {}
        names = {
            field.name: str(theirs.pk)
            for field in relations(inline.opts)
            if field.name in fields
            and field.name != formset.fk.name
            and (theirs := of_foreign_chamber(world, field)) is not None
        }
        if names:
            number = add_row(data, formset.prefix, **names)
            forged |= {f"{formset.prefix}-{number}-{name}" for name in names}
    reader.tried["forged field"] += len(forged)
    if forged:
        response = reader.ask("form", "post", address, data)
        assert response.status_code == 200, (reader.name, row)
        found = errors(response)
        assert forged <= found.keys(), (reader.name, row, forged - found.keys())
        assert all(re.search("[ء-ي]", str(found[name])) for name in forged)


def forge_rows(reader, world, row):
    """Send the form of ``row`` with the hidden keys of its rows being those of the other chamber's rows."""
    address = admin_url(row)
    page = reader.ask("form", "get", address)
    data, foreign = filled(page), world[FOREIGN, False][type(row)]
    for inline in page.context["inline_admin_formsets"]:
        prefix, name = inline.formset.prefix, inline.formset.fk.name
        theirs = inline.opts.model._base_manager.filter(**{name: foreign}).first()
        if theirs is not None and inline.formset.initial_forms:
            reader.tried["forged row"] += 1
            data[f"{prefix}-0-id"] = [str(theirs.pk)]
            data[f"{prefix}-0-DELETE"] = ["on"]
    response = reader.ask("form", "post", address, data)
    assert response.status_code in (200, 302, 400, *DENIED)
