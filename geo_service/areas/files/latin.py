"""Korean names in Latin letters, as road signs write them: 수완동 is Suwan-dong.

Source: 국어의 로마자 표기법 (문화체육관광부고시 제2014-42호). Sounds that meet within a name change
each other (종로 is Jongno); what names end with, -dong or -gu, changes nothing (북동 is Buk-dong).
"""

import re

_FIRST = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
          "p", "h")  # fmt: skip
_VOWELS = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
           "we", "wi", "yu", "eu", "ui", "i")  # fmt: skip
_LAST = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p",
         "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t")  # fmt: skip
"""How the first, middle and last sounds of a syllable are written, in the order of Unicode."""

_CARRIED = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅅ": "s", "ㅈ": "j", "ㅊ": "ch", "ㄹ": "r"}
"""A last sound that goes over to a syllable which begins with none."""

_LAST_LETTERS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

_MEETING = {
    ("k", "n"): "ngn", ("k", "m"): "ngm", ("k", "r"): "ngn",
    ("t", "n"): "nn", ("t", "m"): "nm", ("t", "r"): "nn",
    ("p", "n"): "mn", ("p", "m"): "mm", ("p", "r"): "mn",
    ("n", "r"): "ll", ("l", "n"): "ll", ("l", "r"): "ll",
    ("m", "r"): "mn", ("ng", "r"): "ngn",
}  # fmt: skip
"""What becomes of a last sound and the first of the next syllable."""

_ENDING = re.compile(r"(?<=.)(특별자치시|특별자치도|특별시|광역시|시|도|군|구|읍|면|리|동|가)$")


def in_latin(name: str) -> str:
    """A name in small Latin letters, `suwandong`; what is no Hangul stays as it is."""
    return " ".join(
        "".join(map(_sounds, _ENDING.sub(r"|\1", word).split("|"))) for word in name.split()
    )


def _sounds(word: str) -> str:
    """One word, or one ending of a word."""
    written, last, letter = "", "", "\0"
    for sign in word:
        code = ord(sign) - ord("가")
        if not 0 <= code < 11_172:
            written, last, letter = written + last + sign, "", "\0"
            continue
        first, vowel = _FIRST[code // 588], _VOWELS[code // 28 % 21]
        if first == "" and letter in _CARRIED:
            written += _CARRIED[letter]
        else:
            written += _MEETING.get((last, first), last + first)
        written += vowel
        last, letter = _LAST[code % 28], _LAST_LETTERS[code % 28]
    return written + last
