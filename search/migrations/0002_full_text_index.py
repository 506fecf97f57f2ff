"""The full-text index over the stems, which the database keeps by itself: FTS5 on SQLite, tsvector on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        title_ix, body_ix, content='search_searchentry', content_rowid='id', tokenize='unicode61 remove_diacritics 0'
    )""",
    """CREATE TRIGGER search_fts_insert AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_fts(rowid, title_ix, body_ix) VALUES (new.id, new.title_ix, new.body_ix);
    END""",
    """CREATE TRIGGER search_fts_delete AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_fts(search_fts, rowid, title_ix, body_ix)
        VALUES ('delete', old.id, old.title_ix, old.body_ix);
    END""",
    """CREATE TRIGGER search_fts_update AFTER UPDATE OF id, title_ix, body_ix ON search_searchentry
    WHEN old.id <> new.id OR old.title_ix <> new.title_ix OR old.body_ix <> new.body_ix BEGIN
        INSERT INTO search_fts(search_fts, rowid, title_ix, body_ix)
        VALUES ('delete', old.id, old.title_ix, old.body_ix);
        INSERT INTO search_fts(rowid, title_ix, body_ix) VALUES (new.id, new.title_ix, new.body_ix);
    END""",
]
SQLITE_BACK = [
    "DROP TRIGGER search_fts_update",
    "DROP TRIGGER search_fts_delete",
    "DROP TRIGGER search_fts_insert",
    "DROP TABLE search_fts",
]
POSTGRESQL = [
    """ALTER TABLE search_searchentry ADD COLUMN tsv tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_ix), 'A')
        || setweight(to_tsvector('simple'::regconfig, body_ix), 'D')
    ) STORED""",
    "CREATE INDEX search_searchentry_tsv ON search_searchentry USING gin (tsv)",
]
POSTGRESQL_BACK = ["DROP INDEX search_searchentry_tsv", "ALTER TABLE search_searchentry DROP COLUMN tsv"]


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def backwards(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
