"""What an input calls a language: a code of two or three letters, a name, or nothing of use."""

from __future__ import annotations

import re
from functools import cache

# Two letters of ISO 639-1 (or what is used where there are none), then the codes of three letters,
# the older codes, and the names in English and in the language itself.
_NAMES = """
af afr afrikaans
am amh amharic አማርኛ
ar ara arb arabic العربية عربي
as asm assamese
az aze azj azerbaijani azeri azərbaycanca
be bel belarusian belarussian беларуская
bg bul bulgarian български
bn ben bengali bangla বাংলা
bo bod tib tibetan
br bre breton brezhoneg
bs bos bosnian bosanski
ca cat catalan valencian català
cs ces cze czech čeština česky
cy cym wel welsh cymraeg
da dan danish dansk
de deu ger german deutsch
el ell gre greek ελληνικά
en eng english
eo epo esperanto
es spa spanish castilian español espanol castellano
et est ekk estonian eesti
eu eus baq basque euskara
fa fas per pes farsi persian فارسی
fi fin finnish suomi
fr fra fre french français francais
ga gle irish gaeilge
gd gla gaelic
gl glg galician galego
gu guj gujarati ગુજરાતી
ha hau hausa
he heb iw hebrew עברית
hi hin hindi हिन्दी हिंदी
hr hrv scr croatian hrvatski
hu hun hungarian magyar
hy hye arm armenian հայերեն
id ind in indonesian bahasa
ig ibo igbo
is isl ice icelandic íslenska
it ita italian italiano
ja jpn japanese 日本語
jv jav javanese
ka kat geo georgian ქართული
kk kaz kazakh қазақша
km khm khmer
kn kan kannada ಕನ್ನಡ
ko kor korean 한국어
ku kur kmr ckb kurdish
ky kir kyrgyz
la lat latin
lb ltz luxembourgish
lg lug ganda
lo lao
lt lit lithuanian lietuvių
lv lav lvs latvian latviešu
mg mlg malagasy
mi mri mao maori
mk mkd mac macedonian македонски
ml mal malayalam മലയാളം
mn mon khk mongolian монгол
mr mar marathi मराठी
ms msa may zsm malay melayu
mt mlt maltese malti
my mya bur burmese
ne nep npi nepali नेपाली
nl nld dut dutch flemish nederlands
no nor nb nob nn nno norwegian bokmål bokmal nynorsk norsk
oc oci occitan
or ori ory odia oriya
pa pan punjabi panjabi ਪੰਜਾਬੀ
pl pol polish polski
ps pus pbt pashto پښتو
pt por portuguese português portugues
ro ron rum mo moldavian moldovan romanian română
ru rus russian русский
rw kin kinyarwanda
sd snd sindhi
si sin sinhala sinhalese
sk slk slo slovak slovenčina
sl slv slovenian slovene slovenščina
sn sna shona
so som somali soomaali
sq sqi alb als albanian shqip
sr srp scc serbian српски srpski
st sot sesotho sotho
sh hbs serbo-croatian serbocroatian
sv swe swedish svenska
sw swa swh swahili kiswahili
ta tam tamil தமிழ்
te tel telugu తెలుగు
tg tgk tajik
th tha thai ไทย
tk tuk turkmen
tl tgl fil tagalog filipino pilipino
tn tsn tswana
tr tur turkish türkçe turkce
ts tso tsonga
uk ukr ukrainian українська
ur urd urdu اردو
uz uzb uzn uzbek
vi vie vietnamese việt
xh xho xhosa
yi yid ji yiddish
yo yor yoruba
yue cantonese
zh zho chi cmn chinese mandarin 中文 汉语 漢語 简体中文 繁體中文
zu zul zulu
"""
# What stands where no language does. "nan" is a code too, of Southern Min, but hardly ever meant.
_NOTHING = """
und mis mul zxx nan na nil null none no-language unknown undefined undetermined undef unset auto any
all other others mixed multi multiple multilingual n/a ? - xx qaa
"""
_MARKERS = frozenset(_NOTHING.split())
# A second language beside the first: then the text itself has to tell.
_SEVERAL = re.compile(r"[,;/|&+]|\s(?:and|or|und|et|y|e|och)\s")
_QUALITY = re.compile(r";\s*q\s*=\s*[\d.]+")  # of HTTP's Accept-Language
# An encoding, a region in brackets, and what follows a code: "pt_BR.UTF-8", "English (India)".
_REST = re.compile(r"[.@(\[].*$|\blatin[ -]america\w*")
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_NAME = 4  # letters; shorter ones are codes, and stand at the beginning


@cache
def _codes() -> dict[str, str]:
    lines = [line.split() for line in _NAMES.strip().splitlines()]
    return {name: line[0] for line in lines for name in line}


def language_code(name: object) -> str:
    """Return the code of what an input says the language is.

    Parameters
    ----------
    name : object
        A code of ISO 639 with or without a region, or a name in English or in the language itself.

    Returns
    -------
    str
        The code of two letters where there is one, else of three; "" where nothing is named, more
        than one language is, or what is named is not known.

    Examples
    --------
    >>> [language_code(name) for name in ("English", "eng", "en-GB", "Deutsch", "nb_NO")]
    ['en', 'en', 'en', 'de', 'no']
    >>> [language_code(name) for name in ("und", "nan", "en,fr", "sv/en mixed", None)]
    ['', '', '', '', '']
    """
    return _code_of(name.casefold()) if isinstance(name, str) else ""


@cache
def _code_of(name: str) -> str:
    whole = _QUALITY.sub("", name).strip()
    if not whole or whole in _MARKERS:
        return ""
    if whole in _codes():
        return _codes()[whole]
    parts = [part for part in _SEVERAL.split(whole) if part.strip()]
    codes = {_single(part) for part in parts}
    return codes.pop() if len(codes) == 1 else ""


def _single(name: str) -> str:
    """The code of one name, with what describes it more closely left out."""
    words = _WORD.findall(_REST.sub("", name))
    names = [word for word in words if len(word) >= _LEAST_NAME and word in _codes()]
    if names:
        return _codes()[names[-1]]
    first = words[0] if words else ""
    return "" if first in _MARKERS else _codes().get(first, "")
