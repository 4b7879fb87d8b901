"""Words that say nothing about what is looked for, in their base forms. Pure data of the three languages."""

_FINNISH = """
    ei eikä en et emme ette eivät olla on oon olen ja tai vai se ne tämä tuo minä mä sinä sä hän he me te joka mikä kuka
    että kun kuin jos niin nyt vielä enää jo myös vain sekä mutta koska miten missä mistä mihin milloin oma itse kaikki
    jokin joku muu koko sama voida saada haluta pitää tarvita tulla tehdä apu mennä
"""
_SWEDISH = """
    och eller att det den de ett en i på av för till med om som jag du han hon hen vi ni man min mitt mina mig din dig
    är var har hade kan ska vill måste får inte när hur vad vem vart så också bara från sig sin sina detta denna
    behöver hjälp
"""
_ENGLISH = """
    a an the and or of to in on at for from with by about as is are am was be been i you he she it we they my your
    his her our their me him us them this that these those do does did not no can cannot cant could will would
    should has have had what who how when where which if so too very just get need want help feeling feel
"""

STOP_WORDS = {
    "fi": frozenset(_FINNISH.split()),
    "sv": frozenset(_SWEDISH.split()),
    "en": frozenset(_ENGLISH.split()),
}
