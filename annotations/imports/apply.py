"""Carry out an import plan: all of it, or nothing.

What takes long is planned and computed before anything is locked. A small import is then one transaction. A large one is many
short ones, since others wait for each: what it makes is pending, and nobody sees it, until the last of them shows all at once.
"""

from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from annotations.errors import PlanMismatchError, StaleError
from annotations.exchange.bundle import ImportBundle, TextSource
from annotations.imports.batches import MAX_RECORDED_NAME, Import, count_made, prepare_batches, write_batch
from annotations.imports.matching import MatchedPlace
from annotations.imports.new_tags import create_tags
from annotations.imports.new_texts import convert_text
from annotations.imports.plan import ImportPlan, PlannedHighlight
from annotations.imports.planning import plan_import
from annotations.imports.record_planner import load_notes
from annotations.imports.text_map import TextMap
from annotations.models.access import PEOPLE
from annotations.models.highlight import Highlight
from annotations.models.import_job import ImportJob
from annotations.models.project import Project
from annotations.models.tag import Tag
from newsreader.importing.extracted import Extracted
from newsreader.locks import retry_while_busy
from newsreader.models import Article
from newsreader.text.language.names import fold_name


def apply_import(importing: Import, bundle: ImportBundle, fingerprint: str) -> ImportPlan:
    """Do what the plan of this fingerprint says, in one transaction, and return the plan; StaleError where it is another by now.

    PlanMismatchError where something else would be made than it says.
    """
    plan = confirm_plan(importing, bundle, fingerprint)
    batches = list(prepare_batches(importing, plan.highlights))
    texts = {guid: convert_planned_text(text) for guid, text in plan.new_texts.items()}
    try:
        with transaction.atomic():
            lock_project(importing, plan)
            require_no_twins(importing.project, plan)
            require_all_tags(plan, create_tags(importing.project, importing.importer, plan))
            articles = {guid: store_text(importing, content) for guid, content in texts.items()}
            batches += prepare_batches(importing, place_on_new_articles(plan, articles))
            tags = load_tags(importing.project, plan)
            for batch in batches:
                write_batch(importing, batch, tags)
            require_all_highlights(plan, count_made(batches))
            record_import(importing, plan)
    except IntegrityError as error:
        raise StaleError from error
    return plan


def import_in_batches(job: ImportJob, project: Project, bundle: ImportBundle) -> None:
    """Do what the plan of a job says, in many transactions; where this fails, what the job has made is to be taken back.

    StaleError and IntegrityError where the plan is another by now.
    """
    importing = Import(project, job.made_by, job.name, job)
    plan = confirm_plan(importing, bundle, job.fingerprint)
    retry_while_busy(partial(create_pending_tags, importing, job, plan))
    articles = {guid: create_draft(importing, job, text) for guid, text in plan.new_texts.items()}
    place_on_new_articles(plan, articles)
    tags, done = load_tags(importing.project, plan), 0
    for batch in prepare_batches(importing, plan.highlights):
        retry_while_busy(partial(write_batch, importing, batch, tags))
        done += len(batch.highlights)
        job.report_progress(done)
    require_all_highlights(plan, job.pending_highlights.count())
    retry_while_busy(partial(complete_import, importing, job, plan))


def confirm_plan(importing: Import, bundle: ImportBundle, fingerprint: str) -> ImportPlan:
    """Return the plan of an import, with or without private notes; StaleError where neither is the one of this fingerprint."""
    project, importer = importing.project.with_role_of(importing.importer), importing.importer
    for chosen in [bundle.leave_out_private(), bundle] if bundle.private_records else [bundle]:
        plan = plan_import(project, importer, chosen)
        if plan.fingerprint == fingerprint:
            return plan
    raise StaleError


def lock_project(importing: Import, plan: ImportPlan) -> None:
    """Lock the project; StaleError where the importer may not do any more what the plan says."""
    project = importing.project
    project.lock()
    project.with_role_of(importing.importer)
    if not project.allows("highlight") or (plan.new_tags and not project.allows("codebook")):
        raise StaleError


def require_no_twins(project: Project, plan: ImportPlan) -> None:
    """Raise StaleError where somebody has made a highlight since the plan that it would make; the project is locked."""
    if project.version != plan.version:
        articles = {planned.article.pk for planned in plan.highlights}
        if plan.signatures & load_notes(project, list(articles)).keys():
            raise StaleError


