# Readers may ask for a daily mail of what is new for them.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0004_session'),
    ]

    operations = [
        migrations.AddField(
            model_name='preferences',
            name='daily_mail',
            field=models.BooleanField(default=False, verbose_name='daily mail'),
        ),
    ]
