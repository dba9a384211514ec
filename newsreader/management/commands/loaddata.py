"""`manage.py loaddata`: as Django has it, and what was loaded can be found at once."""

from collections import defaultdict

from django.core.management.commands import loaddata

from newsreader.search.indexes import follow


class Command(loaddata.Command):
    def loaddata(self, fixture_labels):
        """Fixtures do not pass `save()`, so their entries are written when all of them are in, in the same transaction."""
        self.told = defaultdict(list)
        super().loaddata(fixture_labels)
        for model, keys in self.told.items():
            follow(model, keys)

    def save_obj(self, obj):
        saved = super().save_obj(obj)
        if saved:
            self.told[type(obj.object)].append(obj.object.pk)
        return saved
