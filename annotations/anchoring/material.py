"""Which changes of words matter at once: a figure, a name, a negation."""

from collections import Counter

from newsreader.text.diff.tokens import list_tokens

NEGATIONS = set(
    "no not never none nor neither nobody nothing nowhere without cannot "  # English
    "nicht kein keine keinen keinem keiner nie niemals nichts niemand ohne weder "  # German
    "ne n pas jamais rien aucun aucune sans ni "  # French
    "nunca jamás nada nadie ningún ninguno ninguna sin tampoco "  # Spanish
    "não nem nenhum nenhuma ninguém sem jamais "  # Portuguese
    "non mai niente nessun nessuno nessuna senza né "  # Italian
    "niet geen nooit niets niemand zonder noch "  # Dutch
    "inte ej ingen inget inga aldrig utan ikke ikkje ingenting aldri uten uden "  # Swedish, Norwegian, Danish
    "nie nigdy żaden żadna bez ani není nejsou nikdy žádný žádná žádné nebyl nebyla nebylo nebude nemá nelze "  # Polish, Czech
    "не нет ни никогда без нельзя ні немає "  # Russian, Ukrainian
    "لا لم لن ليس ليست بدون غير לא אין בלי אף "  # Arabic, Hebrew
    "değil yok hiç 不 没 沒 無 无 非 未 否 勿 別 别 ず ぬ".split()  # Turkish, Chinese, Japanese
)
SPELT_OUT = ["ない", "ません", "なかった", "ไม่"]  # of scripts in which each character is a word of its own here


VERBS = set("is are was were do does did has have had ca could wo would should might must need".split())  # before n’t
LONG = 5_000  # code points: where so much changed, something did that matters
PREFIXES = "un dis in im non ne nie".split()


def is_material(before: str, after: str) -> bool:
    """Whether a word with a digit, a capitalised word or a negation is in the one and not in the other."""
    if max(len(before), len(after)) > LONG:
        return True
    olds, news = Counter(list_tokens(before)), Counter(list_tokens(after))
    lost, gained = set(olds - news), set(news - olds)
    if any(map(weighs, lost | gained)) or is_turned(lost, gained) or is_turned(gained, lost):
        return True
    return any(before.count(negation) != after.count(negation) for negation in SPELT_OUT)


def weighs(word: str) -> bool:
    return any(map(str.isdigit, word)) or word[0].isupper() or is_negation(word.lower())


def is_negation(word: str) -> bool:
    return word in NEGATIONS or (word.endswith("nt") and word[:-2] in VERBS)


def is_turned(words: set[str], others: set[str]) -> bool:
    """Whether one of the words has become its contrary, such as likely and unlikely."""
    return any(prefix + word in others for prefix in PREFIXES for word in words)
