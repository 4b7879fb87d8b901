"""Names that nobody has: given names in use, surnames that say "example"."""

GIVEN = {
    ("fi", "f"): ("Aino", "Anneli", "Elina", "Hanna", "Helmi", "Inkeri", "Johanna", "Kaisa", "Kerttu", "Laura",
                  "Leena", "Maija", "Marjatta", "Meeri", "Noora", "Päivi", "Riikka", "Saara", "Siiri", "Tuulikki"),
    ("fi", "m"): ("Aarne", "Antti", "Eero", "Esa", "Hannu", "Heikki", "Ilmari", "Jari", "Joonas", "Kalle", "Lauri",
                  "Matti", "Niilo", "Oskari", "Pekka", "Reijo", "Risto", "Sami", "Tapio", "Toivo", "Veikko", "Ville"),
    ("sv", "f"): ("Astrid", "Ebba", "Gunvor", "Ingrid", "Maj-Britt", "Solveig"),
    ("sv", "m"): ("Birger", "Gustav", "Hjalmar", "Nils", "Ragnar", "Sven"),
    ("en", "f"): ("Amira", "Daria", "Grace", "Maya", "Nadia", "Priya"),
    ("en", "m"): ("Adam", "Daniel", "Ibrahim", "Omar", "Samuel", "Viktor"),
}  # fmt: skip
_BEGIN = ("Malli", "Koe", "Näyte", "Satu", "Taru", "Haave", "Kuvitelma", "Harjoitus", "Oletus", "Esikuva")
_END = ("vaara", "mäki", "niemi", "lampi", "kangas", "ranta", "joki", "korpi", "salo", "harju", "nen", "la")
SURNAMES = {
    "fi": tuple(begin + end for begin in _BEGIN for end in _END),
    "sv": ("Exempelström", "Provberg", "Sagolund", "Modellgren", "Mönsterqvist", "Övningsson"),
    "en": ("Sample", "Specimen", "Fictional", "Testwood", "Modelby", "Storyfield"),
}
