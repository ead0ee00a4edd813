"""Words that say the opposite of one another: two texts that differ in them tell different things."""

from collections.abc import Iterable
from functools import cache
from itertools import chain, permutations, product

from index.language.terms import stem, words

# A line is a pair of sides; the words of a side say about the same.
_PAIRS = """
subio subieron sube aumento aumentaron aumenta crecio crecieron crece alza suba incremento incrementaron
| bajo bajaron baja disminuyo disminuyeron disminuye descendio descendieron descenso cayo cayeron caida redujo
subida incremento aumento | reduccion descensos caidas
gano ganaron gana vencio triunfo victoria | perdio perdieron pierde derrota
aprobo aprobaron acepto aceptaron avalo avalaron apoyo apoya apoyaron
| rechazo rechazaron rechaza veto vetaron reprobo critico criticaron
abrio abrieron abre apertura | cerro cerraron cierra cierre clausuro clausura
comenzo comenzaron empezo inicio iniciaron inicia inaugura
| termino terminaron finalizo concluyo acabo suspendio suspendieron cancelo
compro compraron compra | vendio vendieron vende venta
llego llegaron llegada entro entraron entrada ingreso | salio salieron salida partio partieron egreso egresaron
detuvo detuvieron detenido detenidos arresto arrestaron | libero liberaron liberado liberados solto
condeno condenaron condenado culpable | absolvio absolvieron absuelto inocente
murio murieron muertos fallecidos | heridos sobrevivio sobrevivieron nacio recuperados
acuso acusaron acusa denuncio | defendio defendieron defiende
prohibio prohibieron prohibe | permitio permitieron permite autorizo autorizaron
contrato contrataron | despidio despidieron despido
mas mayor mayores maximo superior mejor mejores mejoro | menos menor menores minimo inferior peor peores empeoro
antes | despues
norte | sur
este oriente oriental | oeste occidente occidental
izquierda | derecha
primero primera | ultimo ultima
hombre hombres varon | mujer mujeres
publico publica publicos publicas | privado privada privados privadas
rose rises increased increase grew up higher more | fell falls decreased decrease dropped down lower fewer less
won wins victory | lost loses defeat
approved accepted backed supported | rejected refused vetoed opposed
opened opens | closed closes
began started starts | ended finished stopped suspended cancelled
bought buys | sold sells
arrived entered | left departed
arrested detained | released freed
convicted guilty | acquitted innocent
killed died dead deaths | injured wounded survived born
banned forbade | allowed permitted
hired | fired dismissed
before | after
north | south
east | west
men man | women woman
public | private
best better most | worst worse least
positivo positivos positiva positivas positive | negativo negativos negativa negativas negative
"""
# Of the words of a line, each excludes the others.
_RIVALS = """
lunes martes miercoles jueves viernes sabado domingo
monday tuesday wednesday thursday friday saturday sunday
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
january february march april may june july august september october november december
"""
# Two words that end alike are opposites or at least different things if this is all that differs: importó and
# exportó, legal and ilegal, ministro and exministro.
_PREFIXES = frozenset(
    "a anti auto co contra de des dis e ex i il im in inter ir pos post pre re sub un vice".split()
)
_SHARED_END = 4


def opposed(some: Iterable[str], others: Iterable[str], language: str) -> bool:
    """Whether a folded word of one text is the opposite of one of the other."""
    table = _table(language)
    return any(
        stem(b, language) in table.get(stem(a, language), ()) or _differ_in_prefix(a, b)
        for a, b in product(set(some), set(others))
    )


def _differ_in_prefix(one: str, other: str) -> bool:
    shared = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        shared += 1
    heads = {one[: len(one) - shared], other[: len(other) - shared]}
    return shared >= _SHARED_END and len(heads) == 2 and heads <= _PREFIXES | {""}


@cache
def _table(language: str) -> dict[str, frozenset[str]]:
    """For each stem of a side, the stems of the sides against it."""
    sides = [side for pair in _lines() for side in (pair, pair[::-1])]
    table: dict[str, frozenset[str]] = {}
    for here, there in sides:
        against = frozenset(stem(word, language) for word in there)
        for word in here:
            key = stem(word, language)
            table[key] = table.get(key, frozenset()) | against
    return table


def _lines() -> list[tuple[list[str], list[str]]]:
    joined = _PAIRS.strip().replace("\n|", " |")
    halves = (line.split("|") for line in joined.splitlines())
    rivals = (permutations(words(line), 2) for line in _RIVALS.strip().splitlines())
    return [
        *((words(here), words(there)) for here, there in halves),
        *(([one], [other]) for one, other in chain.from_iterable(rivals)),
    ]
