"""The error of article import."""


class ArticleImportError(Exception):
    """The reason why an article could not be imported, as one plain sentence for people."""


class PassingError(ArticleImportError):
    """The same for a reason that may pass: a server that does not answer, or is too busy to."""
