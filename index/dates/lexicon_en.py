"""English words for the date grammar."""

from index.dates.calendar import Season, Unit
from index.dates.lexicon import Kind, Lexicon, build_words
from index.dates.shapes import Portion

ENGLISH = Lexicon(
    "en",
    build_words(
        {
            Kind.NUMBER: {
                "a|an|one": 1, "two|couple of|a couple of": 2, "three": 3, "four": 4, "five": 5, "six": 6,
                "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
                "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
                "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
                "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
            },
            Kind.ORDINAL: {
                "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
                "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
                "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
                "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "twenty first": 21, "twenty - first": 21,
                "thirty first": 31, "thirty - first": 31, "last|final": -1,
            },
            Kind.MONTH: {
                "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
                "september": 9, "october": 10, "november": 11, "december": 12,
            },
            Kind.MONTH_ABBREVIATION: {
                "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep|sept": 9, "oct": 10,
                "nov": 11, "dec": 12,
            },
            Kind.WEEKDAY: {
                "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
            },
            Kind.WEEKDAY_ABBREVIATION: {
                "mon": 0, "tue|tues": 1, "wed": 2, "thu|thur|thurs": 3, "fri": 4, "sat": 5, "sun": 6,
            },
            Kind.WEEKDAYS: "mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays",
            Kind.UNIT: {
                "hour|hours|minute|minutes|min": Unit.HOUR, "day|days": Unit.DAY, "week|weeks": Unit.WEEK,
                "weekend|weekends": Unit.WEEKEND, "fortnight": Unit.FORTNIGHT, "month|months": Unit.MONTH,
                "quarter|quarters": Unit.QUARTER, "half - year|semester": Unit.HALF_YEAR,
                "year|years|calendar year": Unit.YEAR, "decade|decades": Unit.DECADE,
                "century|centuries": Unit.CENTURY,
            },
            Kind.DAY_WORD: "day",
            Kind.YEAR_WORD: "year",
            Kind.OF: "of|in",
            Kind.THE: "the|on",
            Kind.NEXT: "next|coming|upcoming",
            Kind.LAST: "last|past|previous",
            Kind.THIS: "this|current|present|that",
            Kind.RELATIVE: {"following|after that": 1, "previous|before that|preceding|prior": -1},
            Kind.AGO_AFTER: "ago|earlier",
            Kind.IN: "in|within",
            Kind.WITHIN: "within the next",
            Kind.APPROXIMATELY: "about|some|around|nearly|almost|just|approximately|roughly",
            Kind.MORE_THAN: "more than|over",
            Kind.FROM: "from",
            Kind.TO: "to|till|until|through|thru|-|–|—|~",
            Kind.BETWEEN: "between",
            Kind.AND: "and|or|&",
            Kind.SINCE: "since|from|starting|beginning|as of|starting on|from the",
            Kind.UNTIL: "until|till|up to|by|through|until the",
            Kind.BEFORE: "before|prior to|earlier than",
            Kind.AFTER: "after|later than|following",
            Kind.PART: {
                "early|beginning of|start of|the beginning of|the start of|early in|first days of": Portion.START,
                "mid|mid -|middle of|the middle of": Portion.MIDDLE,
                "late|end of|the end of|late in|later in|last days of": Portion.END,
                "rest of|remainder of|the rest of": Portion.REST,
            },
            Kind.HALF: "half",
            Kind.DEICTIC: {
                "today|tonight|this morning|this afternoon|this evening": 0, "yesterday|last night": -1,
                "day before yesterday|the day before yesterday": -2, "tomorrow": 1,
                "day after tomorrow|the day after tomorrow": 2,
            },
            Kind.DAYPART: "morning|afternoon|evening|night",
            Kind.HOLIDAY: {
                "new year's day|new year|new years|new year day": "new year",
                "new year's eve|new years eve": "new year's eve",
                "epiphany": "epiphany", "valentine's day|valentine's": "valentine",
                "international women's day|women's day": "women",
                "st patrick's day|saint patrick's day|st . patrick's day": "st patrick",
                "april fools|april fools' day|april fool's day": "april fools",
                "labour day|may day|workers' day|international workers' day": "labour",
                "independence day": "us independence", "halloween": "halloween", "all saints' day": "all saints",
                "day of the dead": "dead", "christmas eve": "christmas eve",
                "christmas day|christmas|xmas": "christmas", "father's day|fathers day": "father",
                "thanksgiving|thanksgiving day": "thanksgiving", "black friday": "black friday",
                "ash wednesday": "ash wednesday", "palm sunday": "palm sunday", "holy week": "holy week",
                "maundy thursday": "maundy thursday", "good friday": "good friday",
                "easter|easter sunday": "easter", "easter monday": "easter monday",
            },
            Kind.SEASON: {
                "spring": Season.SPRING, "summer": Season.SUMMER, "autumn|fall": Season.AUTUMN,
                "winter": Season.WINTER,
            },
            Kind.DECADE_WORD: "the|decade of the",
            Kind.DECADE: {
                "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
                "eighties": 80, "nineties": 90,
            },
            Kind.CENTURY_WORD: "century",
            Kind.EVERY: "every|each|per|all|a|once a|twice a",
            Kind.QUARTER_MARK: {"q1|1q": 1, "q2|2q": 2, "q3|3q": 3, "q4|4q": 4},
            Kind.FUNCTION: "was|is|has|as|this|his|its|us|does|plus|across|perhaps|unless|towards|besides|always",
            Kind.NOT_A_YEAR: "law|act|article|page|p|pp|room|channel|street|route|highway|number|no|agenda|vision|"
            "isbn|issn|iso|usd|us$|$|€|£|#|+|*|@|nearly|almost|about|some|over|more than|less than|flight|boeing|"
            "model|resolution",
            Kind.PLACE: "street|avenue|plaza|square|hospital|school|stadium",
        }
    ),
    month_first=True,
    capitalised=True,
)
