# What curators have to do with articles, pages that are fetched again, and rules for the pages of a source.

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0011_article_images'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Refetch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('revised', 'revised'), ('unchanged', 'unchanged'), ('failed', 'failed')], default='waiting', max_length=9)),
                ('why', models.TextField(blank=True)),
                ('found', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RuleTrial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rules', models.JSONField(default=list)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='SiteRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('body', 'is the text'), ('no-text', 'is not text'), ('author', 'is the author')], max_length=8)),
                ('selector', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['source', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='article',
            name='concerns',
            field=models.CharField(blank=True, editable=False, max_length=100, verbose_name='needs a look'),
        ),
        migrations.AddField(
            model_name='article',
            name='is_new',
            field=models.BooleanField(default=False, editable=False, verbose_name='not looked at yet'),
        ),
        migrations.AddField(
            model_name='article',
            name='merged_into',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='newsreader.article'),
        ),
        migrations.AddField(
            model_name='article',
            name='publish_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='publish at'),
        ),
        migrations.AddField(
            model_name='article',
            name='publish_by',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('is_new', True)), fields=['-id'], name='article_new'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('concerns', ''), _negated=True), fields=['-id'], name='article_doubtful'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='article_scheduled'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='article_merged'),
        ),
        migrations.AddField(
            model_name='refetch',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refetches', to='newsreader.article'),
        ),
        migrations.AddField(
            model_name='refetch',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ruletrial',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ruletrial',
            name='source',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='trial', to='newsreader.source'),
        ),
        migrations.AddField(
            model_name='refetch',
            name='trial',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='newsreader.ruletrial'),
        ),
        migrations.AddField(
            model_name='siterule',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='newsreader.source'),
        ),
        migrations.AddIndex(
            model_name='refetch',
            index=models.Index(fields=['state', 'due_at'], name='refetch_waiting'),
        ),
    ]