def require_all_tags(plan: ImportPlan, created: list[Tag]) -> None:
    """Raise StaleError where other tags were made than the plan says: somebody has made one of them since."""
    if {tag.name for tag in created} != {record.name for record in plan.new_tags}:
        raise StaleError


def require_all_highlights(plan: ImportPlan, made: int) -> None:
    """Raise PlanMismatchError where another number of highlights was made than the plan says."""
    if made != len(plan.highlights) or plan.on_new_texts:
        raise PlanMismatchError


def convert_planned_text(text: TextSource) -> Extracted:
    """Return a text as an article; PlanMismatchError where it cannot be one, though the plan says so."""
    try:
        return convert_text(text)
    except ValueError as error:
        raise PlanMismatchError from error


def store_text(importing: Import, content: Extracted) -> Article:
    """Return the new article of a text; StaleError where the library has it by now."""
    article, created = Article.objects.store(content, created_by=importing.importer)
    if not created:
        raise StaleError
    return article


def create_draft(importing: Import, job: ImportJob, text: TextSource) -> Article:
    """Return the new article of a text, a draft until the job is done; StaleError where the library has it by now."""
    content, importer, remember = convert_planned_text(text), importing.importer, job.remember_article
    store = partial(Article.objects.store, content, status="draft", created_by=importer, on_created=remember)
    article, created = retry_while_busy(store)
    if not created:
        raise StaleError
    return article


def create_pending_tags(importing: Import, job: ImportJob, plan: ImportPlan) -> None:
    """Make the tags that are missing; the job takes them back if it fails."""
    with transaction.atomic():
        lock_project(importing, plan)
        tags = create_tags(importing.project, importing.importer, plan)
        require_all_tags(plan, tags)
        job.remember_tags(tags)


def place_on_new_articles(plan: ImportPlan, articles: dict[str, Article]) -> list[PlannedHighlight]:
    """Move the highlights on new texts to these articles, by the texts' GUIDs, and return them.

    PlanMismatchError where an article has not the words of its text.
    """
    revisions = {guid: article.current() for guid, article in articles.items()}
    maps: dict[str, TextMap] = {}
    moved = []
    for planned in plan.on_new_texts:
        guid, place = planned.record.article, planned.place
        first = plan.same_texts.get(guid, guid)
        if guid not in maps:
            maps[guid] = TextMap(place.revision.text, revisions[first].text)
        if not maps[guid].is_exact:
            raise PlanMismatchError
        stored = MatchedPlace(revisions[first], *maps[guid].locate(place.start, place.end))
        moved.append(planned._replace(article=articles[first], place=stored))
    plan.highlights, plan.on_new_texts = plan.highlights + moved, []
    return moved


def load_tags(project: Project, plan: ImportPlan) -> dict[str, Tag]:
    """Return the tags that the plan needs, by their names in small letters; StaleError where one has another name by now."""
    names = {fold_name(name) for planned in plan.highlights for name in planned.tags}
    tags = {fold_name(tag.name): tag for tag in Tag.objects.with_names(project, list(names))}
    if names - tags.keys():
        raise StaleError
    return tags


def complete_import(importing: Import, job: ImportJob, plan: ImportPlan) -> None:
    """Show all that the job has made; StaleError where somebody has made one of the highlights meanwhile, or withdrew the right."""
    with transaction.atomic():
        lock_project(importing, plan)
        if plan.signatures & load_notes(importing.project, list_articles_with_twins(job)).keys():
            raise StaleError
        record_import(importing, plan)
        job.complete(len(plan.highlights))


def list_articles_with_twins(job: ImportJob) -> list[int]:
    """Return the keys of the articles on which somebody has a highlight where the job has made one."""
    place = {name: OuterRef(name) for name in ("project", "revision", "start", "end", "author")}
    twins = Highlight.objects.standing().in_layer(PEOPLE).order_by().filter(**place)
    return list(job.pending_highlights.order_by().filter(Exists(twins)).values_list("article", flat=True).distinct())


def record_import(importing: Import, plan: ImportPlan) -> None:
    """Append the event of the whole file."""
    file_name = importing.file_name[:MAX_RECORDED_NAME]
    counts = {"here": len(plan.already_present), "not placed": plan.left_out_count}
    importing.project.record(
        gettext_noop("file imported"),
        importing.importer,
        file=file_name,
        kind=plan.format_name,
        highlights=len(plan.highlights),
        **counts,
    )
