"""Portuguese words for the date grammar."""

from index.dates.calendar import Season, Unit
from index.dates.lexicon import Kind, Lexicon, build_words
from index.dates.shapes import Portion

PORTUGUESE = Lexicon(
    "pt",
    build_words(
        {
            Kind.NUMBER: {
                "um|uma": 1, "dois|duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8,
                "nove": 9, "dez": 10, "onze": 11, "doze": 12, "treze": 13, "catorze|quatorze": 14, "quinze": 15,
                "dezesseis|dezasseis": 16, "dezessete|dezassete": 17, "dezoito": 18, "dezenove|dezanove": 19,
                "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "setenta": 70,
                "oitenta": 80, "noventa": 90, "cem|cento": 100, "duzentos": 200, "trezentos": 300,
                "quatrocentos": 400, "quinhentos": 500, "seiscentos": 600, "setecentos": 700, "oitocentos": 800,
                "novecentos": 900, "mil": 1000,
            },
            Kind.ORDINAL: {
                "primeiro|primeira|primeiros|primeiras": 1, "segundo|segunda": 2, "terceiro|terceira": 3,
                "quarto|quarta": 4, "quinto|quinta": 5, "sexto|sexta": 6, "setimo|setima": 7,
                "oitavo|oitava": 8, "nono|nona": 9, "decimo|decima": 10,
                "ultimo|ultima|ultimos|ultimas": -1,
            },
            Kind.MONTH: {
                "janeiro": 1, "fevereiro": 2, "marco": 3, "abril": 4, "maio": 5, "junho": 6, "julho": 7,
                "agosto": 8, "setembro": 9, "outubro": 10, "novembro": 11, "dezembro": 12,
            },
            Kind.MONTH_ABBREVIATION: {
                "jan": 1, "fev": 2, "mar": 3, "abr": 4, "mai": 5, "jun": 6, "jul": 7, "ago": 8, "set": 9,
                "out": 10, "nov": 11, "dez": 12,
            },
            Kind.WEEKDAY: {
                "segunda - feira": 0, "terca - feira|terca": 1, "quarta - feira": 2, "quinta - feira": 3,
                "sexta - feira": 4, "sabado": 5, "domingo": 6, "na segunda|nesta segunda": 0,
                "na quarta|nesta quarta": 2, "na quinta|nesta quinta": 3, "na sexta|nesta sexta": 4,
            },
            Kind.WEEKDAY_ABBREVIATION: {"seg": 0, "ter": 1, "qua": 2, "qui": 3, "sex": 4, "sab": 5, "dom": 6},
            Kind.WEEKDAYS: "as segundas|as tercas|as quartas|as quintas|as sextas|sabados|domingos|aos sabados|"
            "aos domingos",
            Kind.UNIT: {
                "hora|horas|minuto|minutos|min": Unit.HOUR, "dia|dias": Unit.DAY, "semana|semanas": Unit.WEEK,
                "fim de semana|final de semana|fins de semana": Unit.WEEKEND,
                "quinzena|quinzenas": Unit.FORTNIGHT, "mes|meses": Unit.MONTH,
                "bimestre|bimestres": Unit.BIMESTER, "trimestre|trimestres": Unit.QUARTER,
                "quadrimestre": Unit.FOUR_MONTHS, "semestre|semestres": Unit.HALF_YEAR, "ano|anos": Unit.YEAR,
                "decada|decadas": Unit.DECADE, "seculo|seculos": Unit.CENTURY,
            },
            Kind.DAY_WORD: "dia|dias",
            Kind.YEAR_WORD: "ano",
            Kind.OF: "de|do|da|deste|desta|em|dos|das",
            Kind.THE: "o|a|os|as|no|na|nos|nas|ao",
            Kind.NEXT: "proximo|proxima|proximos|proximas|que vem|vindouro|vindoura",
            Kind.LAST: "passado|passada|passados|passadas|ultimo|ultima|ultimos|ultimas",
            Kind.THIS: "este|esta|estes|estas|esse|essa|neste|nesta|nesse|nessa|deste|desta|atual|em curso|"
            "corrente|presente",
            Kind.RELATIVE: {"seguinte|seguintes|posterior": 1, "anterior|anteriores|previo|previa": -1},
            Kind.AGO: "ha|faz",
            Kind.AGO_AFTER: "atras",
            Kind.IN: "em",
            Kind.WITHIN: "dentro de|daqui a",
            Kind.APPROXIMATELY: "uns|umas|quase|aproximadamente|cerca de|apenas|so",
            Kind.MORE_THAN: "mais de",
            Kind.FROM: "de|do|da|desde",
            Kind.TO: "a|ao|ate|-|–|—|~|ate o|ate a|ate ao",
            Kind.BETWEEN: "entre",
            Kind.AND: "e|ou",
            Kind.SINCE: "desde|a partir de|a partir do|a partir da|desde o|desde a",
            Kind.UNTIL: "ate|ate o|ate a|ate ao",
            Kind.BEFORE: "antes de|antes do|antes da|anterior a|anterior ao",
            Kind.AFTER: "depois de|depois do|depois da|apos|apos o|apos a|posterior a",
            Kind.PART: {
                "inicio|comeco|inicios|principio|principios|comecos|primeiros dias": Portion.START,
                "meados|metade": Portion.MIDDLE,
                "final|fim|finais|fins|ultimos dias": Portion.END,
                "resto|restante": Portion.REST,
            },
            Kind.HALF: "metade",
            Kind.DEICTIC: {
                "hoje|dia de hoje": 0, "ontem|dia de ontem": -1, "anteontem|antes de ontem": -2,
                "amanha|dia de amanha": 1, "depois de amanha": 2,
                "esta manha|nesta manha|esta tarde|nesta tarde|esta noite|nesta noite|nesta madrugada": 0,
            },
            Kind.DAYPART: "manha|tarde|noite|madrugada",
            Kind.HOLIDAY: {
                "ano novo|dia de ano novo|reveillon": "new year", "vespera de ano novo": "new year's eve",
                "dia de reis": "epiphany", "dia da mulher|dia internacional da mulher": "women",
                "dia do trabalho|dia do trabalhador|dia dos trabalhadores": "labour",
                "halloween": "halloween", "dia de todos os santos": "all saints",
                "dia de finados|finados": "dead", "vespera de natal": "christmas eve",
                "natal|dia de natal": "christmas", "carnaval": "carnival",
                "acao de gracas|dia de acao de gracas": "thanksgiving", "black friday": "black friday",
                "quarta - feira de cinzas": "ash wednesday", "domingo de ramos": "palm sunday",
                "semana santa": "holy week", "quinta - feira santa": "maundy thursday",
                "sexta - feira santa|sexta - feira da paixao": "good friday",
                "domingo de pascoa|pascoa": "easter", "corpus christi": "corpus christi",
            },
            Kind.SEASON: {
                "primavera": Season.SPRING, "verao": Season.SUMMER, "outono": Season.AUTUMN,
                "inverno": Season.WINTER,
            },
            Kind.DECADE_WORD: "anos|decada|decada de|decada dos anos",
            Kind.DECADE: {
                "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "setenta": 70,
                "oitenta": 80, "noventa": 90,
            },
            Kind.CENTURY_WORD: "seculo",
            Kind.EVERY: "cada|todos os|todas as|todo o|toda a|por|todo|toda|vez por|vezes por",
            Kind.QUARTER_MARK: {"t1|1t|q1": 1, "t2|2t|q2": 2, "t3|3t|q3": 3, "t4|4t|q4": 4},
            Kind.FUNCTION: "antes|depois|os|as|apos|mais|pois|nos|lhes|muitos|muitas|varios|varias|ambos|dois|tres",
            Kind.NOT_A_YEAR: "lei|decreto|artigo|pagina|canal|rua|rota|avenida|av|numero|no|nro|agenda|isbn|iso|"
            "usd|us$|r$|$|€|£|os|as|uns|umas|quase|mais de|menos de|#|n|+|*|@|modelo|resolucao|boeing",
            Kind.PLACE: "avenida|av|rua|praca|bairro|hospital|escola|estadio|parque|estacao",
        }
    ),
)
