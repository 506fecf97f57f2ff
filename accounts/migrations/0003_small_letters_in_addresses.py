import accounts.models
from django.db import migrations


def lower(apps, schema_editor):
    for user in apps.get_model("accounts", "User").objects.exclude(email=""):
        if user.email != user.email.lower():
            user.email = user.email.lower()
            user.save(update_fields=["email"])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_security_event'),
    ]

    operations = [
        migrations.AlterModelManagers(
            name='user',
            managers=[
                ('objects', accounts.models.UserManager()),
            ],
        ),
        migrations.RunPython(lower, migrations.RunPython.noop, elidable=True),
    ]
