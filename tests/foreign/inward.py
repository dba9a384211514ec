"""What we read in the files of other programs."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.models import Highlight, Project
from foreign.study import Passage, Study
from foreign.trips import Trip, compare

FORMS = ("compacted", "flattened", "own context", "expanded")  # of JSON-LD, all of which are legal


def bring_in(study: Study, client: Client, folder: Path) -> Iterator[Trip]:
    """Yield the trips of every program's files in the folder."""
    tagged = [one for one in study.passages if one.tags]  # Taguette's tables leave out the others
    for form in FORMS:
        yield from bring("PyLD", f"annotations, {form}", study.passages, study, client, folder / f"pyld {form}.jsonld")
    yield from bring("pyrefiqda", "project (.qdpx)", study.passages, study, client, folder / "pyrefiqda.qdpx")
    yield from bring("Taguette", "highlights (CSV)", tagged, study, client, folder / "taguette.csv")
    yield from bring("Taguette", "highlights (XLSX)", tagged, study, client, folder / "taguette.xlsx")
    yield bring_codebook("Taguette", "codebook (CSV)", study, client, folder / "taguette-codebook.csv")
    yield bring_codebook("Taguette", "codebook (.qdc)", study, client, folder / "taguette.qdc")
    yield from bring(
        "@recogito/text-annotator", "annotations", study.passages, study, client, folder / "recogito.jsonld"
    )
    yield from bring("Hypothesis’ form", "annotations", study.passages, study, client, folder / "hypothesis.json")


def bring(program: str, what: str, passages: list[Passage], study: Study, client: Client, path: Path) -> Iterator[Trip]:
    """Yield the trips of highlights, which have to stand where they were made, and of their tags."""
    project, said = import_file(study, client, path)
    made = Highlight.objects.standing().filter(project=project).select_related("article").prefetch_related("tags")
    arrived = [((one.article.title, one.start, one.end), sorted(tag.name for tag in one.tags.all())) for one in made]
    sent = [((one.article, one.start, one.end), sorted(one.tags)) for one in passages]
    places, expected = [place for place, _ in arrived], [place for place, _ in sent]
    trip = compare(program, what, expected, places, lost=said, direction="from it")
    yield trip._replace(wrong=len([place for place in places if place not in expected]))
    if arrived:
        placed = [pair for pair in sent if pair[0] in places]
        yield compare(program, f"{what}: tags of those placed", placed, arrived, direction="from it")


def bring_codebook(program: str, what: str, study: Study, client: Client, path: Path) -> Trip:
    """Return the trip of the tags of a codebook."""
    project, said = import_file(study, client, path)
    used = sorted({tag for one in study.passages for tag in one.tags})
    return compare(program, what, used, project.tags.values_list("name", flat=True), lost=said, direction="from it")


def import_file(study: Study, client: Client, path: Path) -> tuple[Project, str]:
    """Return a new project with what a file holds, and why not all of it came in."""
    project = Project.objects.create_owned(f"From {path.name}", owner=study.owner)
    address = f"{project.get_absolute_url()}import/"
    answer = client.post(address, {"file": SimpleUploadedFile(path.name, path.read_bytes())})
    if answer.status_code != 200:
        return project, str(answer.context["error"])
    plan = answer.context["plan"]
    if plan.highlight_count or plan.new_tags:
        client.post(address, {"ticket": answer.context["ticket"]})
    reasons = Counter(problem.reason.partition("“")[0].strip() for problem in plan.problems)
    return project, "; ".join(f"{number} × {reason}" for reason, number in reasons.most_common(2))
