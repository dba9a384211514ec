"""Tables of articles, sent to the page of curators that imports them."""

import re

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from fuzzing.checks import answering, count_rows, require, require_no_crash, require_plain, require_unchanged
from fuzzing.library import Library, Outcome, Upload
from newsreader.models import Article

IMPORT = "/admin/newsreader/article/import/"


def import_table(library: Library, upload: Upload) -> Outcome:
    """Try a table and import it; raise Fault where the site does not do what it says."""
    before, articles = count_rows(), Article.objects.count()
    with answering("dry run"):
        answer = library.alice.post(IMPORT, {"file": SimpleUploadedFile(upload.name, upload.data)})
    require_unchanged(before, "a dry run writes")
    require(answer.status_code == 200, f"the dry run answers {answer.status_code}")
    if errors := answer.context["form"].errors:
        sentence = errors["file"][0]
        require_plain(sentence)
        require_no_crash(library.server.said, sentence)
        return Outcome("refused", sentence)
    for _number, _title, why in answer.context["faults"]:
        require_plain(why)
    if not answer.context["may_import"]:
        return Outcome("empty", "; ".join(why for *_row, why in answer.context["faults"]))
    with answering("import"):
        stored = library.alice.post(IMPORT, {"content": answer.context["content"]})
    said = [str(message) for message in get_messages(stored.wsgi_request)]
    number = int(re.findall(r"\d+", said[0])[0])
    require(number == answer.context["new"], "the import makes another number than the dry run", said[0])
    require(Article.objects.count() == articles + number, "the import makes another number than it says", said[0])
    return Outcome("imported", f"{number} articles")
