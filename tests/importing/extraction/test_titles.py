"""The title of a page is its own headline: without outlet, section or slogan, but whole where a dash or colon belongs to it."""

from cases import each
from newsreader.importing.extraction.metadata import Metadata
from newsreader.importing.extraction.page import parse_page
from newsreader.importing.extraction.titles import find_title

BOATS = "Boats are back in the harbour"
URL = "https://www.brevikpost.example/news/1"
# (title element, og:title, h1, JSON-LD headline, og:site_name) and the headline.
SITUATIONS = [
    # One bar or dash with the outlet behind it, known or not.
    ((f"{BOATS} | The Quay", "", "", "", "The Quay"), BOATS),
    ((f"{BOATS} | The Quay", "", "", "", ""), BOATS),
    ((f"{BOATS} - The Quay", "", "", "", ""), BOATS),
    ((f"{BOATS} – The Quay", "", "", "", ""), BOATS),
    ((f"{BOATS} — The Quay", "", "", "", "The Quay"), BOATS),
    ((f"{BOATS} · The Quay", "", "", "", ""), BOATS),
    ((f"{BOATS} » The Quay", "", "", "", ""), BOATS),
    ((f"{BOATS} :: The Quay", "", "", "", "The Quay"), BOATS),
    ((f"{BOATS} [Quay.example]", "", "", "", ""), BOATS),
    ((f"{BOATS} (The Quay)", "", "", "", "The Quay"), BOATS),
    ((f"{BOATS} - Quay.com", "", "", "", "The Quay"), BOATS),
    ((f"{BOATS} - quay.example", "", "", "", ""), BOATS),
    ((f"{BOATS} – Brevik Post", "", "", "", ""), BOATS),
    ((f"{BOATS} – brevikpost.example", "", "", "", ""), BOATS),
    (("Boats | The Quay", "", "", "", "The Quay"), "Boats"),
    (("Boats - Brevikpost", "", "", "", ""), "Boats"),
    # Sections, days and slogans.
    ((f"{BOATS} | News | The Quay", "", "", "", ""), BOATS),
    ((f"{BOATS} - Politik - Die Kaje", "", "", "", "Die Kaje"), BOATS),
    ((f"{BOATS} - 07.12.2026 - The Quay", "", "", "", ""), BOATS),
    ((f"{BOATS} | The Quay - News from the water", "", "", "", "The Quay"), BOATS),
    ((f"{BOATS} | The Quay | All that floats, every day of the week", "", "", "", "The Quay"), BOATS),
    ((f"Opinion | {BOATS} - The Quay", "", "", "", "The Quay"), BOATS),
    ((f"Sport – {BOATS}", "", "", "", ""), BOATS),
    ((f"{BOATS} | Wirtschaft", "", "", "", ""), BOATS),
    # The outlet stands before the headline.
    ((f"The Quay | {BOATS}", "", "", "", "The Quay"), BOATS),
    ((f"The Quay - {BOATS}", "", "", "", "The Quay"), BOATS),
    ((f"The Quay: {BOATS}", "", "", "", "The Quay"), BOATS),
    ((f"The Quay » Harbour » {BOATS}", "", BOATS, "", "The Quay"), BOATS),
    # og:title and JSON-LD with the outlet, too.
    (("", f"{BOATS} | The Quay", "", "", "The Quay"), BOATS),
    (("", f"{BOATS} - The Quay", "", "", "The Quay"), BOATS),
    (("", f"{BOATS} | Harbour Life", "", "", ""), BOATS),
    (("", "", "", f"{BOATS} - The Quay", "The Quay"), BOATS),
    ((f"{BOATS} | The Quay", f"{BOATS} | The Quay", f"{BOATS} | The Quay", "", "The Quay"), BOATS),
    ((f"{BOATS} - Aktuelles", f"{BOATS} | Die Kaje", "", "", "Die Kaje - Was die Küste bewegt"), BOATS),
    # The page's own heading counts, not the name of the outlet in large letters.
    ((f"{BOATS} | The Quay", BOATS, "The Quay", "", "The Quay"), BOATS),
    (("The Quay", BOATS, "The Quay", "", ""), BOATS),
    ((f"{BOATS} | The Quay", "", "The Quay", "", "The Quay"), BOATS),
    (("Why boats came back to the harbour | Q", "Why boats came back", BOATS, "", ""), BOATS),
    (("10 photos you must see | Q", "See them now", f"<article><h1>{BOATS}</h1></article>", "", ""), BOATS),
    ((f"{BOATS} | Q", BOATS, f"<span>Ferries</span> {BOATS}", "", ""), BOATS),
    (("", "", f"Ferries: {BOATS}", BOATS, ""), BOATS),
    (("Boats “are back” | Q", "Boats 'are back'", "Boats “are back”", "", ""), "Boats “are back”"),
    ((f"{BOATS} | Q", BOATS.upper(), BOATS, "", ""), BOATS),
    (("Latest", "", "<h2>Latest</h2>", BOATS, ""), BOATS),
    (("Home", BOATS, "", "", ""), BOATS),
    # What belongs to the headline stays.
    (("Boats are back — and the gulls know", "", "", "", "The Quay"), "Boats are back — and the gulls know"),
    (("Boats are back – but for how long?", "", "", "", "The Quay"), "Boats are back – but for how long?"),
    (("Boats are back in town - at last", "", "", "", ""), "Boats are back in town - at last"),
    (("Boats — in numbers | The Quay", "Boats — in numbers", "Boats — in numbers", "", ""), "Boats — in numbers"),
    (("Boats: a history - The Quay", "", "", "", ""), "Boats: a history"),
    (("Live: Boats are back | The Quay", "Live: Boats are back", "", "", ""), "Live: Boats are back"),
    (("Harbour master: “Boats are back” - The Quay", "", "", "", ""), "Harbour master: “Boats are back”"),
    (("Brevik–Skarholm ferry sails again | The Quay", "", "", "", ""), "Brevik–Skarholm ferry sails again"),
    (("How snake_case won over the harbour office", "", "", "", ""), "How snake_case won over the harbour office"),
    (("The Quay reopens – after ten years", "", "", "", "The Quay"), "The Quay reopens – after ten years"),
    (
        ("Die Boote kehren zurück – Brevik atmet auf", "", "", "", "Die Kaje"),
        "Die Boote kehren zurück – Brevik atmet auf",
    ),
    (("Ports : le retour des bateaux - Le Quai", "", "", "", "Le Quai"), "Ports : le retour des bateaux"),
    (("« C’est fini », dit le maire - Le Quai", "", "", "", "Le Quai"), "« C’est fini », dit le maire"),
    (("« Les bateaux » sont de retour", "", "", "", "Le Quai"), "« Les bateaux » sont de retour"),
    (("Boats, cranes & gulls: 3 - 2 = 1", "", "", "", ""), "Boats, cranes & gulls: 3 - 2 = 1"),
    (("Analysis: why the boats are back", "", "", "", "The Quay"), "Analysis: why the boats are back"),
    (
        ("Volvo Ocean Race – Stage Two", "Volvo Ocean Race – Stage Two", "", "", "Brevik Post"),
        "Volvo Ocean Race – Stage Two",
    ),
    (("Brevik: boats are back in the harbour", "", "", "", "Brevik Post"), "Brevik: boats are back in the harbour"),
    (("TV: why the boats are back", "", "", "", "The Quay"), "TV: why the boats are back"),
    # East Asian writing.
    (("港の猫、灯台守になる｜港新聞", "", "", "", ""), "港の猫、灯台守になる"),
    (("港の猫、灯台守になる - 港新聞", "", "", "", "港新聞"), "港の猫、灯台守になる"),
    (("港口的猫学会了敲钟_社会_海港网", "", "", "", ""), "港口的猫学会了敲钟"),
    (("港口的猫学会了敲钟-海港网", "", "", "", "海港网"), "港口的猫学会了敲钟"),
    (("港口的猫——一个故事_海港网", "", "", "", ""), "港口的猫——一个故事"),
    (("【速報】港の猫、鐘を鳴らす | 港新聞", "", "", "", ""), "【速報】港の猫、鐘を鳴らす"),
    (("항구의 고양이가 종을 울린다 | 항구일보", "", "", "", ""), "항구의 고양이가 종을 울린다"),
    (("Лодки вернулись в гавань — Гавань", "", "", "", "Гавань"), "Лодки вернулись в гавань"),
    # A headline on several lines.
    (("", "", "Boats are back<br>in the harbour", "", ""), BOATS),
    (("", "", "<span>Boats are back<br/></span>in the harbour", "", ""), BOATS),
    (("", "", "<div>Boats are back</div><div>in the harbour</div>", "", ""), BOATS),
    # Others that come in combinations.
    ((f"{BOATS} - Brevik - The Quay", BOATS, "", "", ""), BOATS),
    ((f"{BOATS} (video) | The Quay", f"{BOATS} (video)", "", "", ""), f"{BOATS} (video)"),
    (("The Quay", "The Quay", BOATS, "", "The Quay"), BOATS),
    ((f"{BOATS} / The Quay", "", "", "", "The Quay"), BOATS),
    (("AC / DC play on the pier | The Quay", "", "", "", ""), "AC / DC play on the pier"),
]


