"""The names that other people give to the fields of an article."""

from __future__ import annotations

# In the order in which they are tried; compared without case, accents and what is neither letter
# nor digit. Sources, besides common use: the exports of trafilatura, news-please, fundus and
# feedparser; the answers of NewsAPI, the Guardian, the New York Times, Event Registry, GDELT and
# Media Cloud; the tables of ProQuest, Factiva and Nexis; German, French, Spanish, Italian,
# Portuguese and Dutch words.
_NAMES = {
    "id": """
        id articleid docid documentid uuid guid uid _id storiesid storyid newsid postid storeid
        accessionnumber an recordid entryid nr""",
    "title": """
        title headline head heading articletitle ogtitle titlerendered headlinemain webtitle
        headlinetext newstitle newsheadline storytitle posttitle pagetitle titletext headlines hd
        fieldsheadline titre titel titulo titolo uberschrift ueberschrift schlagzeile titular
        encabezado manchete intitule artikeltitel kop titredelarticle titrearticle
        titulodelanoticia titulonoticia titulodanoticia titulodoartigo titolodellarticolo
        titoloarticolo titelartikel""",
    "standfirst": """
        standfirst subtitle subheadline subhead deck dek description summary teaser abstract lead
        excerpt excerptrendered snippet trailtext fieldstrailtext fieldsstandfirst lede intro
        metadescription ogdescription shortdescription untertitel unterzeile vorspann
        zusammenfassung chapo chapeau soustitre resume subtitulo resumen entradilla bajada
        sottotitolo sommario occhiello resumo ondertitel samenvatting""",
    "author": """
        author authors byline creator dccreator writer journalist fieldsbyline bylineoriginal
        authorname authornames reporter reporters by autor autoren verfasser auteur auteurs autores
        autore autori""",
    "text": """
        text body content maintext fulltext articletext articlebody articlecontent plaintext
        storytext rawtext bodytext fieldsbodytext fieldsbody contentrendered contenttext
        newscontent newstext newsbody textcontent cleantext cleanedtext articlefulltext
        bodyplain maincontent pagetext td volltext artikeltext haupttext inhalt texte textecomplet
        corps contenu texto cuerpo contenido textocompleto testo corpo contenuto conteudo tekst
        inhoud corpsdelarticle textedelarticle cuerpodelanoticia textodelanoticia corpodotexto
        corpodanoticia textodanoticia corpodellarticolo testodellarticolo testoarticolo
        leadparagraph lp document article story post""",
    "date": """
        date datepublished publisheddate published publishedat pubdate publishdate
        publicationdate datepublish publishtime publishedtime publishedon publishingdate
        publicationtime datetimepub publishedparsed dategmt webpublicationdate seendate newsdate
        articledate storydate postdate datepub firstpublished firstpublishedat issued
        dateissued datetime timestamp pd datum veroffentlicht veroffentlichtam
        veroffentlichungsdatum erscheinungsdatum erscheinungstag datepublication datedepublication
        dateparution datedeparution parution
        fecha fechapublicacion fechadepublicacion datapubblicazione
        datadipubblicazione datapublicacao datadepublicacao publicatiedatum data time created
        createdat createdon""",
    "outlet": """
        outlet sourcename sourcetitle sourcehostname sitename medianame source publisher
        publication publicationname pubtitle publicationtitle newspaper newspapername newssource
        newsoutlet mediaoutlet sourcecommonname sn journalname medium media channel provider site
        website domain sourcedomain hostname host quelle zeitung publikation journal fuente medio
        periodico diario fonte testata giornale jornal veiculo bron krant""",
    "language": """
        language lang inlanguage languagecode langcode articlelanguage la sprache langue idioma
        lengua lingua taal""",
    "url": """
        url weburl articleurl canonicalurl pageurl sourceurl documenturl documentidentifier
        storyurl newsurl newslink fullurl articlelink originalurl link links permalink href uri
        address source adresse lien enlace collegamento""",
    "path": """
        path file filename filepath sourcefile""",
}
ALIASES: dict[str, tuple[str, ...]] = {
    field: tuple(names.split()) for field, names in _NAMES.items()
}

# Names that mean other things, too: what the column holds decides.
WEAK: dict[str, frozenset[str]] = {
    "text": frozenset(("document", "article", "story", "post", "lp", "td")),
    "date": frozenset(("data", "time", "pd", "created", "createdat", "createdon")),
    "url": frozenset(("uri", "source", "address", "adresse", "links", "documentidentifier")),
    "outlet": frozenset(("source", "channel", "host", "la", "media", "medium", "journal")),
    "language": frozenset(("la",)),
    "title": frozenset(("hd", "kop")),
    "author": frozenset(("by",)),
    "id": frozenset(("an", "nr")),
}

# What dumps and APIs put around a record.
_WRAPPERS_WORDS = """
    _source fields attributes article doc node record properties data item entry story
    document"""
WRAPPERS = frozenset(_WRAPPERS_WORDS.split())
