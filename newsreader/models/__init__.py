from newsreader.models.article import Article
from newsreader.models.article_image import ArticleImage
from newsreader.models.feed import Feed
from newsreader.models.feed_entry import FeedEntry
from newsreader.models.feed_fetch import FeedFetch
from newsreader.models.host_slot import HostSlot
from newsreader.models.rate_limit_entry import RateLimitEntry
from newsreader.models.reading import Preferences, Reading
from newsreader.models.revision import Revision
from newsreader.models.saved_search import SavedSearch
from newsreader.models.search_entry import ArticleEntry
from newsreader.models.session import Session
from newsreader.models.source import Source

__all__ = [
    "Article",
    "ArticleEntry",
    "ArticleImage",
    "Feed",
    "FeedEntry",
    "FeedFetch",
    "HostSlot",
    "Preferences",
    "RateLimitEntry",
    "Reading",
    "Revision",
    "SavedSearch",
    "Session",
    "Source",
]
