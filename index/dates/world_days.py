"""International days with a fixed date, as newspapers name them in Spanish and English.

The dates are those that the United Nations and their agencies list. Each entry holds what follows "Día
mundial", "Día internacional" or "Día" in Spanish, and the name in English.
"""

_DAYS: dict[tuple[int, int], tuple[str, str]] = {
    (1, 24): ("de la educacion", "international day of education"),
    (1, 27): ("de la memoria del holocausto|de las victimas del holocausto", "holocaust remembrance day"),
    (2, 2): ("de los humedales", "world wetlands day"),
    (2, 4): ("contra el cancer|del cancer", "world cancer day"),
    (2, 11): ("de la mujer y la nina en la ciencia", "international day of women and girls in science"),
    (2, 13): ("de la radio", "world radio day"),
    (2, 20): ("de la justicia social", "world day of social justice"),
    (2, 21): ("de la lengua materna", "international mother language day"),
    (3, 1): ("de la cero discriminacion|para la cero discriminacion", "zero discrimination day"),
    (3, 3): ("de la vida silvestre|de la naturaleza", "world wildlife day"),
    (3, 15): ("de los derechos del consumidor", "world consumer rights day"),
    (3, 20): ("de la felicidad", "international day of happiness"),
    (3, 21): ("de la poesia", "world poetry day"),
    (3, 22): ("del agua", "world water day"),
    (3, 24): ("de la tuberculosis|contra la tuberculosis", "world tuberculosis day"),
    (3, 27): ("del teatro", "world theatre day"),
    (4, 2): ("de concienciacion sobre el autismo|del autismo", "world autism awareness day"),
    (4, 7): ("de la salud", "world health day"),
    (4, 22): ("de la tierra|de la madre tierra", "earth day"),
    (4, 23): ("del libro|del libro y del derecho de autor", "world book day"),
    (4, 25): ("del paludismo", "world malaria day"),
    (5, 3): ("de la libertad de prensa", "world press freedom day"),
    (5, 15): ("de la familia|de las familias", "international day of families"),
    (5, 17): ("contra la homofobia", "international day against homophobia"),
    (5, 18): ("de los museos", "international museum day"),
    (5, 22): ("de la biodiversidad|de la diversidad biologica", "international day for biological diversity"),
    (5, 31): ("sin tabaco", "world no tobacco day"),
    (6, 5): ("del medio ambiente", "world environment day"),
    (6, 8): ("de los oceanos", "world oceans day"),
    (6, 12): ("contra el trabajo infantil", "world day against child labour"),
    (6, 14): ("del donante de sangre", "world blood donor day"),
    (6, 20): ("de los refugiados|del refugiado", "world refugee day"),
    (7, 11): ("de la poblacion", "world population day"),
    (7, 18): ("de nelson mandela", "nelson mandela international day"),
    (7, 30): ("de la amistad", "international day of friendship"),
    (8, 9): ("de los pueblos indigenas", "international day of the world's indigenous peoples"),
    (8, 12): ("de la juventud", "international youth day"),
    (8, 19): ("de la asistencia humanitaria", "world humanitarian day"),
    (8, 30): (
        "de los desaparecidos|de las victimas de desapariciones forzadas",
        "international day of the disappeared",
    ),
    (9, 8): ("de la alfabetizacion", "international literacy day"),
    (9, 10): (
        "para la prevencion del suicidio|de la prevencion del suicidio",
        "world suicide prevention day",
    ),
    (9, 15): ("de la democracia", "international day of democracy"),
    (9, 21): ("de la paz|del alzheimer", "international day of peace"),
    (9, 27): ("del turismo", "world tourism day"),
    (10, 1): ("de las personas de edad|de las personas mayores", "international day of older persons"),
    (10, 2): ("de la no violencia", "international day of non - violence"),
    (10, 5): ("de los docentes|del docente", "world teachers' day"),
    (10, 10): ("de la salud mental", "world mental health day"),
    (10, 11): ("de la nina", "international day of the girl child"),
    (10, 15): ("de las mujeres rurales", "international day of rural women"),
    (10, 16): ("de la alimentacion", "world food day"),
    (10, 17): ("para la erradicacion de la pobreza", "international day for the eradication of poverty"),
    (10, 24): ("de las naciones unidas", "united nations day"),
    (11, 14): ("de la diabetes", "world diabetes day"),
    (11, 16): ("para la tolerancia|de la tolerancia", "international day for tolerance"),
    (11, 17): (
        "de la prematuridad|de la prematuridad mundial|del prematuro|del nino prematuro",
        "world prematurity day",
    ),
    (11, 20): ("de la infancia|del nino", "world children's day"),
    (11, 25): (
        "de la eliminacion de la violencia contra la mujer|contra la violencia de genero",
        "international day for the elimination of violence against women",
    ),
    (12, 1): ("del sida|de la lucha contra el sida|contra el sida", "world aids day"),
    (12, 3): ("de las personas con discapacidad", "international day of persons with disabilities"),
    (12, 9): ("contra la corrupcion", "international anti - corruption day"),
    (12, 10): ("de los derechos humanos", "human rights day"),
    (12, 18): ("de la lengua arabe|del migrante", "international migrants day"),
}
# Days that many countries keep at another date when "mundial" or "internacional" is not said.
_LOCAL = {"de la familia", "de las familias", "del nino", "de la infancia", "del libro", "del agua"}

_TITLES = ("dia mundial", "dia internacional", "dia")

FIXED_DAYS: dict[str, tuple[int, int]] = {english: day for day, (_, english) in _DAYS.items()}


def day_names(language: str) -> dict[str, str]:
    """The folded names of the days in a language, each with the English name that `FIXED_DAYS` knows."""
    if language == "en":
        return {name: name for name in FIXED_DAYS}
    return _spanish_names() if language == "es" else {}


def _spanish_names() -> dict[str, str]:
    names = {}
    for spanish, english in _DAYS.values():
        for rest in spanish.split("|"):
            titles = _TITLES[:2] if rest in _LOCAL else _TITLES
            names.update({f"{title} {rest}": english for title in titles})
    return names
