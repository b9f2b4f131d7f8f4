"""Capitals that are no acronyms: people's initials, shouted words and headings, everyday senses of the same letters."""

import re
from collections.abc import Iterable, Sequence

from fsm_language.checks.shapes import Mention

NEAR = 45

# words that are acronyms only where a cue says so
FUNCTION_WORDS = frozenset("AIR ARE AS DIP DO HE HI IS IT KIT OH PAN PAR RE SO TOD TOP US".split())
# acronyms that are words too: in a shouted line they are the words
ALSO_WORDS = FUNCTION_WORDS | frozenset(
    "ACE ADD AIM ARC ARM ARMS ART ASSET AUDIT CAB CAD CAMS CARP CARS CAST CAT CHAT COMPACT COP COWS DASH ED EM "
    "ENT GAL GUM INTEL LIP MACE MAP MAPS MASH MAT MERLIN MO MOB MS NICE NOD OARS OBS ODD PACE PALS PAM PAS PEEP "
    "PEP PIN PIP POT PREVENT RAG REACH RIP ROC SALT SEN SEND SERAF SIM SIMS SIP SMART SOB SOP SOS TA TOR TRIM "
    "WRAP".split()
)
SHORT_WORDS = frozenset(
    "ACT ADD AGE AGO AID ALL AMY AND ANY APP APPT APR ASAP ASK ATE AUG BAD BAG BED BEN BIG BIN BIT BOX BOY BUS "
    "BUT BUY CAN CAR COT CRY CUT DAD DAN DAY DEC DID DIE DOG DRY DUE EAR EAT EGG END EVA EVE EYE FAO FAR FAX FEB "
    "FED FEE FEW FIT FIX FLY FOR FRI FUN FWD GAS GET GOT GUS GUY HAD HAS HER HIM HIS HIT HOT HOW HRS IAN ICE ILL "
    "ITS IVY JAN JAY JIM JOB JOE JON JOY JUL JUN KAY KEY KID KIM LAW LEE LEG LEO LET LIE LIV LIZ LOG LOT LOW MAD "
    "MAN MAR MAX MAY MEG MEN MET MIA MIN MINS MIX MON MUM NAN NEW NEXT NON NOR NOT NOV NOW OCT ODD OFF OIL OLD "
    "ONE OUR OUT OWN PAD PAT PAY PEN PER PET PRE PUT RAN RAY RED REF REG REX ROB RON ROW ROY RUN SAD SAM SAT SAW "
    "SAY SEE SEP SEPT SET SEX SHE SHY SID SIT SIX SKY SON SUE SUN TAX TEA TED TEL TEN THE THUR THURS TIE TIM TOM "
    "TOO TOY TRY TUE TUES TWO USE VAL VAN VIA VIC WAR WAS WAY WED WEDS WET WHO WHY WIN WON XXX YES YET YOU YRS "
    "ZAC ZAK ZOE ZOO".split()
)
LOUD = SHORT_WORDS | FUNCTION_WORDS | frozenset("AM AN AT BE BY GO I IF IN ME MY NO OF ON OR TO UP WE".split())
SPEAKABLE = re.compile(
    r"(?:[BCFGPS]L|[BCDFGPT]R|[CGPRSTW]H|SCH?|SHR|THR|PHR|S?PL|SC?R|SPR?|STR?|S[KMNW]|[DT]W|WR|KN|S?QU"
    r"|[B-DF-HJ-NPR-TV-Z])?"
    r"[AEIOUY]+(?:(?:[BCDFGKLMNPRSTVWXZ]{1,2}[HLRW]?|H|J|QU|[BDFGLMNPRST]TH)[AEIOUY]+)*"
    r"(?:L[BCDFKLMPSTV]|M[BMP]|N[CDGKNST]|R[BCDFGKLMNPRSTV]|S[CKPST]|CK|FF|ZZ|GG|GN|W[LN]|[BCDFGKLMNPRSTVWXZ])?"
    r"(?:[CGPST]H|GHT|[DKT])?S?\Z"
)
ROMAN = re.compile(r"(?:X{0,2}(?:IX|IV|VI{0,3}|I{2,3})|XX?)\Z")
PLAIN = re.compile(r"[A-Z]{2,6}\Z|[A-Z]{1,2}[a-z]{1,2}[A-Z]{1,2}\Z")
THING_AFTER = re.compile(
    r"\s+(?:appointment|app|assessment|bid|board|checklist|check|conference|course|criteria|form|funding|group|hearing|"
    r"interview|lead|meeting|notice|nurse|officer|order|panel|pathway|plan|process|programme|project|protocol|"
    r"questionnaire|referral|report|request|review|scale|score|service|session|sheet|staff|statement|support|system|"
    r"teacher|team|tool|training|unit|visit|worker)s?\b"
)
THING_BEFORE = re.compile(r"\b(?:an?|the)\s+\Z", re.IGNORECASE)
AGE_AFTER = re.compile(
    r",?\s+\(?(?:aged?\s+)?1?\d(?:\s*(?:yrs?|years?|yo|y/o|months?|mths?))?(?=[,;)]|\.(?!\d)|\s*$|\s*\n)"
    r"|,?\s+\(?(?:yr|year)\s*\d"
    r"|\s*\((?:boy|girl|son|daughter|brother|sister|male|female|her|his|my)\b",
    re.IGNORECASE,
)
NAME_AFTER = re.compile(r"\s*\(([A-Z][a-z'’]+(?:[ -][A-Z][a-z'’]+){0,2})\)")
POST_BEFORE = re.compile(
    r"\b(?:the|an?|my|our|her|his|their|new|allocated|duty|previous|family'?s?)\s+\Z", re.IGNORECASE
)
DOES = re.compile(
    r",?\s+(?:got up|came|went|woke|won|refused|asked|said|told|cried|laughed|slept|ate|played|likes|loves|hates|ran|"
    r"hit|"
    r"was adopted|is finding|is (?:his|her|their|my) )\b"
)
TITLE_BEFORE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof)\.? \Z")
INITIALLED = re.compile(r"\b(?:as|is|signed|marked|reads?|initials?|initialled)\s+\Z")
LABEL = re.compile(r"^[ \t]*(?:[-*•–·]|\d{1,2}[.)])[ \t]*([A-Z]{2})\b(?=[ \t]*[:(–-]|[ \t]+[a-z])", re.MULTILINE)
SIGNED_OFF = re.compile(r"[ \t]*([A-Z]{2,3})")  # the last line of a note
HEADS_LINE = re.compile(r"(?:\n|\A)[ \t]*(?:[-*•–·][ \t]*)?\Z")
ENDS_LABEL = re.compile(r"[ \t]*(?::|-[ \t]|–|\n|\Z)")
ROLE = re.compile(
    r"(?:er|or|ist|ian|nurse|wife|constable|sergeant|advocate|lead|child(?:ren)?|person|people|parents?|mother|father|one|head)\Z"
)
# what everybody takes the letters for when they stand like this
EVERYDAY = {
    "AS": re.compile(r"\bAS[ -]levels?"),
    "CD": re.compile(r"\bCD player"),
    "CO": re.compile(r"\bCO (?:alarm|detector|monitor)"),
    "DNA": re.compile(
        r"\b(?:his|her|their|of|with|through|the|blood|whose)\s+DNA\b"
        r"|\bDNA['’]?s?\s+(?:tests?|testing|tested|samples?|results?|swabs?|profile|evidence|from|match\w*|kit|was|were)\b"
    ),
    "DT": re.compile(
        r"\b(?:in|from|favourite|likes|loves|hates) DT\b|\bDT (?:lesson|class|homework|is (?:his|her|their))"
    ),
    "FC": re.compile(r"\b[A-Z][a-z]+ FC\b"),
    "IP": re.compile(r"\bIP address"),
    "IV": re.compile(r"\b(?:Part|Schedule|Chapter|Henry|Type|Stage|Grade|Level|Phase) IV\b|\bIV (?:drip|fluids?|anti)"),
    "MAR": re.compile(r"\b\d{1,2} MAR\b|\bMAR \d"),
    "MS": re.compile(r"\bMS (?:Teams|Word|Excel|Office|[A-Z][a-z]+)"),
    "PM": re.compile(
        r"(?:^|\n)[ \t]*PM\b|\d ?(?:PM\b|[Pp]\.[Mm]\b)"
        r"|\b(?:this|\w+day|Mon|Tues?|Weds?|Thurs?|Fri|Sat|Sun) PM\b"
    ),
    "PR": re.compile(
        r"\b(?:does|do|did|in|works?|working)(?: in)? PR\b(?! of)|\bPR (?:for an? |firm|agency|company|job)"
    ),
    "PS": re.compile(r"(?:^|\n)[ \t]*PS\b(?! \d)"),
}


