"""The table in which rate limits count failed sign-ins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('newsreader', '0001_initial')]

    operations = [
        migrations.CreateModel(
            name='RateLimitEntry',
            fields=[
                ('key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.JSONField()),
                ('expires_at', models.DateTimeField(db_index=True, null=True)),
            ],
        ),
    ]