def build_page(title: str, og_title: str, heading: str, headline: str, site: str, language: str = "en") -> Metadata:
    shown = heading if heading.startswith(("<article", "<h2")) else f"<h1>{heading}</h1>" * bool(heading)
    head = f"<title>{title}</title>" * bool(title)
    for name, content in (("og:title", og_title), ("og:site_name", site)):
        head += f'<meta property="{name}" content="{content}">' * bool(content)
    data = f'{{"@type": "NewsArticle", "headline": "{headline}"}}'
    head += f'<script type="application/ld+json">{data}</script>' * bool(headline)
    return Metadata(parse_page(f'<html lang="{language}"><head>{head}</head><body>{shown}<p>.</p></body></html>'), URL)


@each(("situation", "headline"), SITUATIONS)
def test_the_title_is_the_headline_in_every_situation(situation, headline):
    assert find_title(build_page(*situation)) == headline


@each("unit", ["A | ", "Boats - ", "The Quay - ", "港_", "[(", "« "])
def test_a_title_of_endless_parts_is_read(unit):
    assert isinstance(find_title(build_page(unit * 100_000, "", "", "", "The Quay")), str)


def test_german_dashes_are_part_of_the_headline_unless_the_outlet_is_known():
    for tail in ("Ein Kommentar", "Neue Regeln"):
        assert find_title(build_page(f"Die Boote kehren zurück – {tail}", "", "", "", "", "de")).endswith(tail)
    assert (
        find_title(build_page("Die Boote kehren zurück – Die Kaje", "", "", "", "", "de")) == "Die Boote kehren zurück"
    )
