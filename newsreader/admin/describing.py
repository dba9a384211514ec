"""What a curator did to an article in its form, as its history has it: sentences in the language of the source."""

from typing import Any

from newsreader.models import Article

STATUSES = {
    Article.Status.DRAFT: "Made a draft",
    Article.Status.PUBLISHED: "Published",
    Article.Status.WITHDRAWN: "Withdrawn",
    Article.Status.PRIVATE: "Made private",
}
NAMES = {
    "title": "title",
    "standfirst": "standfirst",
    "byline": "byline",
    "source": "source",
    "published_at": "date of publication",
    "url": "original address",
    "language": "language",
    "direction": "text direction",
}


def describe_form_changes(form: Any) -> str:
    """Return a sentence for each kind of change that a form saved; empty where it changed nothing."""
    article: Article = form.instance
    changed, sentences = set(form.changed_data), []
    if "status" in changed:
        sentences.append(f"{STATUSES[Article.Status(article.status)]}.")
    if "publish_at" in changed:
        sentences.append(describe_schedule(article))
    if "html" in changed:
        sentences.append(f"Corrected the text: revision {article.revision}.")
    if names := [name for field, name in NAMES.items() if field in changed]:
        sentences.append(f"Changed {', '.join(names)}.")
    return " ".join(sentences) or "Saved without changes."


def describe_schedule(article: Article) -> str:
    """Return that an article was scheduled, and for when; or that it was not to be published by itself any more."""
    if article.publish_at:
        return f"Scheduled for {article.publish_at:%Y-%m-%d %H:%M} UTC."
    return "Cleared the schedule."
