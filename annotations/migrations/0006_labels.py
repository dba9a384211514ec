# The names that people read follow the interface.

from django.db import migrations, models

VERBS = {"highlight brought in": "highlight imported", "file brought in": "file imported"}


def rename_verbs(apps, schema_editor):
    """Give the events of imports the verb that later ones have."""
    for old, new in VERBS.items():
        apps.get_model("annotations", "Event").objects.filter(verb=old).update(verb=new)


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0005_heading_only'),
    ]

    operations = [
        migrations.RunPython(rename_verbs, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='placement',
            name='decision',
            field=models.CharField(blank=True, choices=[('', 'none'), ('kept', 'new wording accepted'), ('chosen', 'chosen'), ('reattached', 'moved by hand'), ('let go', 'dismissed')], default='', max_length=10),
        ),
        migrations.AlterField(
            model_name='placement',
            name='open',
            field=models.BooleanField(default=False, verbose_name='needs review'),
        ),
    ]
