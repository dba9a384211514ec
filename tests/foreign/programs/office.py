"""What openpyxl and python-docx read in our spreadsheet and our document."""

import sys
from pathlib import Path

import docx
import openpyxl
from answers import write

folder = Path(sys.argv[1])
workbook = openpyxl.load_workbook(folder / "study.xlsx")
head, *rows = workbook.worksheets[0].iter_rows(values_only=True)
columns = {name: [row[at] or "" for row in rows] for at, name in enumerate(head)}
codebook = [row[0] for row in workbook.worksheets[1].iter_rows(min_row=2, values_only=True)]
document = docx.Document(folder / "study.docx")
paragraphs = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
write(
    openpyxl={"words": columns["quote"], "tags": columns["tags"], "notes": columns["note"], "codebook": codebook},
    docx={
        "words": [text for style, text in paragraphs if style == "Quote"],
        "text": "\n".join(text for _, text in paragraphs),
    },
)
