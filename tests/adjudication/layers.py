"""Two coders and what they marked on the report of a storm, for tests of adjudication."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from lxml import html

from annotations.models import Highlight, Tag
from annotations.models.adjudication import find_adjudication, open_adjudication
from newsreader.models import Article
from storm import marked

ADDRESS = "/projects/harbour-study/adjudicate/"


def code(article: Article, project, coder: User, marks: Iterable[tuple[str, Tag | list[Tag]]]) -> list[Highlight]:
    """Highlight these words, each with its tag or tags."""
    return [
        marked(article, project, coder, words, tags=tags if isinstance(tags, list) else [tags]) for words, tags in marks
    ]


def read_page(client, article: Article, **query):
    """Return the page of an adjudication as a tree."""
    answer = client.get(f"{ADDRESS}{article.slug}/", query)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def words_of(node) -> str:
    """Return the words of a node on one line."""
    return " ".join(node.text_content().split())


def send(client, article: Article, **data):
    """Send the form of the disagreement that a page shows, with what a button adds; return the answer."""
    address = f"{ADDRESS}{article.slug}/"
    page = read_page(client, article, **({"at": data.pop("number")} if "number" in data else {}))
    fields = {field.get("name"): field.get("value") for field in page.xpath("//div[@class='decide']/form[1]//input")}
    return client.post(address, fields | data)


def start(client, article: Article, *coders: str):
    """Start the adjudication of these coders."""
    return client.post(f"{ADDRESS}{article.slug}/", {"act": "start", "coder": coders})


def consensus(project) -> list[tuple[str, list[str]]]:
    """Return the words and the tags of the consensus, in the order of the text."""
    highlights = Highlight.objects.standing().in_layer("consensus").filter(project=project)
    return [(one.exact, [tag.name for tag in one.ordered_tags()]) for one in highlights.order_by("start", "end")]


def agree(project, article: Article, by: User, *marks: tuple[str, list[Tag]]) -> None:
    """Have these words with their tags in the consensus, as if all coders had them."""
    adjudication = find_adjudication(project, article) or open_adjudication(project, article, [by], by=by)
    revision = article.current()
    places = [(revision.text.index(words), words, tags) for words, tags in marks]
    passages = [(start, start + len(words), [tag.pk.hex for tag in tags], []) for start, words, tags in places]
    adjudication.take_agreed(passages, by=by, revision=revision)
