# A group with the rights of curators, so that one tick gives them. Django makes permissions only after all migrations: those
# of the group are made here, as Django would, where they are not there yet.

from django.db import migrations

RIGHTS = {
    ("newsreader", "article"): ["view", "add", "change"],
    ("newsreader", "source"): ["view", "add", "change"],
    ("annotations", "project"): ["view"],
    ("annotations", "tag"): ["view"],
    ("annotations", "highlight"): ["view", "delete"],
    ("annotations", "event"): ["view"],
}


def make_group(apps, schema_editor):
    """Make the group, or add the rights that it lacks where it is there already."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Curators")
    for (app, model), actions in RIGHTS.items():
        group.permissions.add(*make_permissions(apps, app, model, actions))


def make_permissions(apps, app, model, actions):
    """Return the permissions for these actions on a model."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permissions = apps.get_model("auth", "Permission").objects
    return [
        permissions.get_or_create(
            content_type=kind, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
        )[0]
        for action in actions
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0007_latest_by_server_clock'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(make_group, migrations.RunPython.noop, elidable=False),
    ]
