"""Plans the import of a file, or of what others have sent."""

from django.contrib.auth.models import User

from annotations.exchange.bundle import ImportBundle
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.imports.matching import ArticleMatcher, load_revisions
from annotations.imports.new_texts import TextPlanner, match_texts
from annotations.imports.normalise import normalise_bundle
from annotations.imports.plan import ImportPlan
from annotations.imports.record_planner import Match, RecordPlanner, match_new_text, parse_key
from annotations.models.project import Project
from annotations.models.tag import Tag
from newsreader.collection import paused_collection
from newsreader.models import Article
from newsreader.text.language.names import fold_name


@paused_collection()
def plan_import(project: Project, importer: User, bundle: ImportBundle) -> ImportPlan:
    """Return the plan for a project that knows the role of the importer in it; the bundle is normalised."""
    normalise_bundle(bundle)
    plan = ImportPlan(bundle.kind, project.version, problems=list(bundle.problems), notices=list(bundle.notices))
    matcher = ArticleMatcher(bundle, project, importer)
    articles = match_texts(bundle, matcher)
    TextPlanner(plan, bundle, matcher, importer).plan_texts(articles)
    bundle.records = [record._replace(digest=matcher.get_digest(record)) for record in bundle.records]
    hidden = () if project.allows("codebook") else project.sight.tags
    tags = {name: tag for name, tag in Tag.objects.by_lower_name(project).items() if tag.pk not in hidden}
    RecordPlanner(plan, project, importer, tags).plan_records(match_records(plan, bundle, matcher, articles))
    plan_tags(plan, project, bundle, tags)
    return plan


def match_records(
    plan: ImportPlan, bundle: ImportBundle, matcher: ArticleMatcher, articles: dict[str, Article | None]
) -> list[tuple[HighlightRecord, Match]]:
    """Return each entry with what it is about, but those on refused texts.

    Where the file has the text of an entry, that decides: a title is no reason to look into another article.
    """
    pairs = [
        (record, articles[record.article] if record.article in bundle.texts else matcher.find_article(record))
        for record in bundle.records
        if record.article not in plan.refused_texts
    ]
    new = {guid: match_new_text(text) for guid, text in bundle.texts.items() if articles[guid] is None}
    revisions = load_revisions({article.pk for _, article in pairs if article})
    return [
        (record, new[record.article])
        if record.article in new
        else (record, Match(article, revisions[article.pk] if article else [], bundle.texts.get(record.article)))
        for record, article in pairs
    ]


def plan_tags(plan: ImportPlan, project: Project, bundle: ImportBundle, tags: dict[str, Tag]) -> None:
    """Plan the tags that are missing: those the file defines, where the importer may add them, and those it only uses."""
    defined = {fold_name(tag.name): tag for tag in bundle.tags if tag.name and project.allows("codebook")}
    planned = [*plan.highlights, *plan.on_new_texts]
    undefined = {fold_name(name): TagRecord("", name) for highlight in planned for name in highlight.tags}
    wanted = defined | {name: tag for name, tag in undefined.items() if name not in defined}
    plan.new_tags = [
        tag._replace(heading_only=tag.heading_only and name not in undefined)
        for name, tag in wanted.items()
        if name not in tags
    ]
    plan.file_codebook = bundle.tags
    keys = {tag.id: key for tag in plan.new_tags if (key := parse_key(tag))}
    taken = set(Tag.objects.without_tree_fields().filter(pk__in=keys.values()).values_list("pk", flat=True))
    for record_id, key in keys.items():
        if key not in taken:
            plan.tag_keys[record_id] = key
            taken.add(key)
