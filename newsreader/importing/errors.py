"""The error of article import."""


class ArticleImportError(Exception):
    """The reason why an article could not be imported, as one plain sentence for people."""
