"""How frequent words are in case notes: a rough guide to where a phrase is best looked for."""

# the commonest words of the marked notes in benchmarks/notes, most frequent first
COMMONEST = """
the to a and i she in he her it on is 's of for was with at not that has mum his said you we me had no him asked told
by have as one so be what from up about 'd they out been dad if says two back did my this when who all failed off
school them will us there home do are time like rang an put down would say contact plan refused can 've which mother
got since your were phone last baby first after then three own 'm re came mr see worker nobody child again but come
ring day family done police form over children go could our work door room next now kids before house left mrs wrong
both good read wants only get letter w does because know bit ask went sat visit dont being every 'll seen right
herself nan well meeting want old four more night sent may took call didnt its new twice how nothing sorry their made
here today car never isnt am days where cant think man or times why tell flat late let still help gave through carer
called written court bed placement same mins bus wrote week too word lost going should number sister write take line
met ms than care weeks found people bad father panel without doesnt order staff wont year very dear need round little
himself any group just agreed gone changed saw used dog moved words parents once needs under review health knows boys
other name clean use someone head tea lad office make boy dirty till leave full card hand brought given front money
hours nights six look stop way place months chair chose five minutes missed friday kitchen file social hard 're nine
rung goes things wanted fine each monday please keep note into safe poor brother hit away report mon test gp looked
change check held until step risk case gets wouldnt better partner fri ward team foster yet means years lot always
talk thought council hospital month known kicked ok having nurse march kept bring thurs thing side nursery anything
offered june taken stay girls doing due carers turned date something sunday gran uncle half yes mo weds calls some
talked booked comes closed sleep sw answer set food end enough quiet yr clinic eye engaged eleven fair manager showed
interpreter much everyone cut red ten together reason c cried another second send hour tues letters low kian list face
box hands give needed son asking girl b long older wall else while find address men coming gate bath visits book bag
laughed e couldnt wks heard housing hv park live most jo hurt best daughter thinks asleep window session birth against
broken likes til move tuesday present weight stopped works floor reading everything none text big hair third thank
fridge college support husband lazy filthy notes cold rather assessment wasnt hold offer broke service saturday advice
explained job officer though writing difficult referral thursday record wk cancelled takes k ever anyone tried male
show choice missing lovely open walked life ex twins spoke fault rings shoes also slept makes course ran alone
positive d judge morning threshold top miss landlord signed self stairs post whether denies behind age sit centre
hasnt coat noted between neighbour straight mums fire sofa hear behaviour per might admitted account picked unit must
turn poppy start happy hi lads u key view story log pe asks nappy guilty point bev im promised hes aunt run attention
charge t feb authority table play quite happened shop thats jan credit agency usual claims scared teacher keeps hrs
cin telling short part hall parenting arm worries sheet saying adult term ate stayed mine chaotic solicitor pass died
lee grown challenging lock van football taxi nice whole drink love
""".split()
# and those of the formal reports among them that were not there yet
COMMONEST += """
reported recommended during actions identified expressed assistance purpose progress provided described appointment
summary continue requested provide request bedroom club lives adviser speak personal accommodation attended living
receive requires following aged weekly employment uses these eight within visitor sessions completed discussed reduced
education emotional concern grant application further early water information wheelchair attends small shared telephone
person visited safety local difficulties attend stated washing often class light prepare tenancy bathroom arrangements
situation longer pay community evenings travel walking learning disability easy meet return working questions steps
meals attendance lunch accepted informed arranged experience loss undertaken assess repair observed supplied limited
bereavement evening prepared lift became speaking discuss continues wish teaching regarding able trial demonstrated
equipment recommendations copy enjoys paid appropriate lessons hotel grandmother considered treatment finds youth
conditions wishes remain garden medication reviewed refugee eldest settled strengths close commitment wellbeing
childcare period goals consistent communication household debt practical felt listened valid cost universal property
respond experienced duty obtained maintained warm significant acknowledged recommends taking meal adapted payment
occupational therapist interests assistant furnished experiences mornings consider concentration afternoon improved
invited prefers discussion mental decisions role welcomed recorded leaflet begun current charity concerns recovery
cousin comfortable throughout wife training advised preparing supported managing route budget accompany welfare
occasions library primary including hearing discharge parent separation benefits alcohol appointments arrested assault
opportunity locks teeth dental summer young email intends porridge tests conversation supervision asylum become twelve
grandfather science road caused bits bringing medicine worried hoist tablet arrears organised proud registered practice
asthma inhaler affected particularly breakfast free budgeting ground main reasons dressing mobility fall winter fitted
transport pharmacist correspondence conducted worked feelings loneliness anxiety considerable responsibility upon
include affectionate relationship language counselling establish bedtime routine reduce guidance routines describing
realistic drew referred income attending gymnastics difficulty workshop interview submitted required requests
consequence hot damp delay temporary heater legal confirmed considers death services whom consent coordinator returning
bathing sleeping although pain tearful daily video mood introduced choose activity less shifts caring youngest several
lead autumn increase arrives dressed pupils hungry snack result promptly presence specialist communicates understands
sadness sensory books introduce explain injury clear around sick rent reports costs fortnight commended received
consultant concluded applied voucher studying midnight patience explored sources trusted great hardship fund dementia
postponed operation outcomes document obtain arrival pancakes fourteen complete sometimes claim planner friends
photographs annual member outcome identify feels unwell previously lived allocated uniform news separated choir tutor
normal keen walk metres frame falls openly accepts follow calm receiving heating machine leaving friend blood
anniversary domestic abuse punched bail approaching reassurance programme speaks indicated twenty arrange leisure
clearly swimming noise translated previous apologised ongoing autistic speech art changes workers joint approved
drawing notice access avoid becoming approach available suitable feeling drive drinks savings created bipolar disorder
reviewing signs psychiatrist above desk gradual playground distances outdoors entrance joined facilitator individual
certificate presented sight statement pleasure periods weekday feeding niece repayment advocate temperature counsellor
memory dentist journey independent seven blue decision eat understand air helps assembly fan chase lights sisters boat
near noon reflection filled talking bites wet seizure
""".split()
RANK = {word: rank for rank, word in enumerate(COMMONEST)}


def weight(word: str) -> float:
    """Return roughly how often a word is met, as a multiple of a rare one."""
    return 1 + 3000 / (RANK[word] + 8) if word in RANK else 1
