from newsreader.models.article import Article
from newsreader.models.article_image import ArticleImage
from newsreader.models.article_import import ArticleImport, ImportItem
from newsreader.models.feed import Feed
from newsreader.models.feed_entry import FeedEntry
from newsreader.models.feed_fetch import FeedFetch
from newsreader.models.host_slot import HostSlot
from newsreader.models.rate_limit_entry import RateLimitEntry
from newsreader.models.reading import Preferences, Reading
from newsreader.models.refetch import Refetch, RuleTrial
from newsreader.models.revision import Revision
from newsreader.models.saved_search import SavedSearch
from newsreader.models.search_entry import ArticleEntry
from newsreader.models.session import Session
from newsreader.models.shingle import Shingle
from newsreader.models.site_rule import SiteRule
from newsreader.models.source import Source
from newsreader.models.story import Story

__all__ = [
    "Article",
    "ArticleEntry",
    "ArticleImage",
    "ArticleImport",
    "Feed",
    "FeedEntry",
    "FeedFetch",
    "HostSlot",
    "ImportItem",
    "Preferences",
    "RateLimitEntry",
    "Reading",
    "Refetch",
    "Revision",
    "RuleTrial",
    "SavedSearch",
    "Session",
    "Shingle",
    "SiteRule",
    "Source",
    "Story",
]
