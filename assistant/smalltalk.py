"""Greetings, thanks and "what can you do?": what is said to the assistant and asks the documents nothing."""

import re
from functools import cache
from typing import Literal, get_args

from index.terms import words
from prompts import phrase

Kind = Literal["capabilities", "thanks", "farewell", "greeting"]

# What a whole utterance must be, as folded words without punctuation.
_GREETINGS = {
    "es": r"(?:hola|buenas|buenos dias|buen dia|buenas tardes|buenas noches|saludos)",
    "en": r"(?:hello|hi|hey|good (?:morning|afternoon|evening))",
    "pt": r"(?:ola|oi|bom dia|boa tarde|boa noite)",
    "fr": r"(?:bonjour|bonsoir|salut|coucou)",
}
_HOW_ARE_YOU = {
    "es": r"(?:que tal(?: estas| esta)?|como (?:estas|esta|te va|le va|andas))",
    "en": r"(?:how are you(?: doing)?|how is it going|there)",
    "pt": r"(?:tudo bem|como vai|como voce esta)",
    "fr": r"(?:ca va|comment ca va|comment (?:vas tu|allez vous))",
}
_THANKS = {
    "es": r"(?:(?:ok|vale|bien|perfecto|excelente|genial) )?(?:(?:muchas|mil) )?gracias(?: por (?:todo|tu ayuda|su ayuda))?",
    "en": r"(?:(?:ok|okay|great|perfect) )?(?:thanks(?: a lot| so much)?|thank you(?: very much| so much)?)",
    "pt": r"(?:(?:ok|otimo|perfeito) )?(?:muito )?obrigad[oa]",
    "fr": r"(?:(?:ok|parfait) )?merci(?: beaucoup| bien)?",
}
_FAREWELLS = {
    "es": r"(?:adios|hasta (?:luego|pronto|manana)|nos vemos|chao)",
    "en": r"(?:bye|goodbye|bye bye|see you(?: later)?)",
    "pt": r"(?:tchau|adeus|ate (?:logo|mais|amanha))",
    "fr": r"(?:au revoir|a bientot|adieu)",
}
_CAPABILITIES = {
    "es": r"(?:que (?:puedes|puede|sabes|sabe|podes|haces|hace)(?: tu| usted)?(?: hacer)?(?: por mi)?|quien (?:eres|sos|es usted)"
    r"|como (?:funcionas|funciona esto|te uso|se usa)|(?:en|con) que (?:me )?(?:puedes|puede) ayudar(?:me)?"
    r"|que (?:te )?puedo preguntar(?:te)?|para que sirves|(?:necesito )?ayuda)",
    "en": r"(?:what (?:can|do) you do|who are you|what are you|how do you work|how does this work|help(?: me)?"
    r"|(?:how|what) can you help(?: me)?(?: with)?|what can i ask(?: you)?)",
    "pt": r"(?:o que (?:voce )?(?:pode|sabe|faz)(?: fazer)?|quem e voce|como (?:voce )?funciona|como pode (?:me )?ajudar"
    r"|o que posso perguntar|ajuda)",
    "fr": r"(?:que (?:peux tu|pouvez vous|sais tu) faire|qui es tu|qui etes vous|comment (?:tu fonctionnes|ca marche)"
    r"|comment peux tu m aider|aide)",
}


def reply_to(question: str, language: str) -> str | None:
    """The answer to small talk, in the language it is made in; None if the question is about the documents.

    `language` decides where the words are the same in several.
    """
    said = " ".join(words(question))
    for spoken in sorted(_GREETINGS, key=lambda code: code != language):
        for kind in get_args(Kind):
            if _pattern(kind, spoken).fullmatch(said):
                return phrase(kind, spoken)
    return None


@cache
def _pattern(kind: Kind, language: str) -> re.Pattern[str]:
    greeting, how = _GREETINGS[language], _HOW_ARE_YOU[language]
    table = {"capabilities": _CAPABILITIES, "thanks": _THANKS, "farewell": _FAREWELLS}
    if kind == "greeting":
        return re.compile(rf"(?:{greeting}(?: {greeting})*(?: {how})?|{how})")
    if kind == "thanks":
        return re.compile(rf"{_THANKS[language]}(?: {_FAREWELLS[language]})?")
    return re.compile(rf"(?:{greeting} )?{table[kind][language]}")
