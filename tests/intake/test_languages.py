# ruff: noqa: E501  (a table of sentences)
from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.document import Document
from sayso.errors import UnsupportedLanguage
from sayso.intake.languages import foreign_language, refuse_foreign

FOREIGN = {
    "ar": "قال وزير النقل يوم الثلاثاء إن الجسر سيظل مغلقا حتى إشعار آخر بعد العثور على تشققات خلال عملية تفتيش، وانتقد السكان هذا القرار بشدة.",
    "da": "Transportministeren sagde tirsdag, at broen forbliver lukket indtil videre, fordi der blev fundet revner ved en kontrol. Beboerne kritiserede beslutningen skarpt.",
    "de": "Der Verkehrsminister sagte am Dienstag, die Brücke werde bis auf Weiteres gesperrt, weil bei einer Prüfung Risse gefunden worden seien. Anwohner kritisierten die Entscheidung.",
    "el": "Ο υπουργός Μεταφορών δήλωσε την Τρίτη ότι η γέφυρα θα παραμείνει κλειστή μέχρι νεωτέρας, επειδή βρέθηκαν ρωγμές κατά τον έλεγχο.",
    "es": "El ministro de Transportes dijo el martes que el puente permanecerá cerrado hasta nuevo aviso, porque se encontraron grietas durante una inspección.",
    "fa": "وزیر راه روز سه‌شنبه گفت که پل تا اطلاع ثانوی بسته خواهد بود، زیرا در بازرسی ترک‌هایی پیدا شده است و ساکنان از این تصمیم انتقاد کردند.",
    "fr": "Le ministre des transports a déclaré mardi que le pont serait fermé jusqu’à nouvel ordre, car des fissures avaient été découvertes lors d’une inspection.",
    "he": "שר התחבורה אמר ביום שלישי כי הגשר יישאר סגור עד להודעה חדשה, משום שבבדיקה נמצאו סדקים. התושבים מתחו ביקורת חריפה על ההחלטה.",
    "hi": "परिवहन मंत्री ने मंगलवार को कहा कि जांच के दौरान दरारें मिलने के कारण पुल अगली सूचना तक बंद रहेगा। निवासियों ने इस फैसले की कड़ी आलोचना की।",
    "it": "Il ministro dei trasporti ha detto martedì che il ponte resterà chiuso fino a nuovo avviso, perché durante un controllo sono state trovate delle crepe.",
    "ja": "国土交通大臣は火曜日、点検でひび割れが見つかったため、橋を当面の間閉鎖すると述べた。住民はこの決定を強く批判した。",
    "ko": "교통부 장관은 화요일 점검 중 균열이 발견되어 다리를 추후 공지가 있을 때까지 폐쇄한다고 밝혔다. 주민들은 이 결정을 강하게 비판했다.",
    "nl": "De minister van Verkeer zei dinsdag dat de brug tot nader order gesloten blijft, omdat er bij een controle scheuren zijn gevonden. Omwonenden hadden felle kritiek.",
    "pl": "Minister transportu powiedział we wtorek, że most będzie zamknięty do odwołania, ponieważ podczas kontroli znaleziono pęknięcia. Mieszkańcy ostro skrytykowali tę decyzję.",
    "pt": "O ministro dos Transportes disse na terça-feira que a ponte ficará fechada até novo aviso, porque foram encontradas fissuras durante uma inspeção.",
    "ru": "Министр транспорта заявил во вторник, что мост будет закрыт до особого распоряжения, поскольку при проверке были обнаружены трещины.",
    "sv": "Transportministern sade på tisdagen att bron förblir stängd tills vidare, eftersom sprickor upptäcktes vid en kontroll. De boende kritiserade beslutet skarpt.",
    "tr": "Ulaştırma bakanı salı günü yaptığı açıklamada, denetimde çatlaklar bulunduğu için köprünün ikinci bir duyuruya kadar kapalı kalacağını söyledi. Bölge sakinleri kararı sert biçimde eleştirdi.",
    "uk": "Міністр транспорту заявив у вівторок, що міст буде закрито до окремого розпорядження, оскільки під час перевірки виявили тріщини.",
    "zh": "交通部长星期二表示，由于检查时发现裂缝，该桥将关闭，直至另行通知。附近居民强烈批评这一决定。",
}
ENGLISH = "The transport minister said on Tuesday that the bridge would be closed because cracks had been found, and residents were angry about it."


@pytest.mark.parametrize("code", FOREIGN)
def test_other_languages_are_named(code: str) -> None:
    text = FOREIGN[code]
    assert foreign_language(text) == code
    assert foreign_language(text.upper()) == code
    assert foreign_language((text + "\r\n\r\n") * 200) == code


def test_the_message_names_the_language() -> None:
    with pytest.raises(UnsupportedLanguage, match=r"German \(de\)"):
        refuse_foreign(Document(FOREIGN["de"]))


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        ENGLISH.lower() * 300,
        "Okoro Vows Sanctions Over Port Amsel Blast",
        "“No,” she said.",
        "BREAKING: PRESIDENT SIGNS BILL. SENATE LEADERS HAIL VICTORY. CRITICS VOW COURT FIGHT. STOCKS SOAR. DOLLAR SLIDES. GOLD HITS RECORD HIGH. YIELDS FALL.",
        "John Smith, Maria Lopez, Hans Müller, Giulia Rossi, Pierre Dubois, Ivan Petrov, Ahmed Hassan, Li Wei, Yuki Tanaka, Carlos Gomez, Anna Kowalska, Lars Jensen",
        "Final scores Monday: Amsel 2 Bonn 1; Cove Rovers 0 Dane United 0; Elm City 3 Fern Town 2; Gull Athletic 1 Hill 1; Ivy 2 Jade 2; Kite 4 Loch 0",
        f"Der Minister sagte: „Nein.“ {ENGLISH} {ENGLISH}",
        f"{ENGLISH} He ended with “{FOREIGN['fr']}”",
        "12 + 5 = 17",
        "",
        "Да, сказал он",  # too short to tell
    ],
)
def test_english_and_what_cannot_be_told_pass(text: str) -> None:
    refuse_foreign(Document(text))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    code = foreign_language(text)
    assert code is None or (code != "en" and code)


def test_english_needs_no_language_model() -> None:
    program = f"import sys; from sayso.intake.languages import foreign_language; foreign_language({ENGLISH!r}); sys.exit('py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
