"""What an event of the history says, as a sentence without its actor: “Edited the tag “red line”: name, definition”."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy, gettext_noop, ngettext
from django.utils.translation import gettext as _

from annotations.models import Event, Role
from newsreader.views.filters import describe_query

# The groups in which a reader filters the history, and which verbs belong to each.
GROUPS = {
    "highlights": (
        "highlight made",
        "highlight carried",
        "highlight imported",
        "highlight edited",
        "highlight moved",
        "highlight deleted",
        "highlight restored",
        "bin emptied",
        "file imported",
        "import taken back",
    ),
    "replies": ("reply made", "reply edited", "reply deleted", "reply restored", "thread resolved", "thread reopened"),
    "codebook": (
        "tag made",
        "tag proposed",
        "tag proposed again",
        "tag accepted",
        "tag edited",
        "tag moved",
        "tag retired",
        "tag reinstated",
        "tag merged",
        "tag deleted",
        "tag restored",
        "tag split",
        "lines separated",
        "lines restored",
        "example pinned",
        "example unpinned",
        "passages retagged",
        "passages retagged back",
    ),
    "review": (
        "passages placed",
        "passages kept",
        "passage kept",
        "passage chosen",
        "passage let go",
        "passage reattached",
        "passage reopened",
        "highlights merged",
        "highlights merged away",
        "merge undone",
    ),
    "adjudication": (
        "adjudication started",
        "adjudication finished",
        "adjudication reopened",
        "coders chosen",
        "agreed passages taken",
        "agreed passages removed",
        "disagreement decided",
        "decision taken back",
    ),
    "desks": (
        "desk made",
        "desk edited",
        "desk deleted",
        "passage pinned",
        "passage unpinned",
        "passage placed",
        "passage remarked on",
    ),
    "articles": (
        "article added",
        "article removed",
        "article left to rules",
        "articles added",
        "articles taken out",
        "article rule added",
        "article rule removed",
    ),
    "assignments": (
        "articles assigned",
        "assignment done",
        "assignment reopened",
        "assignment revealed",
        "assignment removed",
        "blind reading begun",
        "blind reading ended",
    ),
    "members": (
        "project edited",
        "project archived",
        "project unarchived",
        "member added",
        "member joined",
        "member removed",
        "member left",
        "role changed",
        "invitation made",
        "invitation revoked",
    ),
}
GROUPS_WITHOUT_ARTICLE = {"codebook", "desks", "members"}  # whose events are about no article
GROUP_NAMES = {
    "highlights": gettext_lazy("highlights and notes"),
    "replies": gettext_lazy("replies"),
    "codebook": gettext_lazy("codebook"),
    "review": gettext_lazy("changed passages"),
    "adjudication": gettext_lazy("adjudication"),
    "desks": gettext_lazy("desks"),
    "articles": gettext_lazy("articles of the project"),
    "assignments": gettext_lazy("assignments"),
    "members": gettext_lazy("members and settings"),
}
SENTENCES = {
    "highlight made": gettext_noop("Made a highlight"),
    "highlight carried": gettext_noop("Carried a highlight from another copy"),
    "highlight imported": gettext_noop("Imported a highlight"),
    "highlight moved": gettext_noop("Moved the ends of a highlight"),
    "highlight deleted": gettext_noop("Deleted a highlight"),
    "highlight restored": gettext_noop("Restored a highlight"),
    "reply made": gettext_noop("Wrote a reply"),
    "reply edited": gettext_noop("Edited a reply"),
    "reply deleted": gettext_noop("Deleted a reply"),
    "reply restored": gettext_noop("Restored a reply"),
    "thread resolved": gettext_noop("Resolved a thread"),
    "thread reopened": gettext_noop("Reopened a thread"),
    "import taken back": gettext_noop("Could not finish importing “%(file)s”; what it had made was removed"),
    "tag made": gettext_noop("Added the tag “%(tag)s”"),
    "tag proposed": gettext_noop("Proposed the tag “%(tag)s”"),
    "tag proposed again": gettext_noop("Made the tag “%(tag)s” a proposal again"),
    "tag accepted": gettext_noop("Accepted the proposed tag “%(tag)s”"),
    "tag moved": gettext_noop("Moved the tag “%(tag)s” in the codebook"),
    "tag retired": gettext_noop("Retired the tag “%(tag)s”"),
    "tag restored": gettext_noop("Restored the tag “%(tag)s” with its highlights"),
    "tag reinstated": gettext_noop("Reinstated the tag “%(tag)s”"),
    "example pinned": gettext_noop("Pinned an example to the tag “%(tag)s”"),
    "example unpinned": gettext_noop("Unpinned an example from the tag “%(tag)s”"),
    "passage kept": gettext_noop("Accepted the new wording of a passage"),
    "passage chosen": gettext_noop("Chose the place of a passage in the edited text"),
    "passage let go": gettext_noop("Dismissed a passage that is gone from the edited text"),
    "passage reattached": gettext_noop("Moved a passage to another place in the edited text"),
    "passage reopened": gettext_noop("Reopened the review of a passage"),
    "adjudication started": gettext_noop("Started an adjudication"),
    "adjudication finished": gettext_noop("Finished an adjudication"),
    "adjudication reopened": gettext_noop("Reopened an adjudication"),
    "coders chosen": gettext_noop("Chose other coders for an adjudication"),
    "agreed passages removed": gettext_noop("Removed agreed passages from the consensus"),
    "decision taken back": gettext_noop("Took back a decision about a disagreement"),
    "desk made": gettext_noop("Saved the desk “%(desk)s”"),
    "desk edited": gettext_noop("Edited the desk “%(desk)s”"),
    "desk deleted": gettext_noop("Deleted the desk “%(desk)s”"),
    "passage pinned": gettext_noop("Pinned a passage to the desk “%(desk)s”"),
    "passage unpinned": gettext_noop("Unpinned a passage from the desk “%(desk)s”"),
    "passage placed": gettext_noop("Moved a pinned passage on the desk “%(desk)s”"),
    "passage remarked on": gettext_noop("Commented on a pinned passage of the desk “%(desk)s”"),
    "article added": gettext_noop("Added an article to the project"),
    "article removed": gettext_noop("Removed an article from the project"),
    "article left to rules": gettext_noop("Took back a decision about an article: rules and highlights decide again"),
    "project archived": gettext_noop("Archived the project"),
    "project unarchived": gettext_noop("Opened the archived project again"),
    "assignment done": gettext_noop("Finished an assigned article"),
    "assignment reopened": gettext_noop("Reopened the assignment of %(user)s"),
    "assignment revealed": gettext_noop("Revealed an article to %(user)s"),
    "assignment removed": gettext_noop("Removed the assignment of %(user)s"),
    "blind reading begun": gettext_noop("Made the project blind: coders see only their own highlights"),
    "blind reading ended": gettext_noop("Ended the blind reading of the project"),
    "member added": gettext_noop("Added %(user)s as %(noun)s"),
    "member joined": gettext_noop("Joined by an invitation link, as %(noun)s"),
    "member removed": gettext_noop("Removed %(user)s, who was %(noun)s"),
    "member left": gettext_noop("Left the project, as %(noun)s"),
    "role changed": gettext_noop("Changed the role of %(user)s from %(before)s to %(role)s"),
    "invitation made": gettext_noop("Made an invitation link for %(noun)s"),
    "invitation revoked": gettext_noop("Revoked an invitation link"),
}
FIELD_NAMES = {
    "name": gettext_noop("name"),
    "about": gettext_noop("description"),
    "public": gettext_noop("visibility"),
    "definition": gettext_noop("definition"),
    "use_for": gettext_noop("use it for"),
    "not_for": gettext_noop("not for"),
    "colour": gettext_noop("line"),
    "parent": gettext_noop("place in the codebook"),
    "heading_only": gettext_noop("heading only"),
}


def describe(event: Event, names: Mapping[str, str], *, is_blind: bool = False) -> str:
    """Return what the event says; `names` has those of the rows it is about: `tag`, `into`, `desk`, `user`, `article`.

    To members who read blind it does not say how many highlights a tag or an article had.
    """
    if is_blind and event.verb in SENTENCES_WITHOUT_NUMBER:
        return _(SENTENCES_WITHOUT_NUMBER[event.verb]) % names
    if builder := BUILDERS.get(event.verb):
        return builder(event.data, names)
    values = {"file": event.data.get("file", ""), **translate_roles(event.data), **names}
    sentence = SENTENCES.get(event.verb)
    return _(sentence) % values if sentence else _(event.verb).capitalize()


def begin_small(sentence: str) -> str:
    """Return a sentence of `describe` as it stands within another one: in English, where it begins with a verb, in lower case."""
    is_english = (get_language() or "").startswith("en")
    return sentence[:1].lower() + sentence[1:] if is_english else sentence


def translate_roles(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the roles that the event is about, translated; as `noun` its role with an article."""
    roles = {name: _(data[name]) for name in ("role", "before") if isinstance(data.get(name), str) and data[name]}
    return roles | ({"noun": Role(data["role"]).noun} if data.get("role") in Role.values else {})


