"""Articles in lists."""

from datetime import date

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from newsreader.article_rows import ArticleRow, nest_row

register = template.Library()


@register.simple_tag(takes_context=True)
def article_row(context: Context, article: ArticleRow, day: date | None) -> SafeString:
    """Return an article as a row of a list that is kept, below a day or not."""
    return nest_row(article, bool(day), context["kept"], context["marks"], context["user"].is_authenticated)


@register.filter
def has_copies(articles: list[ArticleRow]) -> bool:
    """Return whether one of these rows stands for several copies of a story."""
    return any(article.copies for article in articles)
