# SPDX-License-Identifier: EUPL-1.2
"""Workplaces, jobs and tasks for regions of our own making (bench/make_region.py): written for this project, in the words of the demo region's vocabulary.

A task is "ref | title | category | what it asks (ICF code and level) | level of thinking | more tags". Employers are invented.
"""

TAGS = ("animals bakery books care children cleaning computer customers deadlines education elderly green hospitality indoor kitchen laundry logistics machines "
        "numbers office outdoor plants technical").split()
FACILITIES = ("lifting-aid", "lift", "quiet-room", "adjustable-desk")
SKILLS = {"dutch-a2": [], "dutch-b1": ["dutch-a2"], "forklift": [], "haccp": [], "driving-licence-b": []}
CATEGORIES = ("4.A.1.a.1 4.A.1.b.2 4.A.2.a.4 4.A.2.b.6 4.A.3.a.1 4.A.3.a.2 4.A.3.a.3 4.A.3.a.4 4.A.3.b.1 4.A.3.b.4 4.A.3.b.6 4.A.4.a.2 4.A.4.a.5 4.A.4.a.8 "
              "4.A.4.b.3 4.A.4.b.4 4.A.4.c.1 4.A.4.c.3").split()
EXPOSURES = ("e135", "e225", "e240", "e250", "e255")

# Capacities that tasks ask and people are asked about.
ABILITIES = ("b140 b144 b147 b156 b164 b172 b210 b230 b455 b730 b740 b760 d163 d175 d240 d310 d330 d345 d410 d430 d440 d450 d720").split()
HOW_OFTEN = [10 if code in "b164 b210 d175 d310".split() else 5 if code in "b140 b156 b760 d330 d440".split() else 1 for code in ABILITIES]

