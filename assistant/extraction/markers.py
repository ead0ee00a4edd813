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
NUMBERED = r"""
    n\.?\s?[ºo°], nº, núm, número, no\., #, art, arts, artículo, artículos, cláusula, apartado, párrafo, página, pág,
    anexo, capítulo, disposición, expediente, procedimiento, factura, albarán, pedido, póliza, sentencia, ley, decreto,
    resolución, number, article, articles, clause, section, paragraph, page, annex, chapter, invoice, policy, act,
    artigo, página, lei, fatura, facture
"""
TITLES = r"""
    secretario, secretaria, ministro, ministra, presidente, presidenta, expresidente,
    vicepresidente, canciller, gobernador, gobernadora, alcalde, alcaldesa, senador, senadora,
    diputado, diputada, director, directora, general, rey, reina, papa, doctor, doctora,
    intendente, intendenta, jefe, jefa, embajador, embajadora, secretary, president, minister,
    senator, governor, mayor, king, queen, pope, sr, sra, dr, dra, lic, ing, mr, mrs, ms, prof
"""
ORGANISATIONS = r"""
    secretaría, ministerio, departamento, grupo, universidad, comisión, banco, instituto, reunión,
    congreso, senado, cámara, gobierno, estados, partido, corte, tribunal, fiscalía, organización,
    ley, plan, programa, centro, hospital, consejo, asociación, federación, unión, república,
    américa, facultad, agencia, dirección, covid, ciudad, asamblea, frente, sindicato, liga, copa,
    super, sociedad, servicio, junta, university, department, ministry, group, bank, party, house,
    court, national, league, cup, committee, council, guardia, ejército, marina, policía, casa, palacio
"""
REASONS = r"""
    debido a, porque, por causa de, a causa de, a raíz de, ya que, dado que, puesto que, gracias
    a, con motivo del?, por motivos?, como consecuencia de, en virtud de, se deb\w+ a, en
    respuesta a, por el, por la, por los, por las, por su, por sus, por no, por lo, ante, because,
    due to, since, owing to, as a result of, after, devido a, por causa, pois, parce que, en
    raison de, à cause de
"""
PURPOSES = r"""
    con el objetivo de, con el fin de, con el propósito de, con la finalidad de, con la intención
    de, a fin de, a los efectos de, objetivo es, objetivo de, busca, buscan, buscaba, tiene como
    \w+, para, para que, de forma de, de modo de, in order to, so as to, aims? to, aimed at, afin
    de, pour, com o objetivo de, a fim de
"""
ABOUT = """
    más de, menos de, cerca de, alrededor de, casi, unos, unas, hasta, al menos, aproximadamente,
    about, over, more than, less than, up to, nearly, almost, at least, mais de, plus de, moins
    de, environ
"""
ROLES = """
    vocero, vocera, portavoz, titular, rector, rectora, decano, decana, coordinador, coordinadora,
    gerente, subsecretario, subsecretaria, líder, dirigente, investigador, investigadora,
    profesor, profesora, catedrático, economista, médico, médica, abogado, abogada, actor, actriz,
    escritor, escritora, autor, autora, periodista, futbolista, jugador, jugadora, entrenador,
    delantero, cantante, músico, fiscal, juez, jueza, magistrado, comisionado, comisionada,
    representante, responsable, encargado, encargada, fundador, fundadora, prefecto, prefecta,
    empresario, empresaria, científico, científica, ingeniero, ingeniera, mandatario, mandataria,
    vicepresidenta, primer ministro, primera ministra, consejero, consejera, asesor, asesora,
    comandante, capitán, coronel, almirante, obispo, arzobispo, cardenal, príncipe, princesa,
    emperador, duque, spokesman, spokeswoman, leader, head, chief, founder, professor, researcher,
    lawyer, author, writer, actor, actress, singer, player, coach, judge, ambassador, chairman,
    chairwoman, ceo, prince, princess, emperor, bishop
"""
SPEECH = r"""
    dij\w+, dice, dicen, afirm\w+, señal\w+, declar\w+, anunci\w+, sostuv\w+, sostien\w+,
    expres\w+, asegur\w+, coment\w+, respond\w+, consider\w+, piens\w+, propon\w+, propus\w+,
    recomiend\w+, recomend\w+, reclam\w+, pid\w+, exig\w+, demand\w+, acord\w+, advirti\w+,
    adviert\w+, inform\w+, explic\w+, plante\w+, manifest\w+, solicit\w+, destac\w+, agreg\w+,
    añadi\w+, reiter\w+, insisti\w+, indic\w+, subray\w+, dej\w+ claro, escrib\w+, said, says,
    stated, announced, claimed, declared, argued, told, warned, added, disse, afirmou, declarou,
    anunciou, déclaré, annoncé, affirmé
"""
PER_CENT = "por ciento, percent, per cent, por cento, pour cent"
