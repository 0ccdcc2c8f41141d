"""Is the text English? A text is refused only on clear evidence that it is in another language.

First the cheap test: a fifth of the words of any English prose are function words that hardly exist elsewhere (the, and, that, with, from).
Only a text that has few of them is shown to the language model (py3langid, whose one door this is), slice by slice and in lower case, since
capitals mislead it. Texts too short to tell pass: reading a foreign line badly does less harm than refusing an English one.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from sayso.document import Document
from sayso.errors import UnsupportedLanguage

MIN_WORDS = 20  # of Latin script; below, headlines and lists of names are taken for anything
MIN_LETTERS = 12  # of another script, which is evidence by itself
ENGLISH_SHARE = 0.07  # of distinctive function words; the lowest of 1,400 English news articles has 0.08, other languages next to none
CLEAR = 0.85  # probability that counts as clear for a text in Latin script; another script is clear by itself
SLICES, SLICE = 9, 1200  # characters; a text is judged by slices spread evenly over it

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_ADDRESS = re.compile(r"\S*(?:https?:|www\.|@)\S*")
_ENGLISH = {
    "the", "and", "that", "with", "from", "his", "their", "they", "has", "have", "been", "were", "which", "would", "could", "should",
    "this", "but", "not", "who", "said", "its", "she", "you", "there", "when", "where", "after", "before", "about", "into", "than",
    "other", "some", "because", "while", "against", "between", "during", "these", "those", "such", "through", "whose", "did", "does",
}  # fmt: skip
_NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "eo": "Esperanto",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gl": "Galician", "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "km": "Khmer", "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lb": "Luxembourgish", "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay",
    "mt": "Maltese", "my": "Burmese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian (Nynorsk)", "no": "Norwegian",
    "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala",
    "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "ti": "Tigrinya", "tl": "Tagalog", "tr": "Turkish", "ug": "Uyghur",
    "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "xh": "Xhosa", "yi": "Yiddish", "yo": "Yoruba", "zh": "Chinese",
    "zu": "Zulu",
}  # fmt: skip


def refuse_foreign(document: Document) -> None:
    """Refuse a document whose text is clearly not in English.

    Raises:
        UnsupportedLanguage: names the language found.

    """
    code = foreign_language(document.text)
    if code is not None:
        name = _NAMES.get(code)
        raise UnsupportedLanguage(
            f"the text is in {f'{name} ({code})' if name else f'the language “{code}”'}; only English is read: give an English text"
        )


def foreign_language(text: str) -> str | None:
    """The code of the language of a text that is clearly not English; None for English and for what cannot be told."""
    slices = [_ADDRESS.sub(" ", piece).lower() for piece in _slices(text)]
    sample = " ".join(slices)
    found = _WORD.findall(sample)
    if not found or sum(word in _ENGLISH for word in found) >= ENGLISH_SHARE * len(found):
        return None
    letters = sum(map(len, found))
    other = letters - len(_LATIN.findall(sample))
    foreign_script = other >= MIN_LETTERS and other > letters / 2
    if len(found) < MIN_WORDS and not foreign_script:
        return None
    votes: Counter[str] = Counter()
    for piece in slices:
        code, probability = _identifier().classify(piece)
        votes[code if foreign_script or probability >= CLEAR else ""] += len(piece)
    code, weight = votes.most_common(1)[0]
    return code if code not in ("", "en") and (foreign_script or 2 * weight > votes.total()) else None


def _slices(text: str) -> list[str]:
    """At most `SLICES` pieces, the whole of a short text."""
    if len(text) <= SLICES * SLICE:
        return [text[at : at + SLICE] for at in range(0, len(text), SLICE)]
    step = (len(text) - SLICE) // (SLICES - 1)
    return [text[at : at + SLICE] for at in range(0, SLICES * step, step)]


@cache
def _identifier() -> Any:
    # Loading takes a second; English texts never come here.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
