"""Words that say how something is asked and not what about, by language.

Dropping them keeps a question from matching every passage: it is faster, and 'what is the' lifts
nothing to the top. Only closed classes stand here (articles, pronouns, prepositions, question
words, auxiliaries). A word may be a stopword in one language and a noun in another ('war', 'die'),
so the list of one language is used at a time: the one that knows most of the question's words.
"""

from __future__ import annotations

from collections.abc import Sequence

from strongroom_engine.answering.text import WORD

_ENGLISH = """
a an the this that these those there here and or but if then than so as at by for from in into of
off on onto out over to up with within without about above after again against before below between
during through under until upon i me my we our ours you your yours he him his she her hers it its
they them their theirs what which who whom whose when where why how is am are was were be been being
do does did doing done has have had having can could should would shall might must not no nor only
own same such too very just also any both each few more most other some all many much s t d ll re ve
"""
_GERMAN = """
der die das des dem den ein eine einer eines einem einen kein keine und oder aber wenn als wie so zu
zum zur von vom mit bei nach aus auf an am in im ins für über unter vor hinter zwischen durch gegen
ohne um bis ist sind war waren sein seine seiner seinem seinen wird werden wurde wurden hat haben
hatte hatten kann können soll ich du er sie es wir ihr uns euch ihm ihn ihnen man sich nicht nur auch
noch was wer wen wem wessen wann wo warum welche welcher welches welchem welchen wieviel wieso dass
"""
_FRENCH = """
le la les l un une des du de d et ou mais si que qu qui quoi dont où quand comment pourquoi combien
quel quelle quels quelles est sont était étaient être été a ont avait avaient avoir il elle ils elles
on nous vous je tu ce cet cette ces se s son sa ses leur leurs à au aux en dans par pour sur sous
avec sans entre ne pas plus n c j m t y
"""
_SPANISH = """
el la los las un una unos unas de del al a ante con contra desde durante en entre hacia hasta para
por según sin sobre y e o u pero si que qué quien quién quienes quiénes cual cuál cuales cuáles
cuando cuándo donde dónde como cómo cuanto cuánto cuántos cuántas es son era eran fue fueron ser sido
ha han había se su sus lo le les no más este esta estos estas ese esa
"""
_ITALIAN = """
il lo la i gli le l un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal
dalla in nel nella nei con su sul sulla per tra fra e o ma se che chi cui quale quali quando dove
come perché quanto quanti è sono era erano essere stato ha hanno aveva si non più suo sua suoi
"""
_PORTUGUESE = """
o a os as um uma de do da dos das em no na nos nas por pelo pela para com sem sobre entre e ou mas se
que quem qual quais quando onde como porque quanto quantos é são era eram foi foram ser sido tem têm
tinha seu sua seus suas não mais ao aos à
"""
_DUTCH = """
de het een en of maar als dan van in op aan bij met voor door uit over naar om tot te is zijn was
waren wordt worden werd werden heeft hebben had hij zij ze wij we jij je ik het dit dat deze die wie
wat waar wanneer waarom hoe welke niet ook nog
"""
_RUSSIAN = """
и в во не на с со как а то что чтобы кто где когда почему зачем какой какая какое какие какого какой
каким каких сколько чем чему чего чей это этот эта эти он она оно они его её ее их был была было были
быть есть из за к ко от до по у о об при для под над между или но же ли бы так
"""
_ARABIC = """
في من على إلى عن مع ما ماذا من هو هي هم كم كيف متى أين لماذا أي التي الذي الذين كان كانت هذا هذه ذلك
أن إن لا أو و ثم قد هل
"""
_CHINESE = """
什么 么是 是什 多少 哪个 哪些 哪里 哪一 谁是 怎么 如何 为什 何时 的是 是谁 是多 么时 几个 名字 什麼 哪位
"""

ALL = tuple(
    frozenset(words.split())
    for words in (
        _ENGLISH,
        _GERMAN,
        _FRENCH,
        _SPANISH,
        _ITALIAN,
        _PORTUGUESE,
        _DUTCH,
        _RUSSIAN,
        _ARABIC,
        _CHINESE,
    )
)
_LEAST = 2
"""One word alone does not say that a question is in another language than English."""


def stopwords_of(words: Sequence[str]) -> frozenset[str]:
    """The stopwords of the language that the words seem to be in; English in doubt.

    `words` are in lower case; unsegmented scripts are in bigrams, as they are indexed.
    """
    english = ALL[0]
    best = max(ALL, key=lambda language: sum(word in language for word in words))
    known = sum(word in best for word in words)
    return best if known >= _LEAST else english


def same_language(one: str, other: str) -> bool:
    """Whether two texts seem to be in the same language."""
    guesses = [stopwords_of(WORD.findall(text.lower())) for text in (one, other)]
    return guesses[0] is guesses[1]
