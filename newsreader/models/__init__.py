from .article import Article
from .articleentry import ArticleEntry
from .reading import Preferences, Reading
from .revision import Revision
from .source import Source

__all__ = ["Article", "ArticleEntry", "Preferences", "Reading", "Revision", "Source"]
