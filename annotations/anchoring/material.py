"""Which changes of words are material: those that touch a figure, a name or a negation."""

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
# Of scripts in which each character is a word of its own for `words_in`.
UNSPACED_NEGATIONS = ["ない", "ません", "なかった", "ไม่"]
CONTRACTED_VERBS = set(
    "is are was were do does did has have had ca could wo would should might must need".split()
)  # before n’t
MAX_CHANGE_LENGTH = 5_000  # code points: where so much changed, something did that matters
CONTRARY_PREFIXES = "un dis in im non ne nie".split()


def is_material(before: str, after: str) -> bool:
    """Return whether a word with a digit, a capitalised word or a negation is in only one of the two."""
    if max(len(before), len(after)) > MAX_CHANGE_LENGTH:
        return True
    old_words, new_words = Counter(list_tokens(before)), Counter(list_tokens(after))
    lost, gained = set(old_words - new_words), set(new_words - old_words)
    if any(map(is_significant_word, lost | gained)) or has_contrary(lost, gained) or has_contrary(gained, lost):
        return True
    return any(before.count(negation) != after.count(negation) for negation in UNSPACED_NEGATIONS)


def is_significant_word(word: str) -> bool:
    """Return whether the word has a digit or a capital, or is a negation."""
    return any(map(str.isdigit, word)) or word[0].isupper() or is_negation(word.lower())


def is_negation(word: str) -> bool:
    """Return whether the lower-case word is a negation, such as “never” or “isn’t” (without its apostrophe)."""
    return word in NEGATIONS or (word.endswith("nt") and word[:-2] in CONTRACTED_VERBS)


def has_contrary(words: set[str], others: set[str]) -> bool:
    """Return whether one of the words has its contrary among the others, as likely has unlikely."""
    return any(prefix + word in others for prefix in CONTRARY_PREFIXES for word in words)
