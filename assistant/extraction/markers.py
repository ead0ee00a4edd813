"""The words that give a kind of answer away: units, titles, causes, purposes."""

import re


def any_of(phrases: str) -> str:
    """A pattern for any of the comma-separated `phrases`, longest first, any space between words."""
    parts = sorted((part.strip() for part in phrases.split(",") if part.strip()), key=len, reverse=True)
    return "(?:" + "|".join(re.sub(r"\\?\s+", r"\\s+", part) for part in parts) + ")"


NUMBER_WORDS = r"""
    un, uno, una, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece,
    catorce, quince, dieci\w+, veint\w+, treinta, cuarenta, cincuenta, sesenta, setenta, ochenta,
    noventa, cien, ciento, \w+cientos, \w+cientas, quinientos, quinientas, mil, cientos, miles,
    millones, ninguno, ninguna, ambos, la mitad, mitad, tercio, one, two, three, four, five, six, seven,
    eight, nine, ten, eleven, twelve, \w+teen, twenty, thirty, forty, fifty, sixty, seventy,
    eighty, ninety, hundreds, thousands, both, half, dois, duas, três, quatro, sete, oito, nove,
    dez, deux, trois, quatre, cinq, sept, huit, neuf, dix
"""
SCALES = r"""
    mil, mil millones, millón, millones, millón y medio, billón, billones, y media, y medio,
    million, billion, trillion, thousand, hundred, milhão, milhões, bilhões, mille, millions,
    milliards
"""
CURRENCIES = r"""
    pesos, pesos mexicanos, pesos argentinos, pesos uruguayos, pesos chilenos, pesos colombianos,
    dólares, euros, soles, reales, dollars, pounds, libras, yuanes, yenes, reais, dólar, dollar, euro
"""
CURRENCY_SIGNS = r"US\s?\$, U\$S, R\$, \$, €, £"
CURRENCY_CODES = "EUR, USD, GBP, CHF, JPY, MXN, ARS, BRL, CLP, COP, PEN, UYU"
# They stand for thousands and millions only beside a currency: “5 m” alone are metres.
SHORT_SCALES = r"k, m, mm, mn, bn, mill\.?"
TIME_UNITS = r"""
    segundo, segundos, minuto, minutos, hora, horas, día, días, semana, semanas, mes, meses, año,
    años, década, décadas, siglo, siglos, second, seconds, minute, minutes, hour, hours, day,
    days, week, weeks, month, months, year, years, decades, centuries, dia, dias, mês, ano, anos,
    jour, jours, semaines, mois, ans
"""
TITLES = r"""
    secretario, secretaria, ministro, ministra, presidente, presidenta, expresidente,
    vicepresidente, canciller, gobernador, gobernadora, alcalde, alcaldesa, senador, senadora,
    diputado, diputada, director, directora, general, rey, reina, papa, doctor, doctora,
    intendente, intendenta, jefe, jefa, embajador, embajadora, secretary, president, minister,
    senator, governor, mayor, king, queen, pope, sr, sra, dr, dra, lic, ing, mr, mrs, ms, prof
"""
ABOUT = """
    más de, menos de, cerca de, alrededor de, casi, unos, unas, hasta, al menos, aproximadamente,
    about, over, more than, less than, up to, nearly, almost, at least, mais de, plus de, moins
    de, environ
"""
PER_CENT = "por ciento, percent, per cent, por cento, pour cent"
