# Sessions know their user. Whoever is signed in stays so: the rows of Django's own table are taken over.

import django.db.models.deletion
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models
from django.utils import timezone


def take_over(apps, schema_editor):
    """Copy the sessions that are valid, each with its user, and empty the old table: a session that is ended is gone."""
    users = set(apps.get_model(*settings.AUTH_USER_MODEL.split(".")).objects.values_list("pk", flat=True))
    old = apps.get_model("sessions", "Session").objects
    new = apps.get_model("newsreader", "Session").objects
    for row in old.filter(expire_date__gt=timezone.now()).iterator():
        user = SessionStore().decode(row.session_data).get("_auth_user_id")
        user_id = int(user) if user and user.isdecimal() and int(user) in users else None
        new.create(
            session_key=row.session_key, session_data=row.session_data, expire_date=row.expire_date, user_id=user_id
        )
    old.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0003_labels'),
        ('sessions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('user', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop, elidable=False),
    ]
