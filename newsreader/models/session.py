"""Sessions, each with the user who is signed in: one query finds both, and how the user likes to read."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.module_loading import import_string

from newsreader.prepared import PreparedQuery


class Session(AbstractBaseSession):
    """What the site remembers of one browser, until it expires; it goes with the account of its user."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", editable=False
    )

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the class that reads and writes these rows."""
        return SessionStore


class SessionStore(DatabaseSessionStore):
    """A session in the database; `loaded_user` is who was signed in when it was read."""

    loaded_user: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model of the rows."""
        return Session

    def load(self) -> dict[str, Any]:
        """Read the session together with its user; an empty one where there is none that is valid."""
        session = prepare_session().first(key=self.session_key or "")
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return {}
        self.loaded_user = session.user
        if self.loaded_user:
            self.loaded_user.unread = getattr(session, "unread", None) or 0  # type: ignore[attr-defined]  # as the head shows it
            self.loaded_user.reads_blind = bool(getattr(session, "reads_blind", False))  # type: ignore[attr-defined]
        return self.decode(session.session_data)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row of a session with this content, with the user whom it names."""
        session: Any = super().create_model_instance(data)
        session.user_id = data.get(auth.SESSION_KEY)
        return session


@cache
def prepare_session() -> PreparedQuery[Session]:
    """Return the query for a session with its user, their preferences, how many things wait for them, and what is hidden."""
    count_unread, reads_blind = import_string(settings.UNREAD_COUNT), import_string(settings.READS_BLIND)
    added = {"unread": count_unread(OuterRef("user")), "reads_blind": reads_blind(OuterRef("user"))}
    sessions = Session.objects.select_related("user__preferences").annotate(**added)
    return PreparedQuery(lambda key: sessions.filter(session_key=key), key=str)
