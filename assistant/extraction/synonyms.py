"""Words that news uses for the same thing, within a language and across languages."""

from functools import cache

from index.terms import fold, stem

_GROUPS = """
muerte muertos fallecidos fallecimientos murieron murio decesos obitos death deaths died dead
casos contagios positivos infectados contagiados infecciones cases infections infected cas
reunion reuniones encuentro cumbre sesion meeting summit meetings reuniao reunion
canciller cancilleria foreign chanceler exteriores
ministro ministra ministers minister ministre ministerial
secretario secretaria secretary secretaire
preside presiden presidio presidira presidida presidente presidenta chairs chaired chairman chair
dirige dirigen dirigio dirigira director directora titular directs directed heads headed head
encabeza encabezan encabezo encabezara titular lider jefe jefa leads led heads headed head leader
lidera lideran lidero lider jefe jefa leads led leader
coordina coordinan coordino coordinador coordinadora coordinates coordinator
presidente presidenta mandatario mandataria mandatarios president presidencia
gobierno ejecutivo government governo gouvernement
seguridad security seguranca securite
trafico trasiego trafficking traffic smuggling
detener frenar parar stop halt combatir contrarrestar
carteles cartel cartels
armas weapons arms guns
frontera fronteriza border borders fronteira frontiere
acuerdo acordaron convinieron pacto agreement agreed agree acordo accord
dijo señalo afirmo aseguro declaro sostuvo expreso indico said stated told declared disse
anuncio anunciaron announced announcement announce
trabajadores empleados funcionarios obreros workers employees trabalhadores
escuelas escuela school schools ecoles
alumnos estudiantes students pupils alunos eleves
niños niñas menores children kids crianças enfants
pais paises country countries nacion naciones nation nations pays
ciudad ciudades city cities cidade ville
precio precios costo costos cost costs price prices preço prix
comenzo empezo inicio iniciar comienza comenzara begin began start started starts começou commence
termino finalizo concluyo acabo end ended finish finished terminou
creo fundo fundado fundada creado creada founded created established
construyo construido construida built construct constructed building
gano ganar vencio derroto gano win won winner defeat defeated beat
nacio nacido nacida born nasceu
vacuna vacunas vaccine vaccines vacina vaccin
guerra war guerre guerra
poblacion habitantes population inhabitants
dinero fondos recursos money funds argent
ley leyes law laws lei loi
derecho derechos right rights direitos droits
mujeres mujer women woman femmes mulheres
hombres hombre men man hommes homens
proximo proxima siguiente next
primer primero primera first primeiro premier
ultimo ultima last ultimo dernier
mayor mas most largest biggest maior plus
llamada telefono telefonica conversacion phone call telephone
hablaron conversacion conversaron dialogaron charlaron discutir abordaron debatieron talk talked discuss discussed
futbol soccer football
jugador jugadores player players jogadores joueurs
equipo equipos team teams equipe
mundo mundial world monde
salud sanitario sanitaria health saude sante
economia economico economica economy economic
elecciones electoral comicios election elections voting
covid coronavirus covid19
migrantes migracion migration migrants
aranceles arancel tariff tariffs
""".strip()


@cache
def synonyms(language: str) -> dict[str, frozenset[str]]:
    """For each stem of `language` in a group, the stems of that group in every language."""
    table: dict[str, frozenset[str]] = {}
    for line in _GROUPS.splitlines():
        words = fold(line).split()
        stems = frozenset(stem(word, code) for word in words for code in ("es", "en", "pt", "fr"))
        for word in words:
            key = stem(word, language)
            table[key] = table.get(key, frozenset()) | stems
    return table
