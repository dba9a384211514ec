"""What follows when the adjudication of an article is finished: its round, and the next article that has disagreements."""

from collections.abc import Iterable
from urllib.parse import urlencode

from annotations.adjudication.cases import compare_layers
from annotations.agreement.queries import list_shared_articles, load_codings, load_texts
from annotations.models import Adjudication, Assignment
from annotations.models.assignment import Round
from annotations.models.project import Project
from newsreader.models import Article
from newsreader.users import AnyUser

MAX_COMPARED = 20  # articles that are looked at for the next one


def find_round(project: Project, article: int, coders: Iterable[str]) -> Round | None:
    """Return the latest round in which these coders read an article (key)."""
    rounds = Assignment.objects.list_rounds(project, article)
    return next((one for one in rounds if set(coders) <= set(one.coders)), None)


def build_agreement_query(article: Article, found: Round | None) -> str:
    """Return the query of the agreement page: of the round, else of the article."""
    return urlencode({"round": found.name} if found else {"article": article.slug})


def find_next_article(
    project: Project, user: AnyUser, adjudication: Adjudication, coders: list[str], found: Round | None
) -> Article | None:
    """Return the next article of the round that was found, else of the project, on which coders differ and that is not finished."""
    current = adjudication.article_id
    shared = sorted(list_shared_articles(project, user, coders))
    if found:
        every = Assignment.objects.filter(project=project, round=found.name).values_list("article", flat=True)
        shared = sorted({*shared} & {*every})
    finished = project.adjudications.filter(state=Adjudication.State.FINISHED).values_list("article", flat=True)
    waiting = [key for key in shared if key not in {*finished, current} and not project.sight.hides(key)]
    ordered = [key for key in waiting if key > current] + [key for key in waiting if key < current]
    key = next((key for key in ordered[:MAX_COMPARED] if has_disagreements(project, user, key, coders)), None)
    return Article.objects.visible_to(user).filter(pk=key).first() if key else None


def has_disagreements(project: Project, user: AnyUser, article: int, coders: list[str]) -> bool:
    """Return whether these coders differ on an article (key)."""
    counted = [coding for coding in load_codings(project, user, [article], coders) if not coding.left_out]
    coding = sorted({one.coder for one in counted})
    return bool(compare_layers(project, article, len(load_texts([article])[article].text), counted, coding))