def list_changed_fields(data: Mapping[str, Any]) -> str:
    """Return the names of what was edited, as a list in words."""
    return ", ".join(_(FIELD_NAMES.get(field, field)) for field in data.get("before", {}))


def describe_highlight_edit(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say that a highlight was edited."""
    return _("Edited the note or the tags of a highlight")


def describe_tag_edit(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say what of a tag was edited; a new name comes with the old one."""
    values = {
        "tag": names["tag"],
        "fields": list_changed_fields(data),
        "before": data.get("before", {}).get("name", ""),
    }
    if list(data.get("before", {})) == ["name"]:
        return _("Renamed the tag “%(before)s” to “%(tag)s”") % values
    return _("Edited the tag “%(tag)s”: %(fields)s") % values


def describe_project_edit(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say what the project says of itself otherwise than before."""
    return _("Edited the project: %(fields)s") % {"fields": list_changed_fields(data)}


def count_highlights(data: Mapping[str, Any]) -> int:
    """Return how many highlights a tag had when it went; older events list them."""
    return data.get("number", len(data.get("highlights", ())))


def describe_merge(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say which tag was merged into which, and on how many highlights it stood."""
    number = count_highlights(data)
    text = ngettext(
        "Merged the tag “%(tag)s” into “%(into)s”, %(number)s highlight",
        "Merged the tag “%(tag)s” into “%(into)s”, %(number)s highlights",
        number,
    )
    said = text % {"number": number, "tag": names["tag"], "into": names["into"]}
    if not data.get("joined"):
        return said
    joined = {"merge": said, "joined": data["joined"], "groups": data["groups"]}
    return _("%(merge)s; joined %(joined)s passages into %(groups)s") % joined


def describe_split(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many highlights of a tag got which other tags."""
    text = ngettext(
        "Split the tag “%(tag)s”: %(number)s highlight is now “%(targets)s”",
        "Split the tag “%(tag)s”: %(number)s highlights are now “%(targets)s”",
        data["number"],
    )
    return text % {"number": data["number"], "tag": names["tag"], "targets": "”, “".join(data["targets"])}


def describe_retagging(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say which tag was replaced, added or removed on how many highlights."""
    number = data["number"]
    if data["remove"] and data["add"]:
        text = ngettext(
            "Replaced the tag “%(remove)s” by “%(add)s” on %(number)s highlight",
            "Replaced the tag “%(remove)s” by “%(add)s” on %(number)s highlights",
            number,
        )
    elif data["add"]:
        text = ngettext(
            "Added the tag “%(add)s” to %(number)s highlight",
            "Added the tag “%(add)s” to %(number)s highlights",
            number,
        )
    else:
        text = ngettext(
            "Removed the tag “%(remove)s” from %(number)s highlight",
            "Removed the tag “%(remove)s” from %(number)s highlights",
            number,
        )
    return text % data


def describe_tags_as_before(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say of how many highlights the tags were restored."""
    text = ngettext(
        "Restored the tags of %(number)s highlight",
        "Restored the tags of %(number)s highlights",
        data["number"],
    )
    return text % data


def describe_separation(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many tags got another line."""
    text = ngettext(
        "Gave %(number)s tag another line, apart from tags on the same words",
        "Gave %(number)s tags other lines, apart from tags on the same words",
        data["number"],
    )
    return text % {"number": data["number"]}


def describe_former_lines(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many tags got their former line again."""
    text = ngettext(
        "Gave %(number)s tag its former line again", "Gave %(number)s tags their former lines again", data["number"]
    )
    return text % {"number": data["number"]}


def describe_tag_deletion(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say which tag was deleted, and on how many highlights it stood."""
    number = count_highlights(data)
    text = ngettext(
        "Deleted the tag “%(tag)s”, %(number)s highlight", "Deleted the tag “%(tag)s”, %(number)s highlights", number
    )
    return text % {"number": number, "tag": names["tag"]}


def describe_file_import(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many highlights came from which file."""
    number = data.get("highlights", 0)
    text = ngettext(
        "Imported %(number)s highlight from “%(file)s”", "Imported %(number)s highlights from “%(file)s”", number
    )
    return text % {"number": number, "file": data.get("file", "")}


def describe_kept_passages(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say of how many passages the new wording was accepted."""
    number = len(data.get("highlights", ()))
    text = ngettext(
        "Accepted the new wording of %(number)s passage", "Accepted the new wording of %(number)s passages", number
    )
    return text % {"number": number}


def describe_correction(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many passages a corrected text has."""
    number = sum(count for name, count in data.items() if name != "revision" and isinstance(count, int))
    text = ngettext(
        "Corrected the article, in which %(number)s passage is highlighted",
        "Corrected the article, in which %(number)s passages are highlighted",
        number,
    )
    return text % {"number": number}


def describe_merged_copy(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many highlights came from a copy of the article."""
    if not data["number"]:
        return _(SENTENCES_WITHOUT_NUMBER["highlights merged"]) % names
    text = ngettext(
        "Merged %(article)s into this article, with %(number)s highlight",
        "Merged %(article)s into this article, with %(number)s highlights",
        data["number"],
    )
    return text % {"article": names["article"], "number": data["number"]}


def describe_merge_away(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many highlights went to a copy of the article."""
    if not data["number"]:
        return _(SENTENCES_WITHOUT_NUMBER["highlights merged away"]) % names
    text = ngettext(
        "Merged this article into %(article)s, with %(number)s highlight",
        "Merged this article into %(article)s, with %(number)s highlights",
        data["number"],
    )
    return text % {"article": names["article"], "number": data["number"]}


def describe_undone_merge(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many highlights went back to the copy from which they came."""
    if not data["number"]:
        return _(SENTENCES_WITHOUT_NUMBER["merge undone"]) % names
    text = ngettext(
        "Undid the merge of %(article)s: %(number)s highlight moved back",
        "Undid the merge of %(article)s: %(number)s highlights moved back",
        data["number"],
    )
    return text % {"article": names["article"], "number": data["number"]}


def describe_emptying(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many deleted highlights were removed for good."""
    text = ngettext(
        "Removed %(number)s deleted highlight for good",
        "Removed %(number)s deleted highlights for good",
        data["number"],
    )
    return text % data


def describe_assigning(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many assignments were made, and whether they are blind."""
    text = ngettext("Made %(number)s assignment", "Made %(number)s assignments", data["number"])
    said = text % {"number": data["number"]}
    return _("%(assigned)s, blind") % {"assigned": said} if data["blind"] else said


def describe_added_articles(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many articles were added at once."""
    text = ngettext(
        "Added %(number)s article to the project", "Added %(number)s articles to the project", data["number"]
    )
    return text % {"number": data["number"]}


def describe_articles_taken_out(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many articles were taken out again after they had been added at once."""
    text = ngettext(
        "Took %(number)s added article out of the project again",
        "Took %(number)s added articles out of the project again",
        data["number"],
    )
    return text % {"number": data["number"]}


def describe_added_rule(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say which rule for articles was added."""
    return _("Added a rule for the project’s articles: %(rule)s") % {"rule": describe_rule(data)}


def describe_removed_rule(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say which rule for articles was removed."""
    return _("Removed a rule for the project’s articles: %(rule)s") % {"rule": describe_rule(data)}


def describe_rule(data: Mapping[str, Any]) -> str:
    """Return the filters of a rule in words."""
    query = QueryDict(urlencode(data["filters"], doseq=True))
    return describe_query(query, data["sources"])


def describe_decision(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how a disagreement was decided."""
    said = {
        "version": _("Decided a disagreement: took a coder’s version"),
        "passage": _("Decided a disagreement: another passage"),
        "nothing": _("Decided a disagreement: nothing here"),
    }
    return said.get(data.get("kind", ""), _("Decided a disagreement"))


def describe_agreed(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how many agreed passages went into the consensus."""
    text = ngettext(
        "Added %(number)s agreed passage to the consensus",
        "Added %(number)s agreed passages to the consensus",
        data["number"],
    )
    return text % {"number": data["number"]}


SENTENCES_WITHOUT_NUMBER = {
    "tag merged": gettext_noop("Merged the tag “%(tag)s” into “%(into)s”"),
    "tag deleted": gettext_noop("Deleted the tag “%(tag)s”"),
    "highlights merged": gettext_noop("Merged %(article)s into this article"),
    "highlights merged away": gettext_noop("Merged this article into %(article)s"),
    "merge undone": gettext_noop("Undid the merge of %(article)s"),
}
BUILDERS: dict[str, Callable[[Mapping[str, Any], Mapping[str, str]], str]] = {
    "highlight edited": describe_highlight_edit,
    "agreed passages taken": describe_agreed,
    "disagreement decided": describe_decision,
    "tag edited": describe_tag_edit,
    "tag merged": describe_merge,
    "tag deleted": describe_tag_deletion,
    "tag split": describe_split,
    "lines separated": describe_separation,
    "lines restored": describe_former_lines,
    "passages retagged": describe_retagging,
    "passages retagged back": describe_tags_as_before,
    "project edited": describe_project_edit,
    "file imported": describe_file_import,
    "bin emptied": describe_emptying,
    "passages kept": describe_kept_passages,
    "passages placed": describe_correction,
    "highlights merged": describe_merged_copy,
    "highlights merged away": describe_merge_away,
    "merge undone": describe_undone_merge,
    "articles assigned": describe_assigning,
    "articles added": describe_added_articles,
    "articles taken out": describe_articles_taken_out,
    "article rule added": describe_added_rule,
    "article rule removed": describe_removed_rule,
}
