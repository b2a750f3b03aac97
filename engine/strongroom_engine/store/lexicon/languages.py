"""Function words by language, and which language a text is written in.

Only closed classes stand here (articles, pronouns, prepositions, question words, auxiliaries). A
passage's language decides how its words are stemmed; of a question's words those that say how it
is asked are not looked for. Scripts that one stemmer serves need no guess (see `stems`), so
`language_of` knows languages in Latin letters only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

ENGLISH = "english"

_LISTED = {
    "english": """
a an the this that these those there here and or but if then than so as at by for from in into of
off on onto out over to up with within without about above after again against before below between
during through under until upon i me my we our ours you your yours he him his she her hers it its
they them their theirs what which who whom whose when where why how is am are was were be been being
do does did doing done has have had having can could should would shall might must not no nor only
own same such too very just also any both each few more most other some all many much s t d ll re ve
""",
    "german": """
der die das des dem den ein eine einer eines einem einen kein keine und oder aber wenn als wie so zu
zum zur von vom mit bei nach aus auf an am in im ins für über unter vor hinter zwischen durch gegen
ohne um bis ist sind war waren sein seine seiner seinem seinen wird werden wurde wurden hat haben
hatte hatten kann können soll ich du er sie es wir ihr uns euch ihm ihn ihnen man sich nicht nur auch
noch was wer wen wem wessen wann wo warum welche welcher welches welchem welchen wieviel wieso dass
""",
    "french": """
le la les l un une des du de d et ou mais si que qu qui quoi dont où quand comment pourquoi combien
quel quelle quels quelles est sont était étaient être été a ont avait avaient avoir il elle ils elles
on nous vous je tu ce cet cette ces se s son sa ses leur leurs à au aux en dans par pour sur sous
avec sans entre ne pas plus n c j m t y
""",
    "spanish": """
el la los las un una unos unas de del al a ante con contra desde durante en entre hacia hasta para
por según sin sobre y e o u pero si que qué quien quién quienes quiénes cual cuál cuales cuáles
cuando cuándo donde dónde como cómo cuanto cuánto cuántos cuántas es son era eran fue fueron ser sido
ha han había se su sus lo le les no más este esta estos estas ese esa
""",
    "italian": """
il lo la i gli le l un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal
dalla in nel nella nei con su sul sulla per tra fra e o ma se che chi cui quale quali quando dove
come perché quanto quanti è sono era erano essere stato ha hanno aveva si non più suo sua suoi
""",
    "portuguese": """
o a os as um uma de do da dos das em no na nos nas por pelo pela para com sem sobre entre e ou mas se
que quem qual quais quando onde como porque quanto quantos é são era eram foi foram ser sido tem têm
tinha seu sua seus suas não mais ao aos à
""",
    "dutch": """
de het een en of maar als dan van in op aan bij met voor door uit over naar om tot te is zijn was
waren wordt worden werd werden heeft hebben had hij zij ze wij we jij je ik het dit dat deze die wie
wat waar wanneer waarom hoe welke niet ook nog
""",
    "swedish": """
och att det som en ett på är av för med till den har de inte om men var jag han hon ska kan från vid
eller mot under efter alla sig vad vem när hur vilken vilket vilka varför inom utan mellan hade blev
""",
    "danish": """
og at det som en et på er af for med til den har de ikke om men var jeg han hun skal kan fra ved
eller mod under efter alle sig hvad hvem hvornår hvordan hvilken hvilket hvilke hvorfor uden mellem
havde blev hvor i
""",
    "norwegian": """
og at det som en et på er av for med til den har de ikke om men var jeg han hun skal kan fra ved
eller mot under etter alle seg hva hvem når hvordan hvilken hvilket hvilke hvorfor uten mellom hadde
ble hvor i
""",
    "finnish": """
ja on ei se että oli joka jotka hän mutta ovat kuin myös sen tai jos ole hänen olla voi mitä kun niin
vain ne mikä kuka milloin missä miksi miten kuinka tämä tämän sekä jonka hänet mitkä kenen kanssa
""",
    "hungarian": """
a az és hogy nem is egy ez volt meg csak de ha már van vagy mint azt ezt el ki mi mit mikor hol
miért hogyan melyik milyen mennyi hány aki ami amely amelyek valamint által után között lesz voltak
""",
    "romanian": """
și şi în de la cu pe din că nu este sunt un o al ale ai care ce cine când unde cum cât câte pentru
prin sau dar mai dacă fi fost a au are s se lui ei lor acest această către până între
""",
    "turkish": """
ve bir bu da de için ile olarak olan daha çok en gibi kadar ne kim nerede nasıl niçin neden hangi kaç
mı mi mu mü değil ise veya ya her o şu sonra önce göre tarafından olduğu ancak
""",
    "polish": """
i w we na z ze do nie się jest to że o od po za przez dla jak ale czy co kto kiedy gdzie dlaczego
który która które jaki jaka jakie ile są był była było były oraz lub przy pod nad tym tego ten ta
""",
    "czech": """
a v ve na z ze do ne se si je to že o od po za pro jak ale co kdo kdy kde proč který která které
jaký jaká jaké kolik jsou byl byla bylo byly nebo při pod nad tím toho ten ta s k ke podle
""",
    "catalan": """
