# ruff: noqa: E501 - sentences
"""The language of an article: what the input calls it, and what its words show."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import samestory as ss
from samestory import _core
from samestory.articles.language_names import language_code
from samestory.articles.languages import batch_of, family, identify, languages_of, load_table
from samestory.stories.language_groups import settled_languages

# Two invented sentences each: one of the length of a headline, one of a paragraph's first line.
SENTENCES = {
    "en": ("Harbour of Vellmoor reopens after the storm", "The first ferries left on Thursday, the harbour master said, but two cranes will stay closed for weeks."),
    "de": ("Hafen von Vellmoor nach dem Sturm wieder geöffnet", "Die ersten Fähren legten am Donnerstag ab, sagte der Hafenmeister, doch zwei Kräne bleiben gesperrt."),
    "fr": ("Le port de Vellmoor rouvre après la tempête", "Les premiers bateaux sont partis jeudi, a dit la capitainerie, mais deux grues restent fermées."),
    "es": ("El puerto de Vellmoor reabre tras la tormenta", "Los primeros barcos salieron el jueves, dijo el capitán del puerto, pero dos grúas siguen cerradas."),
    "pt": ("Porto de Vellmoor reabre depois da tempestade", "Os primeiros barcos partiram na quinta-feira, disse a capitania, mas dois guindastes continuam fechados."),
    "it": ("Il porto di Vellmoor riapre dopo la tempesta", "I primi traghetti sono partiti giovedì, ha detto il comandante, ma due gru restano chiuse."),
    "nl": ("Haven van Vellmoor gaat na de storm weer open", "De eerste veerboten vertrokken donderdag, zei de havenmeester, maar twee kranen blijven gesloten."),
    "sv": ("Hamnen i Vellmoor öppnar igen efter stormen", "De första färjorna lade ut på torsdagen, sade hamnkaptenen, men två kranar är fortfarande stängda."),
    "da": ("Havnen i Vellmoor åbner igen efter uvejret", "De første færger sejlede torsdag, siger havnefogeden, men to kraner er fortsat lukket og bliver det i flere uger."),
    "no": ("Havna i Vellmoor åpner igjen etter uværet", "De første fergene gikk torsdag, sier havnesjefen, men to kraner er fremdeles stengt og blir det i flere uker."),
    "fi": ("Vellmoorin satama avautuu jälleen myrskyn jälkeen", "Ensimmäiset lautat lähtivät torstaina, satamakapteeni sanoi, mutta kaksi nosturia pysyy suljettuna."),
    "et": ("Vellmoori sadam avati pärast tormi uuesti", "Esimesed praamid väljusid neljapäeval, ütles sadamakapten, kuid kaks kraanat jäävad suletuks."),
    "lv": ("Vellmoras osta pēc vētras atkal atvērta", "Pirmie prāmji devās ceļā ceturtdien, sacīja ostas kapteinis, bet divi celtņi paliks slēgti."),
    "lt": ("Velmoro uostas po audros vėl atidarytas", "Pirmieji keltai išplaukė ketvirtadienį, sakė uosto kapitonas, tačiau du kranai liks uždaryti."),
    "pl": ("Port w Vellmoor znów otwarty po burzy", "Pierwsze promy wypłynęły w czwartek, powiedział kapitan portu, ale dwa dźwigi pozostaną zamknięte."),
    "cs": ("Přístav Vellmoor je po bouři znovu otevřen", "První trajekty vypluly ve čtvrtek, řekl kapitán přístavu, ale dva jeřáby zůstanou zavřené."),
    "sk": ("Prístav Vellmoor je po búrke opäť otvorený", "Prvé trajekty vyplávali vo štvrtok, povedal kapitán prístavu, ale dva žeriavy zostanú zatvorené."),
    "sl": ("Pristanišče Vellmoor po neurju spet odprto", "Prvi trajekti so izpluli v četrtek, je povedal kapitan pristanišča, a dva žerjava ostajata zaprta."),
    "hr": ("Luka Vellmoor ponovno otvorena nakon oluje", "Prvi trajekti isplovili su u četvrtak, rekao je lučki kapetan, ali dvije dizalice ostaju zatvorene."),
    "hu": ("Újra megnyílt Vellmoor kikötője a vihar után", "Az első kompok csütörtökön indultak el, mondta a kikötőmester, de két daru zárva marad."),
    "ro": ("Portul Vellmoor se redeschide după furtună", "Primele feriboturi au plecat joi, a spus căpitanul portului, dar două macarale rămân închise."),
    "tr": ("Vellmoor limanı fırtınanın ardından yeniden açıldı", "İlk feribotlar perşembe günü hareket etti, liman başkanı iki vincin kapalı kalacağını söyledi."),
    "ca": ("El port de Vellmoor torna a obrir després de la tempesta", "Els primers vaixells van sortir dijous, va dir el capità del port, però dues grues continuen tancades."),
    "id": ("Pelabuhan Vellmoor dibuka kembali setelah badai", "Kapal feri pertama berangkat pada hari Kamis, kata kepala pelabuhan, tetapi dua derek tetap ditutup."),
    "vi": ("Cảng Vellmoor mở cửa trở lại sau cơn bão", "Những chuyến phà đầu tiên rời bến hôm thứ Năm, nhưng hai cần cẩu vẫn bị đóng cửa."),
    "sw": ("Bandari ya Vellmoor yafunguliwa tena baada ya dhoruba", "Vivuko vya kwanza viliondoka siku ya Alhamisi, alisema mkuu wa bandari, lakini kreni mbili bado zimefungwa."),
    "ru": ("Порт Веллмур снова открыт после шторма", "Первые паромы вышли в четверг, сообщил начальник порта, но два крана остаются закрытыми."),
    "uk": ("Порт Веллмур знову відкрито після шторму", "Перші пороми вийшли в четвер, повідомив начальник порту, але два крани залишаються зачиненими."),
    "bg": ("Пристанището във Велмур отново отваря след бурята", "Първите фериботи тръгнаха в четвъртък, каза капитанът на пристанището, но два крана остават затворени."),
    "sr": ("Лука Велмур поново отворена после олује", "Први трајекти испловили су у четвртак, рекао је лучки капетан, али две дизалице остају затворене."),
    "el": ("Το λιμάνι άνοιξε ξανά μετά την καταιγίδα", "Τα πρώτα πλοία αναχώρησαν την Πέμπτη, είπε ο λιμενάρχης, αλλά δύο γερανοί μένουν κλειστοί."),
    "he": ("הנמל נפתח מחדש אחרי הסערה", "המעבורות הראשונות יצאו ביום חמישי, אמר מנהל הנמל, אבל שני מנופים נשארו סגורים."),
    "ar": ("إعادة فتح الميناء بعد العاصفة", "غادرت العبارات الأولى يوم الخميس، قال مدير الميناء، لكن رافعتين ستبقيان مغلقتين."),
    "fa": ("بندر پس از طوفان دوباره باز شد", "نخستین کشتی‌ها روز پنجشنبه حرکت کردند، رئیس بندر گفت، اما دو جرثقیل بسته می‌ماند."),
    "ur": ("طوفان کے بعد بندرگاہ دوبارہ کھول دی گئی", "بندرگاہ کے سربراہ نے کہا کہ پہلی کشتیاں جمعرات کو روانہ ہوئیں لیکن دو کرینیں بند رہیں گی۔"),
    "hi": ("तूफान के बाद बंदरगाह फिर से खुला", "बंदरगाह के प्रमुख ने कहा कि पहली नावें गुरुवार को रवाना हुईं, लेकिन दो क्रेन बंद रहेंगी।"),
    "th": ("ท่าเรือเปิดอีกครั้งหลังพายุ", "เรือเฟอร์รี่ลำแรกออกเดินทางในวันพฤหัสบดี"),
    "ja": ("嵐の後に港が再開した", "最初の船は木曜日に出港したと港の責任者が語った。"),
    "ko": ("폭풍이 지나간 뒤 항구가 다시 열렸다", "첫 배는 목요일에 떠났다고 항만장이 말했다."),
    "zh": ("暴风雨过后港口重新开放", "港务局长说，第一批渡轮已于星期四启航。"),
}  # fmt: skip


def test_paragraphs_in_forty_languages_tell_theirs():
    codes = list(SENTENCES)
    found, leads = identify(batch_of([" ".join(SENTENCES[code]) for code in codes]), 2)
    assert [family(code) for code in found] == [family(code) for code in codes]
    assert leads.min() > 6.0


def test_headlines_tell_their_language_or_that_they_do_not():
    codes = list(SENTENCES)
    found = languages_of([""] * len(codes), [SENTENCES[code][0] for code in codes])
    is_right = [family(a) == family(b) for a, b in zip(found.codes, codes, strict=True)]
    assert np.mean(is_right) >= 0.95
    assert np.array(is_right)[found.is_sure].all()
    assert found.is_sure.mean() > 0.8


def test_the_same_on_any_number_of_threads_and_in_any_encoding():
    texts = [sentence for pair in SENTENCES.values() for sentence in pair] * 20
    one, four = identify(batch_of(texts), 1), identify(batch_of(texts), 4)
    assert one[0] == four[0]
    assert np.array_equal(one[1], four[1])
    batch = _core.DocumentBatch()
    batch.fill(iter([text.encode() for text in texts]), 1 << 40, True)
    number, _ = load_table().identifier.identify(batch, 2)
    short = [len(text.encode()) <= 512 for text in texts]
    codes = [load_table().codes[i] for i in number.tolist()]
    assert [c for c, s in zip(codes, short, strict=True) if s] == [
        c for c, s in zip(one[0], short, strict=True) if s
    ]


def test_scores_are_those_of_a_plain_loop():
    """The trigrams of each word, added up from the file itself."""
    from importlib.resources import files

    with (files("samestory") / "data" / "languages.npz").open("rb") as file:
        table = dict(np.load(file, allow_pickle=False))
    keys = np.cumsum(table["steps"], dtype=np.uint64).tolist()
    ends = np.cumsum(table["counts"], dtype=np.int64).tolist()
    told = dict(zip(keys, zip([0, *ends], ends, strict=False), strict=True))
    for text in (SENTENCES["sv"][0], SENTENCES["ru"][1]):
        sums = -table["handicaps"].astype(int)
        for word in "".join(c if c.isalpha() else " " for c in text.lower()).split():
            padded = f" {word} "
            for a, b, c in zip(padded, padded[1:], padded[2:], strict=False):
                begin, end = told.get(ord(a) << 42 | ord(b) << 21 | ord(c), (0, 0))
                for language, weight in zip(
                    table["languages"][begin:end], table["weights"][begin:end], strict=True
                ):
                    sums[language] += weight
        best = int(sums.argmax())
        others = sums[table["families"] != table["families"][best]]
        (code,), (lead,) = identify(batch_of([text]), 1)
        assert code == table["codes"][best]
        assert lead == pytest.approx((sums[best] - others.max()) / table["unit"])


def test_texts_without_letters_tell_nothing():
    assert identify(batch_of(["", "2024 - 17:30", "!?"]), 1)[0] == ["", "", ""]


def test_long_texts_are_told_by_more_than_their_beginning():
    text = "Skip to content. Sign in. Subscribe now. " + 40 * (SENTENCES["cs"][1] + " ")
    assert identify(batch_of([text]), 1)[0] == ["cs"]


def test_broken_tables_are_refused():
    one = np.ones(1, np.uint64)
    with pytest.raises(ValueError, match="offsets"):
        _core.LanguageIdentifier(one, [0], [], [], [0], [], [0])
    with pytest.raises(ValueError, match="one of the languages"):
        _core.LanguageIdentifier(one, [0, 1], [7], [1], [0], [], [0])


# -- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["en", "EN", "eng", "English", " english ", "en-GB", "en_US.UTF-8",
    "English (India)", "British English", "en-US,en;q=0.9", "English, English"])  # fmt: skip
def test_names_of_english(name):
    assert language_code(name) == "en"


@pytest.mark.parametrize(("name", "code"), [
    ("de", "de"), ("de-AT", "de"), ("German", "de"), ("ger", "de"), ("deu", "de"),
    ("Deutsch", "de"), ("Français", "fr"), ("zh-Hans-CN", "zh"), ("cmn", "zh"), ("nb", "no"),
    ("nn-NO", "no"), ("iw", "he"), ("et-EE", "et"), ("Latin American Spanish", "es"),
    ("Brazilian Portuguese", "pt"), ("中文", "zh"), ("Русский", "ru"), ("fil", "tl"),
])  # fmt: skip
def test_names_of_other_languages(name, code):
    assert language_code(name) == code


@pytest.mark.parametrize("name", ["", "und", "nan", "NaN", "None", "unknown", "N/A", "mul", "en,fr",
    "sv/en mixed", "English and French", "xx", "-", "klingon", None, float("nan"), 7])  # fmt: skip
def test_names_of_nothing(name):
    assert language_code(name) == ""


@given(st.text(max_size=30))
def test_any_text_is_taken_for_a_name(name):
    code = language_code(name)
    assert code == "" or (code.isascii() and code.islower() and len(code) in (2, 3))
    assert language_code(code) == code
    assert language_code(f" {name} ") == code or name != name.strip()


@given(st.sampled_from(["en", "de", "pt", "zh"]), st.from_regex(r"[-_][A-Z]{2}", fullmatch=True))
def test_regions_change_nothing(code, region):
    assert language_code(code + region) == code == language_code((code + region).upper())


# -- stories -----------------------------------------------------------------------------------

A = "Der Hafen von Vellmoor ist nach dem Sturm wieder geöffnet. Die ersten Fähren legten am Donnerstag ab, sagte der Hafenmeister."
B = "Nach dem Sturm öffnet der Hafen von Vellmoor wieder. Am Donnerstag legten die ersten Fähren ab, so der Hafenmeister."
C = "Die Bibliothek in Tarn verleiht ab Montag Saatgut für Gemüse. Wer Samen leiht, soll im Herbst neue Samen zurückbringen."


@pytest.mark.parametrize("name", ["de", "de-AT", "German", "ger", "deutsch", "und", "nan", ""])
def test_no_story_is_parted_by_how_its_language_is_written(name):
    rows = [{"text": A, "language": "de"}, {"text": B, "language": name}]
    labels = ss.find_stories([*rows, {"text": C, "language": "de"}], progress=False).labels
    assert labels.tolist() == [0, 0, 1]


def test_articles_say_their_languages_and_keep_what_the_input_says():
    articles = ss.read_articles([{"text": A, "language": "German"}, {"text": SENTENCES["fr"][1]}])
    assert articles.languages() == ["de", "fr"]
    assert [article.language for article in articles] == ["German", ""]


def mixed(n):
    """Headlines of one event in two languages, and others beside them."""
    return [SENTENCES[code][k] for code in ("de", "fr") for k in (0, 1)] * n


def test_a_mixed_corpus_of_which_nothing_is_said_gives_a_warning():
    with pytest.warns(UserWarning, match=r"several languages \(de 2, fr 2\)"):
        stories = ss.find_stories([{"text": text} for text in mixed(1)], progress=False)
    assert set(stories.labels[:2]).isdisjoint(stories.labels[2:])


def test_no_warning_where_it_is_one_language_or_named(recwarn):
    ss.find_stories([{"text": text} for text in (A, B, C)], progress=False)
    rows = [
        {"text": text, "language": code} for text, code in ((A, "de"), (SENTENCES["fr"][1], "fr"))
    ]
    ss.find_stories(rows, progress=False)
    assert not [w for w in recwarn if issubclass(w.category, UserWarning)]


def test_a_text_that_does_not_tell_takes_the_language_of_those_it_shares_words_with():
    texts = [" ".join(SENTENCES["fr"])] * 3 + [A, B, C] * 2
    for last, language in (("Grues", "fr"), ("Kräne", "de"), ("2024 !", "de")):
        found = languages_of([""] * 10, [*texts, last])
        assert not found.is_sure[9]
        assert settled_languages(found, [*texts, last], 1)[9] == language


def test_languages_are_found_again_in_any_order():
    texts = [" ".join(pair) for pair in SENTENCES.values()]
    order = np.random.default_rng(0).permutation(len(texts))
    codes = languages_of([""] * len(texts), texts).codes
    again = languages_of([""] * len(texts), [texts[i] for i in order]).codes
    assert [codes[i] for i in order] == again
