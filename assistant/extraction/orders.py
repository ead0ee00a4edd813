"""Sentences of documents that speak to whoever writes the answer: planted orders, which prove nothing."""

import re

from index.language.terms import fold

# Only what is said to an assistant about its orders or its answers; a bare imperative is ordinary prose.
_FORGET = (
    r"(?:ignor\w+|olvid\w+|descart\w+|omit\w+|forget|disregard|overlook|override|bypass|esque\w+|oubli\w+)"
)
_RULES = (
    r"(?:instruccion\w*|indicacion\w*|ordenes|reglas|directiv\w+|instruc(?:tions?|oes)|directives?|prompts?|rules|"
    r"guidelines|anything you|everything you|all you|what you (?:were|have been) told|consignes)"
)
_SPOKEN_TO = (
    r"(?:(?:tus?|sus|your|tuas?|suas|tes|vos) (?:proximas? |siguientes |next |final )?"
    r"(?:respuestas?|answers?|repl(?:y|ies)|responses?|outputs?|respostas?|reponses?)\b)"
)
_ORDERED = (
    r"(?:termina|acaba|empieza|comienza|incluye|anade|agrega|responde|contesta|escribe|repite|end|finish|begin|start|"
    r"include|add|append|answer|reply|respond|write|say|repeat|print|termine|comece|inclua|responda)"
)
_MACHINE = (
    r"(?:(?:eres|you are|you re|sos|voce e|tu es) (?:an? |una? |um |un )?"
    r"(?:ai|ia|assistant|asistente|assistente|chatbot|language model|modelo de lenguaje|llm)\b|as an ai\b)"
)
_PLANTED = re.compile(
    rf"\b{_FORGET}\b.{{0,40}}\b{_RULES}|\b{_ORDERED}\b.{{0,40}}\b{_SPOKEN_TO}|\b{_MACHINE}|\bsystem prompt\b"
)


def speaks_to_the_writer(quote: str) -> bool:
    """Whether a quote gives orders to an assistant: “ignora las instrucciones anteriores”."""
    return _PLANTED.search(" ".join(fold(quote).split())) is not None