el la els les un una uns unes de del dels al als a amb en per i o però si que què qui quin quina
quins quan on com perquè és són era eren fou ser ha han havia es seu seva seus no més aquest aquesta
""",
    "indonesian": """
yang dan di ke dari untuk dengan pada adalah ini itu tidak dalam oleh sebagai akan atau juga telah
apa siapa kapan mana bagaimana mengapa berapa dapat karena antara bahwa para tersebut
""",
    "russian": """
и в во не на с со как а то что чтобы кто где когда почему зачем какой какая какое какие какого
какую каким каких какому каком сколько чем чему чего чей это этот эта эти он она оно они его её ее
их был была было были быть есть из за к ко от до по у о об при для под над между или но же ли бы так
""",
    "ukrainian": """
і й та в у на з із зі до не що як а це хто де коли чому який яка яке які якого скільки чим чого він
вона воно вони його її їх був була було були бути є від по за про при для під над між або але ж чи
""",
    "bulgarian": """
и в във на с със не да се от за по като а но че кой коя кое кои какво къде кога защо как колко той тя
то те е са беше бяха бил била има ще до при под над между или ли този тази това тези му ѝ им
""",
    "greek": """
ο η το οι τα του της των τον την τους τις και να σε από για με στο στη στην στον στα στις που ποιος
ποια ποιο ποιοι πότε πού πώς γιατί πόσο πόσα πόσοι τι είναι ήταν έχει είχε δεν μη ή αλλά θα ως κατά
""",
    "arabic": """
في من على إلى عن مع ما ماذا هو هي هم كم كيف متى أين لماذا أي أية التي الذي الذين اللذان كان كانت هذا
هذه ذلك تلك أن إن لا لم لن أو و ثم قد هل بين بعد قبل عند حتى كل منذ ولا وما كما حيث بماذا لمن ممن
""",
    "persian": """
و در به از که این آن را با برای است بود شد شده می یا هم تا بر نیز اما هر چه کی کجا چگونه چرا کدام
چند چقدر آیا خود او آنها ما شما من نیست بودند باشد
""",
    "urdu": """
اور کا کی کے کو میں سے پر ہے ہیں تھا تھے تھی نے یہ وہ کیا کون کب کہاں کیوں کیسے کتنا کتنی کتنے
کس جس جو یا نہیں بھی تک ساتھ لیے اس ان
""",
    "hebrew": """
של את על אל עם מן לא כן הוא היא הם הן זה זאת זו אלה מה מי מתי איפה היכן איך כיצד למה מדוע כמה איזה
איזו אילו אשר כי אם או גם היה היתה היו יש אין בין אחרי לפני
""",
    "hindi": """
का की के को में से पर है हैं था थे थी ने और या यह वह ये वे क्या कौन कब कहाँ कहां क्यों कैसे कितना
कितनी कितने किस किसने किसका जो भी तक लिए एक नहीं इस उस
""",
    "chinese": """
什么 么是 是什 多少 哪个 哪些 哪里 哪一 谁是 怎么 如何 为什 何时 的是 是谁 是多 么时 几个 名字 哪位
""",
    "japanese": """
です ます した する いつ どこ だれ なぜ どの んな どう です すか てす とは のは では には から まで
""",
    "korean": """
무엇 엇인 인가 니까 입니 누구 언제 어디 어떻 떻게 얼마 하는 있는 이다 습니 는가 가요
""",
}

FUNCTION_WORDS = {name: frozenset(words.split()) for name, words in _LISTED.items()}
"""By language. Unsegmented scripts are in bigrams, as they are indexed."""

LATIN = [
    "english",
    "german",
    "french",
    "spanish",
    "italian",
    "portuguese",
    "dutch",
    "swedish",
    "danish",
    "norwegian",
    "finnish",
    "hungarian",
    "romanian",
    "turkish",
    "polish",
    "czech",
    "catalan",
    "indonesian",
]
"""The languages in Latin letters that are told apart."""

LEAST = 3
"""Fewer function words than this do not say that a passage is in another language than English."""
LEAST_OF_QUESTION = 2
MARGIN = 1.3
"""So many times the function words of English are wanted; many are words of other languages."""

_WORD = re.compile(r"[^\W\d_]+")
_KNOWN_BY = {
    word: tuple(name for name in LATIN if word in FUNCTION_WORDS[name])
    for name in LATIN
    for word in FUNCTION_WORDS[name]
    if len(word) > 1  # formulas and lists are full of single letters
}


def language_of(text: str, least: int = LEAST) -> str:
    """The language in Latin letters that most of the text's function words are of.

    '' where fewer than `least` are known, of any language; English in doubt between two.
    """
    known = _counts(_WORD.findall(text.lower()))
    if not known:
        return ""
    best = max(known, key=lambda name: (known[name], -LATIN.index(name)))
    if known[best] < least:
        return ""
    return ENGLISH if known[best] < MARGIN * known[ENGLISH] else best


def _counts(words: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, number in Counter(words).items():
        for name in _KNOWN_BY.get(word, ()):
            counts[name] += number
    return counts
