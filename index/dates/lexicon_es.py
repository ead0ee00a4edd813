"""Spanish words for the date grammar."""

from index.dates.calendar import Season, Unit
from index.dates.lexicon import Kind, Lexicon, build_words
from index.dates.shapes import Portion

SPANISH = Lexicon(
    "es",
    build_words(
        {
            Kind.NUMBER: {
                "un|una|uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
                "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
                "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20,
                "veintiun|veintiuno|veintiuna": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24,
                "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
                "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
                "noventa": 90, "cien|ciento": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400,
                "quinientos": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800,
                "novecientos": 900, "mil": 1000,
            },
            Kind.ORDINAL: {
                "primer|primera|primero|primeros|primeras": 1, "segundo|segunda": 2, "tercer|tercera|tercero": 3,
                "cuarto|cuarta": 4, "quinto|quinta": 5, "sexto|sexta": 6, "septimo|septima": 7,
                "octavo|octava": 8, "noveno|novena": 9, "decimo|decima": 10, "undecimo|undecima": 11,
                "duodecimo|duodecima": 12, "ultimo|ultima|ultimos|ultimas": -1,
            },
            Kind.MONTH: {
                "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
                "septiembre|setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
            },
            Kind.MONTH_ABBREVIATION: {
                "ene": 1, "feb": 2, "mar": 3, "abr": 4, "may": 5, "jun": 6, "jul": 7, "ago": 8, "sep|sept|set": 9,
                "oct": 10, "nov": 11, "dic": 12,
            },
            Kind.WEEKDAY: {
                "lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6,
            },
            Kind.WEEKDAY_ABBREVIATION: {
                "lu|lun": 0, "ma|mar": 1, "mi|mie|mierc|mx": 2, "ju|jue|juev": 3, "vi|vie|vier": 4, "sa|sab": 5,
                "do|dom": 6,
            },
            Kind.WEEKDAYS: "los lunes|los martes|los miercoles|los jueves|los viernes|los sabados|los domingos"
            "|sabados|domingos",
            Kind.UNIT: {
                "hora|horas|minuto|minutos|min": Unit.HOUR, "dia|dias": Unit.DAY, "semana|semanas": Unit.WEEK,
                "fin de semana|fines de semana|finde|weekend": Unit.WEEKEND,
                "quincena|quincenas": Unit.FORTNIGHT, "mes|meses": Unit.MONTH,
                "bimestre|bimestres": Unit.BIMESTER, "trimestre|trimestres": Unit.QUARTER,
                "cuatrimestre|cuatrimestres": Unit.FOUR_MONTHS,
                "semestre|semestres": Unit.HALF_YEAR, "ano|anos": Unit.YEAR,
                "ano calendario": Unit.YEAR, "decada|decadas|decenio": Unit.DECADE, "siglo|siglos": Unit.CENTURY,
            },
            Kind.DAY_WORD: "dia|dias",
            Kind.YEAR_WORD: "ano",
            Kind.OF: "de|del|en",
            Kind.THE: "el|la|los|las|lo",
            Kind.NEXT: "proximo|proxima|proximos|proximas|entrante|entrantes|venidero|venidera|venideros|"
            "que viene|que vienen|que entra|inmediato siguiente",
            Kind.LAST: "pasado|pasada|pasados|pasadas|ultimo|ultima|ultimos|ultimas|que paso|"
            "recien pasado|recien pasada",
            Kind.THIS: "este|esta|estos|estas|ese|esa|presente|actual|en curso|corriente",
            Kind.RELATIVE: {
                "siguiente|siguientes|posterior": 1, "anterior|anteriores|previo|previa|previos|previas": -1,
            },
            Kind.AGO: "hace",
            Kind.AGO_AFTER: "atras",
            Kind.IN: "en",
            Kind.WITHIN: "dentro de",
            Kind.APPROXIMATELY: "unos|unas|casi|aproximadamente|alrededor de|cerca de|apenas|ya|solo|"
            "exactamente",
            Kind.MORE_THAN: "mas de",
            Kind.FROM: "de|del|desde",
            Kind.TO: "a|al|hasta|-|–|—|~|hasta el",
            Kind.BETWEEN: "entre",
            Kind.AND: "y|e|o|u",
            Kind.SINCE: "desde|a partir de|a partir del|a contar de|a contar del|desde el",
            Kind.UNTIL: "hasta|hasta el|a mas tardar",
            Kind.BEFORE: "antes de|antes del|previo a|previo al|anterior a|anterior al|anteriores a",
            Kind.AFTER: "despues de|despues del|posterior a|posterior al|posteriores a|posterior de|tras|"
            "luego de|luego del",
            Kind.PART: {
                "principios|principio|comienzos|comienzo|inicios|inicio|primeros dias|primeros|"
                "primeras semanas|primeros meses": Portion.START,
                "mediados|medianos|mitad": Portion.MIDDLE,
                "finales|fines|final|fin|ultimos dias|ultimos|ultimas semanas|ultimos meses": Portion.END,
                "resto": Portion.REST,
            },
            Kind.HALF: "mitad",
            Kind.DEICTIC: {
                "hoy|este dia|dia de hoy": 0, "ayer|anoche|dia de ayer": -1,
                "anteayer|antier|antes de ayer|antenoche|anteanoche|dia antes de ayer": -2,
                "manana|dia de manana": 1,
                "pasado manana|dia despues de manana": 2,
                "esta manana|esta tarde|esta noche|esta madrugada|este mediodia": 0,
            },
            Kind.DAYPART: "manana|tarde|noche|madrugada|mediodia",
            Kind.HOLIDAY: {
                "ano nuevo|dia de ano nuevo": "new year", "nochevieja|noche vieja|fin de ano": "new year's eve",
                "dia de reyes|dia de los reyes|dia de los reyes magos|noche de reyes|epifania": "epiphany",
                "dia de la candelaria": "candlemas",
                "san valentin|dia de san valentin|dia de los enamorados": "valentine",
                "dia de la mujer|dia internacional de la mujer": "women",
                "dia de san patricio": "st patrick",
                "dia del trabajo|dia del trabajador|dia de los trabajadores|dia internacional del trabajo|"
                "dia internacional de los trabajadores|dia internacional del trabajador": "labour",
                "dia de la hispanidad|dia de la raza": "hispanic", "halloween": "halloween",
                "dia de todos los santos": "all saints",
                "dia de muertos|dia de los muertos|dia de los difuntos": "dead",
                "nochebuena|noche buena": "christmas eve",
                "navidad|dia de navidad|navidades": "christmas",
                "dia de los santos inocentes|dia de los inocentes": "holy innocents",
                "dia del padre": "father", "accion de gracias|dia de accion de gracias": "thanksgiving",
                "viernes negro|black friday": "black friday", "carnaval": "carnival",
                "miercoles de ceniza": "ash wednesday", "domingo de ramos": "palm sunday",
                "semana santa": "holy week", "jueves santo": "maundy thursday", "viernes santo": "good friday",
                "sabado santo|sabado de gloria": "holy saturday",
                "domingo de pascua|domingo de resurreccion|pascua": "easter",
                "lunes de pascua": "easter monday", "corpus christi": "corpus christi",
            },
            Kind.SEASON: {
                "primavera": Season.SPRING, "verano": Season.SUMMER, "otono": Season.AUTUMN,
                "invierno": Season.WINTER,
            },
            Kind.DECADE_WORD: "anos|decada|decada de|decada de los|decada del|anos de|decada de los anos",
            Kind.DECADE: {
                "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70,
                "ochenta": 80, "noventa": 90,
            },
            Kind.CENTURY_WORD: "siglo",
            Kind.EVERY: "cada|todos los|todas las|todo el|toda la|los demas|por|durante todo el|al|a la|"
            "una vez al|una vez a la|veces al|veces a la|veces por",
            Kind.QUARTER_MARK: {"t1|1t|q1": 1, "t2|2t|q2": 2, "t3|3t|q3": 3, "t4|4t|q4": 4},
            Kind.FUNCTION: "antes|despues|los|las|tras|mas|pues|mientras|entonces|unos|unas|sus|dos|tres|seis|"
            "es|apenas|nos|les|quienes|cuales|muchos|muchas|varios|varias|ambos|ambas|estos|estas",
            Kind.NOT_A_YEAR: "ley|decreto|articulo|pagina|pag|canal|calle|ruta|av|avenida|numero|num|no|nro|"
            "expediente|folio|resolucion|codigo|tel|telefono|cp|agenda|vision|isbn|issn|norma|iso|"
            "usd|us$|$|€|£|r$|metros|los|las|unos|unas|casi|mas de|menos de|#|n|ley n|+|*|@|"
            "formula|f|boeing|modelo",
            Kind.PLACE: "avenida|av|calle|plaza|colonia|col|barrio|bulevar|boulevard|hospital|escuela|estadio|"
            "metro|parque|estacion|club|ruta|puente|departamento|ciudad|liceo|batallon|comision|movimiento|frente",
        }
    ),
)
