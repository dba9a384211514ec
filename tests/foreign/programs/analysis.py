"""What pyrefiqda reads in our project: the words between the positions; and the project as it writes it."""

import sys
import tempfile
from pathlib import Path

from answers import write
from pyrefiqda import RefiProject

folder = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as unpacked:
    project = RefiProject.load(folder / "study.qdpx", unpacked)
    words, notes, coded = [], [], []
    names = {}
    waiting = list(project.code_book.codes.code)
    while waiting:
        code = waiting.pop()
        names[code.guid] = code.name
        waiting += code.code
    for source in project.sources.text_source:
        text = RefiProject.resolve_source_path(source.plain_text_path, unpacked).read_bytes().decode("utf-8")
        for selection in source.plain_text_selection:
            words.append(text[selection.start_position : selection.end_position])
            notes.append(selection.description or "")
            coded.append(sorted(names[coding.code_ref.target_guid] for coding in selection.coding))
    RefiProject.save(project, folder / "pyrefiqda.qdpx", Path(unpacked) / "sources")
write(
    words=words,
    notes=notes,
    tags=coded,
    codebook=list(names.values()),
    users=[user.name for user in project.users.user],
)
