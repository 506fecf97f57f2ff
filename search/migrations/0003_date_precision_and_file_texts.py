"""How much of a date may be shown, and the texts of files.

The table of entries is made anew, as what it holds is derived: ``rebuild_search`` fills it. Letting Django remake it
would put the new column behind the texts and, on SQLite, lose the triggers of the full-text index.
"""

from importlib import import_module

from django.db import migrations, models

index = import_module("search.migrations.0002_full_text_index")

# All that counting and narrowing read, so that SQLite never opens the long rows for it: a thirtieth of the time.
NARROW = """CREATE INDEX search_narrow ON search_searchentry (
    id, public_from, kind, object_id, date, chambers, family, year, outcome, stage, result_from, stage_before
)"""


def narrow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(NARROW)


def not_narrow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX search_narrow")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text_index")]

    operations = [
        migrations.RunPython(index.backwards, index.forwards),
        migrations.DeleteModel(name="SearchEntry"),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('object_id', models.CharField(max_length=64, verbose_name='key')),
                ('public_from', models.DateTimeField(null=True, verbose_name='public from')),
                ('date', models.DateField(null=True, verbose_name='date')),
                ('date_precision', models.CharField(max_length=5, verbose_name='precision of the date')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='year')),
                ('family', models.CharField(max_length=30, verbose_name='family')),
                ('chambers', models.TextField(verbose_name='chambers')),
                ('outcome', models.CharField(max_length=20, verbose_name='outcome')),
                ('stage', models.CharField(max_length=20, verbose_name='stage')),
                ('result_from', models.DateTimeField(null=True, verbose_name='result public from')),
                ('stage_before', models.CharField(max_length=20, verbose_name='stage before')),
                ('is_scanned', models.BooleanField(default=False, verbose_name='its file holds no text')),
                ('url', models.CharField(max_length=400, verbose_name='address')),
                ('title', models.TextField(verbose_name='title')),
                ('keywords', models.TextField(verbose_name='further words')),
                ('body', models.TextField(verbose_name='text')),
                ('title_ix', models.TextField(verbose_name='stems of the title')),
                ('body_ix', models.TextField(verbose_name='stems of the text')),
            ],
            options={
                'verbose_name': 'search entry',
                'verbose_name_plural': 'search entries',
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='searchentry_once')],
            },
        ),
        migrations.RunPython(index.forwards, index.backwards),
        migrations.RunPython(narrow, not_narrow),
        migrations.CreateModel(
            name="FileText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="file")),
                ("text", models.TextField(verbose_name="text")),
                ("is_scanned", models.BooleanField(default=False, verbose_name="its file holds no text")),
            ],
            options={"verbose_name": "text of a file", "verbose_name_plural": "texts of files"},
        ),
    ]
