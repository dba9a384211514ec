"""How many requests go to one host at a time, whichever processes send them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import models

LEASE = timedelta(minutes=2)  # after which the slot of a process that was killed is free again


class HostSlotQuerySet(models.QuerySet["HostSlot"]):
    """Slots: taken by who sends a request."""

    def take(self, host: str, number: int, now: datetime) -> "HostSlot | None":
        """Return one of so many slots of a host, taken until it is released; None where all are taken."""
        until = now + LEASE
        for place in range(number):
            slot, is_mine = self.get_or_create(host=host, place=place, defaults={"until": until})
            if is_mine or self.filter(pk=slot.pk, until__lte=now).update(until=until):
                slot.until = until
                return slot
        return None

    @contextmanager
    def hold(self, host: str, number: int, now: datetime) -> "Iterator[bool]":
        """Hold one of so many slots of a host while the block runs, and yield whether there was one."""
        slot = self.take(host, number, now)
        try:
            yield slot is not None
        finally:
            if slot:
                self.filter(pk=slot.pk, until=slot.until).update(until=now)


class HostSlot(models.Model):
    """One of the requests that may go to a host at a time; free after `until`."""

    host = models.CharField(max_length=253)
    place = models.PositiveSmallIntegerField()
    until = models.DateTimeField()

    objects = HostSlotQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["host", "place"], name="host_slot_place")]

    def __str__(self) -> str:
        return f"{self.host} {self.place}"
