"""Articles as tables: exported from the list as CSV or JSON, and imported after a dry run."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import Result, RowResult
from tablib import Dataset

from newsreader.http import UserRequest
from newsreader.importing.article_table import (
    MAX_TABLE_BYTES,
    TABLE_TOO_LARGE,
    escape_formula,
    read_moment,
)
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import normalise_code, with_language
from newsreader.importing.sandbox.runner import read_table_safely
from newsreader.importing.table_columns import COLUMNS, Table
from newsreader.models import Article, Revision
from newsreader.models.article import ArticleQuerySet
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import detect_direction

MAX_EXPORTED = 2_000  # articles in one file
SALT, MAX_AGE = "newsreader.article-table", 24 * 3600  # seconds
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take UTF-8 for something older
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


class ArticleResource(resources.Resource):
    """Articles as rows. Rows that come in were cleaned before, and are stored as all imported articles are."""

    title, url = Field("title", "title"), Field("url", "url")
    source = Field("source__name", "source")
    byline, standfirst = Field("byline", "byline"), Field("standfirst", "standfirst")
    published_at, language = Field(column_name="published_at"), Field("language", "language")
    status = Field("status", "status")
    html, text = Field(column_name="html"), Field(column_name="text")

    class Meta:
        instance_loader_class = BaseInstanceLoader
        use_transactions = True
        skip_diff = True
        import_id_fields = ()
        fields = export_order = COLUMNS

    def __init__(self, user: Any = None) -> None:
        super().__init__()
        self.user = user

    def dehydrate_published_at(self, article: Article) -> str:
        return article.published_at.isoformat() if article.published_at else ""

    def dehydrate_html(self, article: Any) -> str:
        return article.current_revision[0].html

    def dehydrate_text(self, article: Any) -> str:
        return article.current_revision[0].text

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> Any:
        """Return a new article for each row: whether one is here already is found when it is stored."""
        return Article(), True

    def import_instance(self, instance: Article, row: Any, **kwargs: Any) -> None:
        """Refuse a row in which a fault was found."""
        if row["error"]:
            raise ValidationError(row["error"])

    def save_instance(self, instance: Article, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Store the article of a row, unless it is here already."""
        status = row["status"] or Article.Status.DRAFT
        stored = Article.objects.store(build_content(row), source=row["source"], status=status, created_by=self.user)
        row["created"], instance.pk, instance.title = stored.created, stored.article.pk, stored.article.title

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Say of a row whose article is here already that it is skipped."""
        if row_result.import_type == RowResult.IMPORT_TYPE_NEW and not row["created"]:
            row_result.import_type = RowResult.IMPORT_TYPE_SKIP


def build_content(row: dict[str, str]) -> Extracted:
    """Return the article of a row."""
    fields: dict[str, Any] = {name: row[name] for name in ("title", "html", "byline", "standfirst", "url")}
    found = Extracted(**fields, language=normalise_code(row["language"]), published=read_moment(row["published_at"]))
    found = found if found.language else with_language(found)
    found.direction = detect_direction(found.language, text_of(found.html))
    return found


class TableForm(forms.Form):
    """A table of articles."""

    file = forms.FileField(label=_("CSV or JSON file"), widget=forms.FileInput({"class": "input"}))

    def clean_file(self) -> Table:
        """Return the table of the file, its rows cleaned."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_TABLE_BYTES:
            raise forms.ValidationError(gettext(TABLE_TOO_LARGE))
        try:
            return read_table_safely(file.read())
        except ArticleImportError as error:
            raise forms.ValidationError(str(error)) from error


def import_table(model_admin: admin.ModelAdmin, request: UserRequest) -> HttpResponse:
    """Show what a table would bring; then store it, from what the page of the dry run carries, signed."""
    if not (model_admin.has_add_permission(request) and model_admin.has_change_permission(request)):
        raise PermissionDenied
    form, context = TableForm(request.POST or None, request.FILES or None), {}
    if request.method == "POST" and "content" in request.POST:
        try:
            return store_rows(model_admin, request, signing.loads(request.POST["content"], salt=SALT, max_age=MAX_AGE))
        except signing.BadSignature:
            model_admin.message_user(request, gettext("Choose the file again."), messages.WARNING)
            return redirect("admin:newsreader_article_import")
    if request.method == "POST" and form.is_valid():
        rows, found, ignored = form.cleaned_data["file"]
        context = describe_result(run_import(rows, request.user, is_dry=True), rows)
        context |= {"found": found, "ignored": ignored}
        context["content"] = signing.dumps(rows, salt=SALT, compress=True)
    context |= {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "form": form}
    context |= {"title": gettext("Import articles from a table"), "columns": COLUMNS}
    return TemplateResponse(request, "admin/newsreader/article/import.html", context)


def run_import(rows: list[dict[str, str]], user: Any, *, is_dry: bool) -> Result:
    """Store the rows, all of them in one transaction, or only find out what that would do."""
    data = Dataset(*([row[name] for name in (*COLUMNS, "error")] for row in rows), headers=[*COLUMNS, "error"])
    return ArticleResource(user).import_data(data, dry_run=is_dry, raise_errors=False, use_transactions=True)


def describe_result(result: Result, rows: list[dict[str, str]]) -> dict[str, Any]:
    """Return what the page shows of a dry run."""
    titles = [row["title"] for row in rows]
    faulty = [(row.number, titles[row.number - 1], " ".join(row.error.messages)) for row in result.invalid_rows]
    broken = [(row.number, titles[row.number - 1], gettext("This row cannot be saved.")) for row in result.error_rows]
    totals = result.totals
    return {
        "is_tried": True,
        "new": totals[RowResult.IMPORT_TYPE_NEW],
        "known": totals[RowResult.IMPORT_TYPE_SKIP],
        "faults": faulty + broken,
        "may_import": totals[RowResult.IMPORT_TYPE_NEW] and not broken,
    }


def store_rows(model_admin: admin.ModelAdmin, request: UserRequest, rows: list[dict[str, str]]) -> HttpResponse:
    """Store the rows of a dry run, and say how many articles that made."""
    result = run_import(rows, request.user, is_dry=False)
    if result.has_errors():
        refusal = gettext("The table could not be imported. Nothing was saved. Choose the file again.")
        model_admin.message_user(request, refusal, messages.ERROR)
        return redirect("admin:newsreader_article_import")
    new, known = (result.totals[kind] for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_SKIP))
    message = ngettext("%(number)s article imported.", "%(number)s articles imported.", new) % {"number": new}
    already = ngettext("%(number)s was here already.", "%(number)s were here already.", known) % {"number": known}
    model_admin.message_user(request, f"{message} {already}" if known else message)
    return redirect("admin:newsreader_article_changelist")


def export_articles(articles: ArticleQuerySet, kind: str) -> HttpResponse:
    """Return the articles of the library among these as a file, CSV or JSON."""
    data = ArticleResource().export(load_exported(articles))
    if kind == "csv":
        data = Dataset(*([escape_formula(cell) for cell in row] for row in data), headers=data.headers)
    mark = BYTE_ORDER_MARK if kind == "csv" else ""
    response = HttpResponse(mark + data.export(kind), content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="articles.{kind}"'
    return response


def load_exported(articles: ArticleQuerySet) -> list[Article]:
    """Return those of the articles that are exported, with their current texts: none that is private."""
    found = articles.exclude(status=Article.Status.PRIVATE).select_related("source")[:MAX_EXPORTED]
    current = Revision.objects.filter(number=F("article__revision")).only("article_id", "html", "text")
    return list(found.prefetch_related(Prefetch("revisions", queryset=current, to_attr="current_revision")))