def labels(text: str) -> list[str]:
    """Return the two letters that stand at the beginnings of list items."""
    return LABEL.findall(text)


def people(text: str, mentions: Iterable[Mention], labels: Sequence[str]) -> frozenset[str]:
    """Return the two letters that stand for people here: "AJ (Andrea Jones)", "DN, 16", a list of initials.

    `labels` are those of the whole note.
    """
    pairs = [mention for mention in mentions if len(_bare(mention)) == 2]  # first name, last name
    found = {_bare(mention) for mention in pairs if _person(text, mention)}
    known = {_bare(mention) for mention in pairs if mention.acronym is not None}
    if len(labels) > 2 and not known.issuperset(labels):  # three make a list
        found.update(labels)
    signed = SIGNED_OFF.fullmatch(text.rstrip().rpartition("\n")[2])
    if signed:
        found.add(signed[1])
    return frozenset(found)


def _person(text: str, mention: Mention) -> bool:
    letters = _bare(mention)
    before = text[max(0, mention.start - 20) : mention.start]
    if AGE_AFTER.match(text, mention.end) or ("." in mention.letters and INITIALLED.search(before)):
        return True
    named = NAME_AFTER.match(text, mention.end)
    if named:
        initials = "".join(name[0] for name in re.split(r"[ -]", named[1]))
        if initials == letters or (initials == letters[0] and not POST_BEFORE.search(before)):
            return True
    at_work = mention.acronym is not None and ROLE.search(mention.acronym.expansions[0].lower()) is not None
    return not at_work and DOES.match(text, mention.end) is not None


