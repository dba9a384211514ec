"""Articles with what they carry."""

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from annotations.models import Highlight
from newsreader.admin.articles import ArticleAdmin
from newsreader.models import Article

admin.site.unregister(Article)
STANDING = Highlight.objects.standing().filter(article=OuterRef("pk")).order_by()


class CarryingFilter(admin.SimpleListFilter):
    title, parameter_name = "highlights", "highlights"

    def lookups(self, request, model_admin):
        return [("yes", "With highlights"), ("no", "Without")]

    def queryset(self, request, articles):
        wanted = {"yes": Exists(STANDING), "no": ~Exists(STANDING)}.get(self.value())
        return articles.filter(wanted) if wanted else articles


@admin.register(Article)
class CarryingArticleAdmin(ArticleAdmin):
    """Articles with the number of their highlights. One that carries any is not deleted: that would delete people's work."""

    list_display = [*ArticleAdmin.list_display[:-1], "highlights", "page"]
    list_filter = [*ArticleAdmin.list_filter, CarryingFilter]
    delete_confirmation_template = "admin/annotations/article_delete.html"
    change_form_template = "admin/annotations/article_change.html"

    def get_queryset(self, request):
        number = STANDING.values("article").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(highlighted=Coalesce(Subquery(number), 0))

    @admin.display(ordering="highlighted")
    def highlights(self, article):
        return article.highlighted

    def list_revisions(self, article):
        standing = Count("highlights", filter=Q(highlights__deleted_at=None))
        return super().list_revisions(article).annotate(highlighted=standing)

    def describe_consequence(self, article):
        number = standing_on(article.current()).count()
        some = "1 highlight stands on it and is" if number == 1 else f"{number} highlights stand on it and are"
        carried = f"{some} carried over; where the words changed, readers are shown both and decide"
        return f"{super().describe_consequence(article)} {carried if number else 'No highlight stands on it'}."

    def get_deleted_objects(self, articles, request):
        """What would go; the log of a project goes with what it tells of, though nobody may delete it by itself."""
        gone, counts, lacking, protected = super().get_deleted_objects(articles, request)
        return gone, counts, lacking - {"event"}, protected


def standing_on(revision):
    """The highlights that were made on a revision, and those of earlier ones that have a place on it."""
    placed = Q(placements__revision=revision, placements__start__isnull=False)
    return Highlight.objects.standing().filter(Q(revision=revision) | placed).distinct()
