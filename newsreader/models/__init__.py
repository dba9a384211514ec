from .article import Article
from .reading import Preferences, Reading
from .revision import Revision
from .source import Source

__all__ = ["Article", "Preferences", "Reading", "Revision", "Source"]
