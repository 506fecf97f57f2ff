"""Keeping the index right: whatever changes a record changes its entries in the same transaction.

Each app registers what of it can be searched (``<app>/search.py``). Signals note what was saved, linked or deleted;
``gathered`` lets a form of a hundred rows, or a whole import, be indexed once at its end. What writes past signals
(``update``, ``bulk_create``) calls ``refresh`` itself.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.utils import timezone, translation

from .databases import one_at_a_time
from .index import BATCH, Entry, batches, count_terms, differs, remove, row_of, store
from .models import SearchEntry, SearchRebuild

logger = logging.getLogger(__name__)

# Beyond so many entries at once the words are counted anew instead of one by one.
MANY = 300
RESUMED = timedelta(hours=1)
LANGUAGE = "ar"

Key = tuple[str, int]
Rows = models.QuerySet[Any]


@dataclass(frozen=True)
class Searchable:
    """A kind of thing that can be found.

    ``entries`` gives the entries of some rows of ``model``; others take over more than what these say of it where it
    does not give only its name. ``parts`` names, for models whose rows are part of one,
    their foreign key to it; ``named`` names, for models whose names or moments it takes over, the lookups from
    ``model`` to them.
    """

    kind: str
    model: type[models.Model]
    entries: Callable[[Rows], Iterable[Entry]]
    gives_only_its_name: bool = True
    parts: Mapping[type[models.Model], str] = field(default_factory=dict)
    named: Mapping[type[models.Model], str | tuple[str, ...]] = field(default_factory=dict)

    def naming(self, model: type[models.Model], key: Any) -> set[Key]:
        """Return the records that take something over from the row ``key`` of ``model``."""
        lookups = self.named.get(model, ())
        found: set[Key] = set()
        for lookup in (lookups,) if isinstance(lookups, str) else lookups:
            rows = self.model._base_manager.filter(**{lookup: key}).values_list("pk", flat=True)
            found |= {(self.kind, pk) for pk in rows}
        return found


searchables: dict[str, Searchable] = {}


def register(*found: Searchable) -> None:
    """Have what is ``found`` searched from now on; called by each app once it is ready."""
    for searchable in found:
        searchables[searchable.kind] = searchable
        for model in (searchable.model, *searchable.parts, *searchable.named):
            label = model._meta.label
            pre_save.connect(_before_saving, sender=model, dispatch_uid=f"search before {label}")
            post_save.connect(_saved, sender=model, dispatch_uid=f"search saved {label}")
            pre_delete.connect(_before_deletion, sender=model, dispatch_uid=f"search before deletion {label}")
            post_delete.connect(_deleted, sender=model, dispatch_uid=f"search deleted {label}")
        for link in searchable.model._meta.many_to_many:
            through = link.remote_field.through
            m2m_changed.connect(_linked, sender=through, dispatch_uid=f"search linked {through._meta.label}")  # type: ignore[union-attr]


def kind_of(model: type[models.Model]) -> str:
    """Return the kind under which rows of ``model`` are searched, an empty string where they are not."""
    return next((one.kind for one in searchables.values() if one.model is model), "")


def refresh(kind: str, keys: Collection[Any]) -> set[str]:
    """Make the entries of the records of ``kind`` with these primary keys anew; return the keys of those that changed.

    For whatever changes rows without ``save``. Records that are no more lose their entries.
    """
    searchable = searchables[kind]
    changed: set[str] = set()
    many = len(keys) > MANY
    for batch in batches(sorted(keys), BATCH):
        with transaction.atomic(), translation.override(LANGUAGE):
            one_at_a_time()
            entries = list(searchable.entries(searchable.model._base_manager.filter(pk__in=batch)))
            changed |= {key for _kind, key in store(entries, with_terms=not many)}
            lost = {str(key) for key in batch} - {str(entry.object_id) for entry in entries}
            if lost and remove(kind, lost):
                changed |= lost
    if many and changed:
        count_terms()
    return changed


def catch_up(now: datetime) -> None:
    """Make those entries anew whose moment to change has come; called before a search, it mostly finds none."""
    # By the moment alone: SQLite would rather walk through the kinds.
    due = SearchEntry.objects.filter(changes_at__lte=now).values_list("kind", "object_id")
    by_kind: dict[str, list[int]] = {}
    for kind, key in due[:BATCH]:
        if kind in searchables:
            by_kind.setdefault(kind, []).append(int(key))
    try:
        for kind, keys in by_kind.items():
            refresh(kind, keys)
    except OperationalError:
        # Somebody else is writing: the next search tries again.
        logger.info("Entries whose moment has come are left for the next search.")


# What was touched


@dataclass
class _Touched:
    """Records to index, and rows whose name or moments other records take over."""

    own: set[Key] = field(default_factory=set)
    namers: set[tuple[type[models.Model], Any]] = field(default_factory=set)

    def index(self) -> None:
        changed = self._refresh(self.own)
        further: set[Key] = set()
        for model, key in self.namers:
            # From what gives others nothing but its name, nothing follows where its own entry stayed the same.
            quiet = [one.kind for one in searchables.values() if one.model is model and one.gives_only_its_name]
            if quiet and not any((kind, str(key)) in changed for kind in quiet):
                continue
            for searchable in searchables.values():
                further |= searchable.naming(model, key)
        self._refresh(further - self.own)

    def _refresh(self, keys: set[Key]) -> set[tuple[str, str]]:
        by_kind: dict[str, set[int]] = {}
        for kind, key in keys:
            by_kind.setdefault(kind, set()).add(key)
        return {(kind, key) for kind, pks in sorted(by_kind.items()) for key in refresh(kind, pks)}


_gathering: ContextVar[_Touched | None] = ContextVar("gathering", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Index once, at the end, what is saved meanwhile. Stands inside the transaction that does the saving."""
    if _gathering.get() is not None:
        yield
        return
    touched = _Touched()
    token = _gathering.set(touched)
    try:
        yield
    finally:
        _gathering.reset(token)
    touched.index()


