# The names that people read follow the interface.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsreader', '0002_rate_limit_entries'),
    ]

    operations = [
        migrations.AlterField(
            model_name='article',
            name='language',
            field=models.CharField(blank=True, help_text='Language code, such as en, pt-BR or ar.', max_length=35),
        ),
        migrations.AlterField(
            model_name='preferences',
            name='font',
            field=models.CharField(blank=True, choices=[('', 'Serif'), ('sans', 'Sans'), ('legible', 'High legibility')], max_length=8, verbose_name='letter'),
        ),
        migrations.AlterField(
            model_name='revision',
            name='gained',
            field=models.PositiveIntegerField(default=0, verbose_name='words added'),
        ),
        migrations.AlterField(
            model_name='revision',
            name='lost',
            field=models.PositiveIntegerField(default=0, verbose_name='words removed'),
        ),
    ]
