"""What can stop a change. Whoever raises one of these has written nothing."""


class StaleError(Exception):
    """Someone else changed the row since it was read."""


class PlanMismatchError(Exception):
    """An import would make something else than its preview said."""


class NameTakenError(Exception):
    """Another tag of the codebook has this name."""


class TagGoneError(Exception):
    """The tag was merged into another or deleted, or never was."""


class ParentCycleError(Exception):
    """A tag cannot stand under itself."""


class HeadingInUseError(Exception):
    """A tag that highlights have cannot become a heading."""


class TooManyExamplesError(Exception):
    """A tag has as many pinned examples as it may have."""


class LastOwnerError(Exception):
    """A project keeps an owner."""


class MemberGoneError(Exception):
    """Somebody is no member of the project any more, or no owner, who was one."""


class MemberExistsError(Exception):
    """Somebody is a member of the project already."""


class InvitationClosedError(Exception):
    """The invitation has expired, was revoked, or has no uses left."""


class InvitationLimitError(Exception):
    """A project has as many open invitations as it may have."""


class RuleLimitError(Exception):
    """A project has as many rules for its articles as it may have."""


class MemberRemovedError(Exception):
    """Only an owner can bring back somebody who was removed from a project."""


class ArchivedError(Exception):
    """Nothing changes in an archived project."""


class NotUndoableError(Exception):
    """Something else happened to the same thing since, or it is gone, or nobody may change it any more."""


class OtherTextError(NotUndoableError):
    """The highlight stands in another text than when it was moved, for which the ends that it had mean nothing."""


class DeskFullError(Exception):
    """A desk holds no more pinned passages."""


class JobLimitError(Exception):
    """As many jobs as one person may have at once are under way."""


class JobFailedError(Exception):
    """The work cannot be done; the message says why to who asked for it."""


class TooManyPassagesError(Exception):
    """More passages than can be measured in the time that a reader waits."""


class AssignmentLimitError(Exception):
    """More assignments than are made at once."""


class PrivateArticleError(Exception):
    """An article that is private to one project is not used in another."""


class MergeRefusedError(Exception):
    """Articles cannot be merged, or their merge not be undone; the message says why to a curator."""


class NotAllowedError(Exception):
    """Somebody has lost the right to an act since they began it."""
