"""Words as they are compared: folded, stemmed, without the ones that carry no content."""

import re
import unicodedata
from threading import local

import Stemmer

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ALGORITHMS = {"es": "spanish", "en": "english", "pt": "portuguese", "fr": "french"}
_FUNCTION_WORDS = {
    "es": """a al algo algun alguna algunas alguno algunos ante antes aquel aquella aqui asi aun aunque bajo cada
        casi como con contra cual cuales cuando cuanto de del desde donde dos durante e el ella ellas ellos en entre
        era eran es esa esas ese eso esos esta estaba estan estar estas este esto estos estuvo fin fue fueron ha
        haber habia han hasta hay he la las le les lo los mas me mediante mi mientras mismo mucho muy ni no nos o
        otra otras otro otros para parte pero poco por porque pues que quien quienes se sea segun ser sera seran si
        sido siendo sin sobre solo son su sus tal tambien tan tanto te tener tiene tienen toda todas todo todos tras
        tu u un una unas uno unos y ya yo documento articulo texto nota fecha ademas""",
    "en": """a about above after all also an and any are as at be because been before being between both but by can
        could did do does during each for from further had has have he her here him his how i if in into is it its
        itself just may me might more most my no nor not now of on once only or other our out over own s same she
        should so some such than that the their them then there these they this those through to too under until up
        upon very was we were what when where which while who whom why will with would you your document according
        article text dated""",
    "pt": """a ao aos as com como da das de do dos e ela elas ele eles em entre era essa esse esta este eu foi foram
        ha isso isto ja la lhe mais mas me na nas nao no nos o os ou para pela pelo por porque qual quando que quem
        se sem ser seu seus seu sua suas tambem tem um uma umas uns documento segundo""",
    "fr": """a au aux avec c ce ces cette d dans de des du elle elles en est et etait ete etre eux il ils je l la le
        les leur leurs lui ma mais me meme mes moi n ne nos notre nous on ont ou par pas pour qu que qui s sa se ses
        son sont sur t ta te tes un une vos votre vous y document selon""",
}
_FUNCTION_SETS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_stemmers = local()


def fold(text: str) -> str:
    """Lower case without accents, compatibility forms resolved."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The folded words of `text`, in order."""
    return [fold(word) for word in _WORD.findall(text)]


def is_function_word(word: str, language: str) -> bool:
    """Whether a folded word only holds a sentence together."""
    return word in _FUNCTION_SETS.get(language, frozenset())


def content_stems(text: str, language: str) -> list[str]:
    """Stems of the words that carry content, in order, figures included."""
    return [stem(word, language) for word in words(text) if not is_function_word(word, language)]


def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself where the language has no stemmer."""
    stemmer = _stemmer(language)
    return word if stemmer is None else fold(stemmer.stemWord(word))


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    """A stemmer of this thread's own: they keep state."""
    if language not in _ALGORITHMS:
        return None
    if not hasattr(_stemmers, language):
        setattr(_stemmers, language, Stemmer.Stemmer(_ALGORITHMS[language]))
    stemmer: Stemmer.Stemmer = getattr(_stemmers, language)
    return stemmer
