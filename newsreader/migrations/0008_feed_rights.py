# Curators look after feeds. Django makes permissions only after all migrations: those are made here, as Django would.

from django.db import migrations

ACTIONS = ["view", "change", "delete"]


def give_rights(apps, schema_editor):
    """Give the group of curators, which is made if it is not there, the rights on feeds that it lacks."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="newsreader", model="feed")
    permissions = apps.get_model("auth", "Permission").objects
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Curators")
    for action in ACTIONS:
        defaults = {"name": f"Can {action} feed"}
        group.permissions.add(
            permissions.get_or_create(content_type=kind, codename=f"{action}_feed", defaults=defaults)[0]
        )


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0007_feeds'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(give_rights, migrations.RunPython.noop, elidable=False),
    ]
