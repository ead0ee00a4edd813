"""Words that news uses for the same thing, within a language and across languages."""

from functools import cache

from index.language.terms import LANGUAGES, fold, stem

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
estados ee
unidos uu united
exige exigen exigio exigieron demanda demandan demando demandaron pide piden demand demands demanded
pide piden pidio pidieron solicita solicitan solicito reclama reclaman reclamo exige asks asked requests requested
viajo viaja viaje viajes visito visita visitas visits visited visit trip travels traveled travelled
nombro nombrado nombrada nombramiento designo designado designada appoints appointed named
renuncio renuncia dimitio dimision resigned resigns resignation
arrestado arrestados arresto aprehendido capturado capturaron arrested arrest captured
heridos herido herida lesionados injured wounded
ataque ataques atentado atentados bombardeo bombardeos attack attacks strikes
amenaza amenazas threat threats threatens threatened
embajador embajadora embajada ambassador embassy
droga drogas estupefacientes narcoticos drug drugs narcotics
fentanilo fentanyl
ayuda apoyo asistencia aid help support assistance
aumento aumentaron subio subieron alza incremento crecio rose rises increase increased grew growth
cayo cayeron bajaron disminuyo descenso caida fell fall drop dropped decrease decreased decline declined
resultados results outcome outcomes
progreso avance avances progress
desafios retos challenges
compromisos commitments
cooperacion colaboracion cooperation collaboration
intercambio exchange
soberania sovereignty
aniversario anniversary
comunicado statement communique
comunidad comunidades community communities
inflacion inflation
petroleo crudo oil crude
maiz corn maize
agricultores campesinos farmers
policia policias police
ejercito militares soldados army military soldiers troops
juez jueza judge
fiscal fiscalia prosecutor prosecutors
tribunal juzgado corte court
protesta protestas manifestacion protest protests demonstration
terremoto sismo temblor earthquake quake
incendio incendios fire fires
inundacion inundaciones flood floods flooding
papa pontifice pope
rey king
reina queen
diputados legisladores congresistas lawmakers deputies
senado senadores senate senators
ciudadanos citizens
carretera autopista road highway
puente bridge
tren trenes ferrocarril train trains railway
aeropuerto airport
barco barcos buque ship ships boat boats
empresa empresas compañia compañias company companies
banco bancos bank banks
impuesto impuestos tax taxes
presupuesto budget
deuda debt
agua water
energia energy
iglesia church
universidad university
""".strip()


@cache
def synonyms(language: str) -> dict[str, frozenset[str]]:
    """For each stem of `language` in a group, the stems of that group in every language."""
    table: dict[str, frozenset[str]] = {}
    for line in _GROUPS.splitlines():
        words = fold(line).split()
        stems = frozenset(stem(word, code) for word in words for code in LANGUAGES)
        for word in words:
            key = stem(word, language)
            table[key] = table.get(key, frozenset()) | stems
    return table
