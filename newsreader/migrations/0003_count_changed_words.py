from django.db import migrations

from newsreader.text.diff.changes import count_changed_words


def count_all(apps, schema_editor):
    """Texts that were corrected before changed words were counted get their counts."""
    revisions = apps.get_model("newsreader", "Revision").objects
    for key, article, number, text in (
        revisions.filter(number__gt=1).values_list("pk", "article", "number", "text").iterator()
    ):
        before = revisions.filter(article=article, number=number - 1).values_list("text", flat=True).first()
        if before is not None:
            gained, lost = count_changed_words(before, text)
            revisions.filter(pk=key).update(gained=gained, lost=lost)


class Migration(migrations.Migration):
    dependencies = [("newsreader", "0002_changed_words")]

    operations = [migrations.RunPython(count_all, migrations.RunPython.noop)]
