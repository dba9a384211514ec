# Articles that are private to a project, and sources that only these have.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0005_daily_mail'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='article',
            name='article_url',
        ),
        migrations.AddField(
            model_name='article',
            name='scope',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='source',
            name='scope',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='article',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn'), ('private', 'private')], default='published', max_length=10),
        ),
        migrations.AlterField(
            model_name='source',
            name='name',
            field=models.CharField(max_length=120),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('scope__isnull', False)), fields=['scope'], name='article_scope'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), ('scope', None)), fields=('url',), name='article_url'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), ('scope__isnull', False)), fields=('scope', 'url'), name='article_url_in_scope'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scope__isnull', False), ('status', 'private')), models.Q(models.Q(('status', 'private'), _negated=True), ('scope', None)), _connector='OR'), name='article_private_in_scope'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(condition=models.Q(('scope', None)), fields=('name',), name='source_name'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(condition=models.Q(('scope__isnull', False)), fields=('scope', 'name'), name='source_name_in_scope'),
        ),
    ]
