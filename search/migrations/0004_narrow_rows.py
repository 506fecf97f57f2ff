"""Keep long texts outside the rows on PostgreSQL: counting the hits of a common word then reads an eighth of the pages."""

from django.db import migrations


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_searchentry SET (toast_tuple_target = 256)")
        # Rows that are there move their texts out when they are written.
        schema_editor.execute("UPDATE search_searchentry SET kind = kind")
        schema_editor.execute("REINDEX INDEX search_searchentry_tsv")


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_searchentry RESET (toast_tuple_target)")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_date_precision_and_file_texts")]

    operations = [migrations.RunPython(forwards, backwards)]