def is_lookalike(text: str, mention: Mention, persons: frozenset[str]) -> bool:
    """Whether what is written like an acronym is something else where it stands."""
    if _bare(mention) in persons:
        return True
    if "." in mention.letters and TITLE_BEFORE.search(text[max(0, mention.start - 6) : mention.start]):
        return True
    everyday = EVERYDAY.get(mention.key)
    if everyday:
        near = text[max(0, mention.start - NEAR) : mention.end + NEAR]
        if everyday.search(near):
            return True
    if mention.acronym is None:
        return not _unknown_acronym(text, mention)
    word = mention.letters.upper()
    if word not in ALSO_WORDS or not mention.letters.isupper():
        return False
    return shouted(text, mention) or (word in FUNCTION_WORDS and not _thing(text, mention))


def _unknown_acronym(text: str, mention: Mention) -> bool:
    letters = mention.letters
    if (
        not PLAIN.match(letters)
        or letters.startswith(("Mc", "Mac"))
        or letters in SHORT_WORDS
        or ROMAN.match(letters)
        or len(set(letters)) == 1
    ):
        return False
    if shouted(text, mention):
        return False
    if len(letters) == 2:  # two letters are most often a person's initials
        return THING_AFTER.match(text, mention.end) is not None and not mention.ending
    if len(letters) == 3:  # of three, only names and the words above are spoken
        return AGE_AFTER.match(text, mention.end) is None and NAME_AFTER.match(text, mention.end) is None
    if HEADS_LINE.search(text[max(0, mention.start - 8) : mention.start]) and ENDS_LABEL.match(text, mention.end):
        return False
    return SPEAKABLE.match(letters) is None or THING_AFTER.match(text, mention.end) is not None


def _thing(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - 8) : mention.start]
    return THING_AFTER.match(text, mention.end) is not None or THING_BEFORE.search(before) is not None


def shouted(text: str, mention: Mention) -> bool:
    """Whether the words beside it, or most of its line, are in capitals as well."""
    first = max(text.rfind(mark, 0, mention.start) for mark in "\n.!?") + 1
    ends = [place for mark in "\n.!?" if (place := text.find(mark, mention.end)) >= 0]
    before = text[first : mention.start].split()
    after = text[mention.end : min(ends, default=len(text))].split()
    loud = sum(map(_loud, (*before, *after)))
    if loud > max(1, sum(any(map(str.islower, word)) for word in (*before, *after))):
        return True
    beside = [word for word in before[-1:] if word[-1] not in ",;:"]
    if text[mention.end : mention.end + 1] == " ":
        beside += after[:1]
    return any(map(_loud, beside))


def _loud(word: str) -> bool:
    bare = word.strip(".,;:!?()'\"“”‘’-")
    if not (bare.isupper() and bare.isalpha()):
        return False
    return bare in LOUD or (len(bare) > 3 and bare not in ALSO_WORDS and SPEAKABLE.match(bare) is not None)
    # reason: shorter ones may be acronyms too


def _bare(mention: Mention) -> str:
    return mention.letters.replace(".", "")
