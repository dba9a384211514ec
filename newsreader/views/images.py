"""The images of articles, as files in which nothing can run."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from newsreader.http import Request
from newsreader.models import ArticleImage
from newsreader.models.article_image import get_image_path

YEAR = 365 * 24 * 3600  # seconds
HEADERS = {
    "Cache-Control": f"private, max-age={YEAR}, immutable",  # private: the article may be withdrawn
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def show_image(request: Request, digest: str) -> HttpResponseBase:
    """Return the file of an image to those who may see an article in which it stands."""
    images = ArticleImage.objects.visible_to(request.user)
    if not settings.NEWSREADER_IMAGES or not images.filter(digest=digest).exists():
        raise Http404
    try:
        file = get_image_path(digest).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/webp", headers=HEADERS)
