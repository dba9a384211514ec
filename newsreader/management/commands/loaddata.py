"""`manage.py loaddata`: as Django has it, and what was loaded can be searched at once."""

from collections import defaultdict
from typing import Any

from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializedObject
from django.db.models import Model

from newsreader.search.indexes import reindex_dependents


class Command(loaddata.Command):
    def loaddata(self, fixture_labels: Any) -> None:
        """Load fixtures; as they do not pass `save()`, write their entries when all are in, in the same transaction."""
        self.loaded_keys: defaultdict[type[Model], list[Any]] = defaultdict(list)
        super().loaddata(fixture_labels)
        for model, keys in self.loaded_keys.items():
            reindex_dependents(model, keys)

    def save_obj(self, obj: DeserializedObject) -> bool:
        """Save one row and note its key."""
        saved = super().save_obj(obj)
        if saved:
            self.loaded_keys[type(obj.object)].append(obj.object.pk)
        return saved
