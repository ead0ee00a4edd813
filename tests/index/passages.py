"""Sentences in the manner of the press, and in the scripts and shapes that tokenizers trip over."""

NEWS = (
    "El canciller se reunirá el 23 de enero con su homóloga en Washington, según informó la Secretaría.",
    "«No habrá recortes», dijo la ministra; los sindicatos, que esperaban otra cosa, convocaron a un paro.",
    "El IPC subió 0,4 % en octubre y acumula 6,93 % en doce meses: $ 1.234.567,89 por hogar.",
    "¿Cuándo abrirán las escuelas rurales? —preguntó el senador—. Nadie supo responderle en la comisión.",
    "El Sr. Núñez y la Dra. Güiraldes, de EE. UU., viajaron a D. C. con el núm. 27 de la delegación.",
    "Las exportaciones de carne vacuna cayeron por tercer mes consecutivo, arrastradas por la menor demanda "
    "de China, mientras que las de lácteos crecieron gracias a las compras de Argelia y de Brasil. El "
    "instituto prevé que la faena se recupere en el segundo semestre si se abre el mercado japonés.",
    "El gobierno anunció el martes un paquete de medidas para contener la emergencia sanitaria: se suspenden "
    "los espectáculos públicos, se exhorta a las empresas a que permitan el teletrabajo y se crea un fondo "
    "que pagará parte del seguro de desempleo de los trabajadores mensuales de la industria y el comercio.",
    "The foreign ministers will meet again next month to review progress against the trafficking of arms.",
    "Le ministre a démissionné hier soir après la publication d'une enquête sur ses comptes de campagne.",
    "A prefeitura de São Paulo ampliará o horário das creches a partir de segunda-feira, informou ontem.",
)
ODD = (
    "hola",
    "  espacios   por\ttodas\n\npartes ",
    "La ﬁn del ½ siglo № 5, ＡＢＣ y x²",
    "外務大臣は来週、北京で会談する予定です。カタカナも少し。",
    "오늘 서울에서 회담이 열렸다",
    "Президент прибыл в Москву; встреча состоится завтра",
    "اجتمع الوزراء أمس في القاهرة",
    "😀 ganó el campeonato 🎉 y lloró",
    "a\u200bb\ufeffc y gui\u00adón",
    "control\x07 y \x1bescape",
    "www.ejemplo.com.uy/noticia?id=12&x=ñ",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
)
