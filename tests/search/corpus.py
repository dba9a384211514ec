"""A small library in many languages, and what each query has to find in it: thought out, not taken from a run."""

from datetime import UTC, datetime

from newsreader.models import Article
from texts import extracted

ARTICLES = {  # key: (title, source, byline, language, day, text)
    "cranes": ("Cranes rise again in Brevik", "The Quay", "Ida Moe", "en", "2026-11-18",
               "<p>Two cranes fell in the storm. The mayor promised to rebuild them.</p><p>Nobody was hurt, officials said.</p>"),
    "strike": ("Pilots strike over pay", "Baltic Signal", "Jan Kowalski", "en", "2026-11-03",
               "<p>Harbour pilots went on strike. Ferries waited; the mayor asked for talks.</p><p>Don’t expect ships.</p>"),
    "ferry": ("A ferry at last", "The Quay", "Ida Moe and Jan Kowalski", "en-GB", "2025-12-31",
              "<p>The ferry runs again. It carries 1,200 people and 30 cars.</p>"),
    "who pays": ("Who pays", "Harbour Ledger", "", "en", "2026-11-18",
                 "<p>Crane costs are in dispute.</p><p>Storm cover ends in May.</p>"),
    "notes": ("Notes", "Baltic Signal", "", "", "2026-01-01",
              "<p>cranes cranes cranes. E-mail to U.S. offices, 3.5 million, naïve café, soft\u00adhyphen, ﬁne ＡＢＣ１２.</p>"),
    "french": ("Le train de nuit revient", "Le Courrier", "Zoé Lefèvre", "fr", "2026-10-05",
               "<p>Les élections approchent; l’œuvre du maire reste inachevée. La grève a duré trois jours.</p>"),
    "german": ("Der Hafen öffnet wieder", "Hafenbote", "Jürgen Groß", "de", "2026-09-01",
               "<p>Die Häuser an der Straße sind leer. Der Bürgermeister lobt die Kräne.</p>"),
    "spanish": ("El puerto reabre", "El Muelle", "María Núñez", "es", "2026-11-19",
                "<p>El alcalde prometió reconstruir las grúas. ¿Cuándo? Mañana.</p>"),
    "chinese": ("港口重新开放", "东方日报", "李明", "zh", "2026-11-10",
                "<p>港口在风暴之后重新开放。市长说，两台起重机倒塌。</p>"),
    "japanese": ("港が再開した", "港湾新聞", "山田花子", "ja", "2026-11-11",
                 "<p>東京湾の港が再開した。クレーンが二台倒れた。市長は再建を約束した。</p>"),
    "arabic": ("الميناء يفتح أبوابه", "صحيفة الميناء", "أحمد علي", "ar", "2026-11-12",
               "<p>أُعيد فتح المينـــاء بعد العاصفة. قال المسؤولون إن الانتخابات قريبة، عام ٢٠٢٦.</p>"),
    "russian": ("Порт снова открыт", "Вестник", "Пётр Ёлкин", "ru", "2026-08-15",
                "<p>После шторма порт открыли. Мэр обещал восстановить краны. Ещё не всё готово.</p>"),
    "turkish": ("İstanbul limanı açıldı", "Liman", "Ayşe Yılmaz", "tr", "2024-05-01",
                "<p>Fırtınadan sonra liman yeniden açıldı. Işıklar yandı.</p>"),
    "polish": ("Łódź czeka", "Gazeta", "Jan Kowalski", "pl", "2023-01-01",
               "<p>Miasto Łódź czeka na pociąg. Dźwig stoi.</p>"),
    "korean": ("항구가 다시 열렸다", "항구신문", "", "ko", "2026-07-07", "<p>폭풍 뒤에 항구가 열렸다. 시장은 약속했다.</p>"),
    "thai": ("ท่าเรือเปิดอีกครั้ง", "ข่าวท่าเรือ", "", "th", "2026-06-06", "<p>ท่าเรือเปิดแล้วหลังพายุ</p>"),
}  # fmt: skip
STANDFIRSTS = {"who pays": "Insurers and the port disagree"}
NEW = "strike, cranes, who pays, spanish, chinese, japanese, arabic"
FOUND = {  # query: the articles it finds
    # words, and their stems in the article's language
    "cranes": "cranes, who pays, notes", "crane": "cranes, who pays", "CRANES": "cranes, who pays, notes",
    "mayor": "cranes, strike", "ferry": "strike, ferry", "official": "cranes", "promising": "cranes", "zzzz": "",
    "mayor strike": "strike", "moe brevik": "cranes", "quay ferry": "ferry", "insurers storm": "who pays", "ELECTION": "french",
    # beginnings and phrases: no stems
    "crane*": "cranes, who pays, notes", "rebuil*": "cranes", "ferr*": "strike, ferry", '"cranes"': "cranes, notes",
    '"ferry"': "ferry", '"the mayor asked"': "strike", '"asked the mayor"': "", '"costs are"': "who pays",
    '"brevik two"': "", '"disagree crane"': "", '"dispute storm"': "who pays", '"cranes cranes cranes"': "notes",
    "“the ferry runs”": "ferry", '"Brevik The Quay"': "", '"two cranes fell in"': "cranes", '"cranes cranes storm"': "",
    # not, or, parentheses
    "mayor -strike": "cranes", "mayor NOT strike": "cranes", "mayor OR ferry": "cranes, strike, ferry", "mayor | zzzz": "cranes, strike",
    "(mayor OR insurers) storm": "cranes, who pays", "mayor storm OR ferry": "cranes, strike, ferry",
    "-(mayor OR cranes) lang:en": "ferry", 'storm -"storm cover"': "cranes", '"mayor promised" OR "mayor asked"': "cranes, strike",
    "mayor -(strike pilots)": "cranes", "mayor AND storm": "cranes", "-lang:en -after:2026": "polish, turkish",
    # signs within words
    "don't": "strike", "e-mail": "notes", "email": "", "3.5": "notes", "1,200": "ferry", "u.s.": "notes", "softhyphen": "notes",
    "naive cafe": "notes", "fine abc12": "notes",
    # accents and letters
    "elections": "french", "élection": "french", "oeuvre": "french", "greve": "french", "lefevre": "french", "strasse": "german",
    "Haus": "german", "krane": "german", "gross": "german", "nunez manana": "spanish", "lodz": "polish", "dzwig": "polish",
    "istanbul": "turkish", "isiklar": "turkish", "петр": "russian", "еще": "russian", "порта": "russian",
    # scripts without spaces: any piece of a text
    "港口": "chinese", "港": "chinese, japanese", "重机": "chinese", "机重": "", "起重机 港口": "chinese", "東京": "japanese",
    "クレーン": "japanese", "ｸﾚｰﾝ": "japanese", "レーン -東京": "", "市長": "japanese", "港*": "chinese, japanese", "李明": "chinese",
    "กครั้ง": "thai", "ท่าเรือ": "thai", "항구가": "korean", "항구*": "korean",
    # Arabic, with and without its points, stretched or not
    "الميناء": "arabic", "اعيد": "arabic", "احمد": "arabic", "2026": "arabic", "عاصفة": "arabic",
    # fields
    "source:quay": "cranes, ferry", 'source:"The Quay"': "cranes, ferry", "source:the-quay": "cranes, ferry", 'source:"quay the"': "",
    "source:harb*": "who pays", "source:cranes": "", "author:kowalski": "strike, ferry, polish",
    'author:"ida moe" -author:kowalski': "cranes",
    "author:李明": "chinese", "lang:en": "cranes, strike, ferry, who pays", "lang:en-gb": "ferry", "lang:ZH": "chinese",
    "after:2026-11": NEW, "before:2025": "turkish, polish", "after:2025 before:2026": "ferry",
    "after:2026-11-18 lang:en": "cranes, who pays", "-lang:en after:2026-11": "spanish, chinese, japanese, arabic",
    "strike OR source:muelle": "strike, spanish", "strike OR lang:zh": "strike, chinese", "before:2026-11-04 after:2026-11-03": "strike",
    "(strike OR lang:zh) -after:2026-11-04": "strike", '-"the mayor" lang:en': "ferry, who pays",
}  # fmt: skip


def stored() -> dict[str, Article]:
    """The library, by its keys."""
    return {key: article(key, *fields) for key, fields in ARTICLES.items()}


def article(key: str, title: str, source: str, byline: str, language: str, day: str, page: str) -> Article:
    when = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    facts = {"title": title, "site": source, "byline": byline, "language": language, "published": when}
    return Article.objects.store(extracted(page, standfirst=STANDFIRSTS.get(key, ""), **facts)).article
