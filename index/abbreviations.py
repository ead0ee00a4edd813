"""Words whose full stop need not end a sentence, case folded, without that stop, sorted by what follows them.

One table serves Spanish, English, Portuguese and French: what follows settles the few that are words
elsewhere.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEFORE_NAME = _words(
    """
    sr sra srta sres sras srs dr dra drs dres dras lic lics licda lcdo lcda ing arq mtro mtra prof profa
    gral gdor gob cnel cmte cmdte capt cte tte sgto alm brig pdte pdta pte mons rvdo hno hna exc excmo
    excma ilmo ilma fdo ud uds vd vds dña dn sto sta mr mrs ms messrs mme mlle st ste gen lt sgt sen gov supt
    dip av avda blvd calz col depto dpto fracc esq pza ej p.ej p.e e.g i.e v.gr vs cfr cf viz
    """
)
BEFORE_NUMBER = _words(
    """
    núm núms num nums nº n.º n no nos art arts pág págs pag pags p pp vol vols cap caps fig figs frac inc
    tel tels ext apdo km int exp sec secc ch par párr ed ene feb mar abr may jun jul ago sep sept set oct
    nov dic jan apr aug dec fev fév avr juil août out dez ca aprox lám tomo
    """
)
# They close a sentence as often as they stand inside one: a capital after them starts the next.
OFTEN_LAST = _words(
    """
    etc al jr d.c d.f n.y l.a a.m p.m a.c s.a s.l c.v s.c r.l s.r.l s.a.s s.a.b b.c b.c.s s.l.p n.l q.r
    ph.d inc corp co ltd ltda cía cia bros hnos p.d q.e.p.d
    """
)
# Capitalised, these start a sentence even after an initial or an acronym (“EE. UU. El canciller”).
STARTERS = _words(
    """
    varios varias muchas pocos el la los las un una unos unas lo al del este esta estos estas ese esa
    esos esas eso esto aquel aquella su sus en por para con sin según sobre desde hasta tras ante entre
    durante mediante de a y e o pero sino aunque porque como cuando donde mientras si no ni que quien
    qué quién cuál cómo cuándo dónde se le les me te nos yo él ella ellos ellas además también asimismo
    así luego después antes ahora hoy ayer entonces dicho dicha dichos dichas cada todo toda todos todas
    otro otra otros otras muchos algunos algunas ambos the an this that these those he she it they we
    you his her its their our in on at by for from to with of and but or if when while after before as
    there what who how why where both all some many most however os um uma uns umas ele ela eles elas
    isso essa esse em na nas ao à do da dos das des du cette ce ces il elle ils elles nous vous je dans
    pour par avec sur mais et selon après
    """
)