def _touch(model: type[models.Model], key: Any, row: Any = None) -> None:
    touched = _gathering.get()
    now = touched if touched is not None else _Touched()
    for searchable in searchables.values():
        if searchable.model is model:
            now.own.add((searchable.kind, key))
        link = searchable.parts.get(model)
        whole = getattr(row, searchable_attribute(model, link), None) if link and row is not None else None
        if whole is not None:
            now.own.add((searchable.kind, whole))
        if model in searchable.named:
            now.namers.add((model, key))
    if touched is None:
        now.index()


def searchable_attribute(model: type[models.Model], link: str) -> str:
    """Return the attribute that holds the key behind the foreign key ``link``."""
    return str(model._meta.get_field(link).attname)  # type: ignore[union-attr]


def _before_saving(sender: Any, instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    """Note the record that a row is part of until now: it may move to another one."""
    if raw or instance.pk is None or instance._state.adding:
        return
    links = {link for searchable in searchables.values() if (link := searchable.parts.get(sender))}
    for link in links:
        attribute = searchable_attribute(sender, link)
        before = sender._base_manager.filter(pk=instance.pk).values_list(attribute, flat=True).first()
        instance._whole_before = before if before != getattr(instance, attribute) else None


def _saved(sender: Any, instance: Any, **_kwargs: Any) -> None:
    _touch(sender, instance.pk, instance)
    before = instance.__dict__.pop("_whole_before", None)
    for searchable in searchables.values():
        if before is not None and sender in searchable.parts:
            _touch(searchable.model, before)


def _before_deletion(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """Note the records that take something over from a row: once it is gone, nothing leads to them any more."""
    instance._named_it = {key for searchable in searchables.values() for key in searchable.naming(sender, instance.pk)}


def _deleted(sender: Any, instance: Any, **_kwargs: Any) -> None:
    with gathered():
        _touch(sender, instance.pk, instance)
        touched = _gathering.get()
        if touched is not None:
            touched.own |= instance.__dict__.pop("_named_it", set())


def _linked(sender: Any, instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **_kwargs: Any) -> None:
    if not reverse and action.startswith("post_"):
        _touch(type(instance), instance.pk)
    elif reverse and action in ("post_add", "post_remove"):
        for key in pk_set or ():
            _touch(model, key)
    elif reverse and action == "pre_clear":
        links = (link for link in model._meta.many_to_many if link.remote_field.through is sender)
        names = [link.name for link in links]
        instance._linked_before = [
            key
            for name in names
            for key in model._base_manager.filter(**{name: instance}).values_list("pk", flat=True)
        ]
    elif reverse and action == "post_clear":
        for key in instance.__dict__.pop("_linked_before", ()):
            _touch(model, key)


# All of it


def rebuild(report: Callable[[str, int, int], None], restart: bool = False) -> int:
    """Make the whole index anew and return how many entries were wrong.

    Searches go on meanwhile: right entries stay, others are replaced batch by batch. A rebuilding that was stopped
    goes on where it was, unless it is to ``restart`` or began more than an hour ago: since then the portal may have
    learned to index otherwise. ``report`` is told the kind, how many are done, and of how many.
    """
    state = unfinished()
    if state is None or restart:
        SearchRebuild.objects.all().delete()
        state = SearchRebuild.objects.create(started_at=timezone.now())
    changed = 0
    for kind in sorted(searchables):
        if kind >= state.kind:
            changed += _rebuild_kind(searchables[kind], state, report)
    count_terms()
    state.finished_at = timezone.now()
    state.save()
    return changed


def unfinished() -> SearchRebuild | None:
    """Return the rebuilding that was stopped and may go on, if there is one."""
    since = timezone.now() - RESUMED
    return SearchRebuild.objects.filter(finished_at__isnull=True, started_at__gt=since).order_by("-pk").first()


def _rebuild_kind(searchable: Searchable, state: SearchRebuild, report: Callable[[str, int, int], None]) -> int:
    rows = searchable.model._base_manager.order_by("pk")
    total = rows.count()
    if state.kind != searchable.kind:
        state.kind, state.last_id = searchable.kind, 0
    done = rows.filter(pk__lte=state.last_id).count()
    changed = 0
    while keys := list(rows.filter(pk__gt=state.last_id).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic(), translation.override(LANGUAGE):
            one_at_a_time()
            changed += len(store(searchable.entries(rows.filter(pk__in=keys)), with_terms=False))
            state.last_id = keys[-1]
            state.save()
        done += len(keys)
        report(searchable.kind, done, total)
    changed += remove(searchable.kind, _stale(searchable))
    return changed


def _stale(searchable: Searchable) -> list[str]:
    known = {str(key) for key in searchable.model._base_manager.values_list("pk", flat=True)}
    stored = SearchEntry.objects.filter(kind=searchable.kind).values_list("object_id", flat=True)
    return [key for key in stored if key not in known]


@dataclass
class Disagreement:
    """Where index and records differ, for one kind: keys that are missing, wrong, or left over."""

    kind: str
    missing: list[str]
    wrong: list[str]
    stale: list[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.wrong or self.stale)


def check() -> list[Disagreement]:
    """Compare the index with the records and return, for each kind, where they differ."""
    found = []
    for searchable in searchables.values():
        missing, wrong = [], []
        rows = searchable.model._base_manager.order_by("pk")
        for keys in batches(rows.values_list("pk", flat=True), BATCH):
            with translation.override(LANGUAGE):
                made = [row_of(entry) for entry in searchable.entries(rows.filter(pk__in=keys))]
            stored = {
                row.object_id: row
                for row in SearchEntry.objects.filter(kind=searchable.kind, object_id__in=[str(key) for key in keys])
            }
            missing += [row.object_id for row in made if row.object_id not in stored]
            wrong += [row.object_id for row in made if row.object_id in stored and differs(row, stored[row.object_id])]
        found.append(Disagreement(searchable.kind, missing, wrong, _stale(searchable)))
    return [one for one in found if one]
