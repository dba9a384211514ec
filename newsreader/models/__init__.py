from .article import Article
from .articleentry import ArticleEntry
from .reading import Preferences, Reading
from .revision import Revision
from .savedsearch import SavedSearch
from .source import Source

__all__ = ["Article", "ArticleEntry", "Preferences", "Reading", "Revision", "SavedSearch", "Source"]