_WORKPLACES = {
    "Woonzorgcentrum|care|elderly": """
linnen | Linnenkasten aanvullen | 4.A.3.a.2 | d430:2 d450:2 | 1 | laundry
ontbijt | Ontbijttafels dekken | 4.A.4.a.8 | d440:2 b144:1 | 1 | kitchen
rondbrengen | Koffie en thee rondbrengen | 4.A.4.a.8 | d450:2 d330:1 | 1 | customers
kamers | Kamers opruimen en afstoffen | 4.A.3.a.1 | d410:2 b455:2 | 1 | cleaning
rolstoel | Rolstoelen nalopen en schoonmaken | 4.A.3.b.4 | d440:2 b210:2 | 2 | technical
wandelen | Met bewoners naar buiten | 4.A.4.a.5 | d450:3 d720:2 | 2 | outdoor
voorlezen | Voorlezen en spelletjes doen | 4.A.4.a.5 | d330:2 d310:2 b210:2 | 2 |
wassen | Helpen bij wassen en aankleden | 4.A.4.a.5 | d430:3 d720:3 b730:3 | 3 |
rapport | Zorgdossier bijwerken | 4.A.3.b.6 | d345:3 b164:3 | 3 | computer
voorraad | Verbandmiddelen tellen en bestellen | 4.A.4.c.3 | b172:2 b140:2 | 2 | numbers
was | Was sorteren en opvouwen | 4.A.3.a.1 | d440:1 b730:2 | 1 | laundry
rooster | Vrijwilligers inroosteren | 4.A.2.b.6 | b164:3 d175:3 | 3 | office
""",
    "Basisschool|education|children": """
kopie | Werkbladen kopieren en sorteren | 4.A.4.c.1 | d440:1 b140:2 | 1 | office
plein | Schoolplein aanvegen | 4.A.3.a.1 | d450:2 b455:2 | 1 | outdoor
toezicht | Toezicht in de pauze | 4.A.4.a.5 | d720:3 b230:2 b156:2 | 2 |
boeken | Bibliotheekboeken inruimen | 4.A.3.a.2 | d440:1 b144:2 | 1 | books
absent | Absenties bijhouden | 4.A.3.b.6 | d345:2 b140:2 | 2 | computer
lezen | Leesgroepje begeleiden | 4.A.4.b.3 | d310:3 d330:3 d720:2 | 3 |
knutsel | Knutselspullen klaarleggen | 4.A.3.a.2 | d440:2 b164:1 | 1 |
klus | Kapotte stoelen en sloten herstellen | 4.A.3.b.4 | d440:3 b760:2 | 2 | technical
telefoon | Telefoon en deur opendoen | 4.A.4.a.8 | d310:3 d330:3 b230:3 | 2 | customers
gymzaal | Gymtoestellen klaarzetten | 4.A.3.a.2 | d430:3 b730:3 | 1 |
brief | Ouderbrieven opstellen | 4.A.3.b.1 | d345:3 b164:2 | 3 | computer
""",
    "Tuincentrum|green|plants": """
water | Planten water geven | 4.A.3.a.1 | d450:2 d430:1 | 1 |
tafels | Verkooptafels bijvullen | 4.A.3.a.2 | d430:2 d410:2 | 1 |
snoei | Dood blad wegknippen | 4.A.3.a.1 | d440:2 b140:1 | 1 |
potten | Stekken oppotten | 4.A.3.a.1 | d440:2 b147:2 | 1 |
zakken | Zakken aarde op pallets leggen | 4.A.3.a.2 | d430:3 b730:3 | 1 | outdoor
kassa | Afrekenen aan de kassa | 4.A.4.a.8 | b172:3 d310:2 d330:2 | 2 | customers
advies | Klanten raad geven over planten | 4.A.4.a.8 | d330:3 b144:3 | 3 | customers
prijzen | Prijskaartjes maken | 4.A.3.b.1 | d440:1 b210:2 | 2 | computer
heftruck | Pallets verplaatsen met de heftruck | 4.A.3.a.4 | b210:3 b760:3 b140:3 | 2 | machines
inkoop | Bestellingen bij kwekers plaatsen | 4.A.2.b.6 | b164:3 d175:3 | 3 | office
hokken | Dierenhokken uitmesten | 4.A.3.a.1 | d410:2 b455:2 | 1 | animals
""",
    "Hotel|hospitality|customers": """
bedden | Bedden opmaken | 4.A.3.a.1 | d410:3 b455:3 | 1 | cleaning
karren | Kamerkarren inrichten | 4.A.3.a.2 | d430:2 b144:2 | 1 |
gang | Gangen stofzuigen | 4.A.3.a.1 | d450:2 b455:2 | 1 | cleaning
buffet | Ontbijtbuffet aanvullen | 4.A.4.a.8 | d450:2 b147:2 | 1 | kitchen
afwas | Vaatwasser draaien | 4.A.3.a.3 | d430:2 b147:2 | 1 | kitchen
koffer | Koffers naar boven brengen | 4.A.4.a.8 | d430:3 d450:2 | 1 |
balie | Gasten inschrijven | 4.A.4.a.8 | d330:3 d310:3 d240:2 | 3 | computer
groente | Groente wassen en snijden | 4.A.3.a.1 | d440:3 b760:2 | 2 | kitchen
linnen | Linnengoed tellen | 4.A.4.c.3 | b172:2 b140:2 | 1 | laundry
tafel | Tafels dekken voor een feest | 4.A.4.a.8 | d440:2 d450:2 | 1 |
mail | Reserveringen per mail verwerken | 4.A.3.b.6 | d345:3 b140:2 | 3 | computer
""",
    "Distributiecentrum|logistics|deadlines": """
pick | Bestellingen verzamelen | 4.A.3.a.2 | d450:3 d430:2 b147:3 | 1 |
doos | Dozen vouwen | 4.A.3.a.2 | d440:2 b730:1 | 1 |
inpak | Pakketten inpakken | 4.A.3.a.2 | d440:2 b147:2 | 1 |
etiket | Etiketten printen en plakken | 4.A.3.b.1 | d440:1 b210:2 | 1 | computer
retour | Retouren nakijken | 4.A.1.b.2 | b210:2 b140:2 | 2 |
terug | Artikelen terugleggen | 4.A.3.a.2 | d450:2 b144:2 | 1 |
heftruck | Vrachten lossen met de heftruck | 4.A.3.a.4 | b210:3 b760:3 b140:3 | 2 | machines
tel | Vakken tellen | 4.A.4.c.3 | b172:2 b140:3 | 2 | numbers
planning | Ritten indelen | 4.A.2.b.6 | b164:3 d240:3 b172:2 | 3 | office
veeg | Hal schoonvegen | 4.A.3.a.1 | d450:2 b455:2 | 1 | cleaning
schade | Schademeldingen vastleggen | 4.A.3.b.6 | d345:2 b156:2 | 2 | computer
""",
    "Gemeentekantoor|office|numbers": """
scan | Dossiers scannen | 4.A.3.b.6 | d440:1 b140:2 | 1 | computer
nietjes | Dossiers ontnieten en ordenen | 4.A.4.c.1 | d440:2 b144:1 | 1 |
post | Post sorteren en rondbrengen | 4.A.3.a.2 | d450:2 b144:2 | 1 |
zaal | Vergaderzalen klaarzetten | 4.A.3.a.2 | d430:2 b164:1 | 1 | hospitality
invoer | Formulieren invoeren | 4.A.3.b.6 | d440:2 b140:3 b210:2 | 2 | computer
telefoon | Bellers doorverbinden | 4.A.4.a.8 | d310:3 d330:3 b230:3 | 2 | customers
check | Facturen vergelijken | 4.A.2.a.4 | b172:3 b140:3 | 3 |
brief | Standaardbrieven verzenden | 4.A.4.c.1 | d345:2 d440:1 | 2 | computer
kast | Kantoorkasten aanvullen | 4.A.4.c.3 | d410:2 b144:1 | 1 |
verslag | Verslagen uitwerken | 4.A.3.b.1 | d345:3 b164:3 d310:2 | 3 | computer
onderzoek | Cijfers verzamelen voor een nota | 4.A.1.a.1 | b172:3 b164:3 d175:3 | 3 | computer
""",
    "Metaalfabriek|technical|machines": """
boor | Gaten boren op de kolomboor | 4.A.3.a.3 | d440:3 b760:3 | 2 |
ontbraam | Randen ontbramen | 4.A.3.a.1 | d440:2 b740:2 | 1 |
meten | Maten controleren | 4.A.1.b.2 | b210:3 b172:2 | 2 | numbers
rek | Rekken met platen vullen | 4.A.3.a.2 | d430:3 b730:3 | 1 |
smeer | Machines smeren | 4.A.3.b.4 | d440:2 b156:2 | 2 |
zaag | Profielen zagen | 4.A.3.a.3 | b760:3 b140:3 | 2 |
lak | Onderdelen ophangen voor de lak | 4.A.3.a.2 | d430:2 b740:2 | 1 |
monteer | Kleine delen monteren | 4.A.3.a.1 | d440:3 b140:2 | 2 |
opruim | Werkplaats opruimen | 4.A.3.a.1 | d450:2 b455:2 | 1 | cleaning
cnc | Draaibank instellen | 4.A.3.a.3 | b164:3 d175:3 b210:3 | 3 | computer
storing | Storingen zoeken | 4.A.3.b.4 | d175:3 b164:3 | 3 |
""",
    "Supermarkt|customers|logistics": """
vak | Vakken vullen | 4.A.3.a.2 | d430:2 d410:2 b147:2 | 1 |
spiegel | Schappen recht zetten | 4.A.3.a.2 | d440:1 b140:2 | 1 |
datum | Houdbaarheid nakijken | 4.A.1.b.2 | b210:2 b140:2 | 1 |
statie | Flessen en kratten stapelen | 4.A.3.a.2 | d430:3 b740:2 | 1 |
kassa | Afrekenen | 4.A.4.a.8 | b172:2 d310:2 d330:2 b147:3 | 2 |
brood | Brood afbakken | 4.A.3.a.3 | d440:2 b144:2 | 2 | bakery
kar | Winkelkarren ophalen | 4.A.3.a.2 | d450:3 b740:2 | 1 | outdoor
bezorg | Boodschappen thuisbrengen | 4.A.3.a.4 | b210:3 d430:3 b156:3 | 2 |
bestel | Voorraad bestellen | 4.A.4.c.3 | b172:3 b164:2 | 2 | computer
kaas | Kaas snijden en inpakken | 4.A.3.a.3 | d440:3 b760:2 | 2 | kitchen
""",
    "Wasserij|laundry|indoor": """
sorteer | Vuil goed sorteren | 4.A.3.a.2 | d440:2 b144:1 | 1 |
machine | Wasmachines vullen | 4.A.3.a.3 | d430:3 b730:2 | 1 | machines
mangel | Lakens door de mangel voeren | 4.A.3.a.3 | b147:3 d440:2 | 1 | machines
vouw | Handdoeken vouwen | 4.A.3.a.1 | d440:2 b147:2 | 1 |
verstel | Knopen en zomen herstellen | 4.A.3.b.4 | d440:3 b210:3 | 2 |
kar | Wagens laden | 4.A.3.a.2 | d430:3 d450:2 | 1 |
rijden | Schoon goed wegbrengen | 4.A.3.a.4 | b210:3 b140:3 d330:2 | 2 |
tel | Stukken tellen per klant | 4.A.4.c.3 | b172:2 b140:2 | 1 | numbers
filter | Filters schoonmaken | 4.A.3.b.4 | d410:2 d440:2 | 1 | technical
""",
    "Bibliotheek|books|indoor": """
inruim | Boeken terugzetten | 4.A.3.a.2 | d450:2 b144:2 | 1 |
kaft | Boeken kaften en plakken | 4.A.3.a.1 | d440:2 b210:2 | 1 |
inneem | Boeken innemen | 4.A.4.a.8 | d330:2 d440:1 | 1 | computer
tafel | Thematafel inrichten | 4.A.2.b.6 | b164:2 b144:2 | 2 |
balie | Bezoekers helpen zoeken | 4.A.4.a.8 | d310:3 d330:3 b164:2 | 3 | customers
schoon | Leestafels afnemen | 4.A.3.a.1 | d450:1 b455:1 | 1 | cleaning
kist | Kisten voor scholen pakken | 4.A.3.a.2 | d430:2 b140:2 | 1 | logistics
cursus | Digitale cursus geven | 4.A.4.b.3 | d310:3 d720:3 d175:3 | 3 | education
lijst | Titels in het bestand zetten | 4.A.3.b.6 | b140:3 d345:2 | 2 | computer
""",
}


def _read(text):
    for line in text.strip().splitlines():
        ref, title, category, asks, level, tag = (field.strip() for field in line.split("|"))
        demands = {code: int(number) for code, number in (ask.split(":") for ask in asks.split())}
        yield {"ref": ref, "title": title, "category": category, "demands": demands, "level": int(level), "tags": [tag] if tag else []}


# (name, tags, tasks)
WORKPLACES = [(name.split("|")[0], name.split("|")[1:], list(_read(text))) for name, text in _WORKPLACES.items()]
