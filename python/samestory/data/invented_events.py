"""What happens in invented articles: titles and sentences with gaps, a group a kind of event.

``{place}``, ``{river}``, ``{street}``: names. ``{one}``, ``{two}``: full names, ``{one_last}``,
``{two_last}`` the family names. ``{firm}``: a company. ``{n}``, ``{m}``: numbers.
"""

KINDS: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        (
            "Fire destroys {firm} warehouse in {place}",
            "{place}: blaze at {firm} keeps {n} firefighters busy",
            "Smoke over {place} as {firm} store burns down",
        ),
        (
            "A fire that began in a store of {firm} on {street} spread to two sheds.",
            "Some {n} firefighters were sent to {place}; people were told to keep windows shut.",
            "Nobody was hurt, said {one}, who led the fire brigade on the night.",
            "Water was pumped from the {river} because the hydrants on {street} had run dry.",
            "{two_last}, a night guard, noticed the flames first and woke the neighbours.",
            "Paint and solvents for {m} customers were lost, according to {firm}.",
        ),
        (
            "Investigators now think that a charger set off the fire at {firm} in {place}.",
            "{one} told the council that the hydrants on {street} will be replaced.",
            "{firm} wants to build anew in {place} by the end of next year, {two} said.",
        ),
    ),
    (
        (
            "{firm} workers in {place} walk out over pay",
            "Strike at {firm}: {n} stay away in {place}",
            "Pay dispute stops work at the {place} plant of {firm}",
        ),
        (
            "About {n} workers of {firm} in {place} laid down tools on Monday morning.",
            "The union asks for {m} crowns more a month; {firm} has offered half of that.",
            "{one}, who speaks for the strikers, said they had waited since the autumn.",
            "The management called the walkout premature, and {two} invited the union to talks.",
            "Lorries queued on {street} as far as the bridge over the {river}.",
            "Deliveries to customers may be late by a week, {two_last} warned.",
        ),
        (
            "The strike at {firm} is over: {one_last} and {two_last} shook hands at night.",
            "Workers in {place} will get a raise in two steps, the union said.",
            "Production at {firm} starts again on Thursday, when {n} people return.",
        ),
    ),
    (
        (
            "River {river} floods {place}",
            "{n} leave their homes as {river} rises in {place}",
            "Flood in {place}: water stands on {street}",
        ),
        (
            "The {river} rose by two metres overnight and flooded the lower part of {place}.",
            "Some {n} people spent the night in the school on {street}.",
            "Mayor {one} asked for sandbags and for patience.",
            "{two}, who has a bakery by the bank, lost flour for a month.",
            "Soldiers with {m} pumps are expected in {place} by the evening.",
            "A gauge above the town had shown the rise of the {river} too late.",
        ),
        (
            "The water of the {river} has gone down, and {place} counts the damage.",
            "{one_last} put it at {m} million crowns and promised help for cellars and shops.",
            "A wall along the {river} was planned years ago and never built, {two_last} recalled.",
        ),
    ),
    (
        (
            "{one} found guilty of fraud in {place}",
            "Court in {place} sends {one_last} to prison for {firm} fraud",
            "{firm} trial: {one} convicted",
        ),
        (
            "A court in {place} found {one}, once treasurer of {firm}, guilty of fraud.",
            "{one_last} had moved {m} million crowns to accounts abroad, the judges held.",
            "Over {n} savers lost money; many of them came to hear the verdict.",
            "The defence, led by {two}, said it would appeal.",
            "{one_last} listened without a word and left by the door to {street}.",
            "Invoices for barges on the {river} that never existed were the strongest evidence.",
        ),
        (
            "{two} has lodged an appeal against the verdict on {one}.",
            "Savers of {firm} may get back a third, the receiver in {place} said.",
            "The appeal court will hear {one_last} in the summer.",
        ),
    ),
    (
        (
            "{place} beat rivals in cup final, {one_last} scores twice",
            "Cup goes to {place} after {one_last} double",
            "{one} wins the cup for {place} in the last minute",
        ),
        (
            "{one} scored twice as {place} won the cup before {n} spectators.",
            "The goalkeeper {two} saved a penalty shortly after half time.",
            "It is the first title for {place} in {m} years.",
            "Fans sang on {street} until morning, and some jumped into the {river}.",
            "The trainer thanked {firm}, which has paid for the grass.",
            "{one_last} had come back from an injury only a week earlier.",
        ),
        (
            "{one} will leave {place} after the cup, the club confirmed.",
            "{place} parade the cup along {street} on Sunday.",
            "{two_last} has been called up to the national team for the first time.",
        ),
    ),
    (
        (
            "{firm} to buy rival in {place}",
            "{firm} takes over {place} maker for {m} million",
            "Merger: {firm} wants plant in {place}",
        ),
        (
            "{firm} has agreed to buy a maker of pumps in {place} for {m} million crowns.",
            "The two have {n} employees, and {one}, head of {firm}, promised to keep them all.",
            "Shares of {firm} rose by a tenth in early trading.",
            "The regulator will look at prices for waterworks, said {two} of the cartel office.",
            "The plant on {street} has made pumps for the {river} locks for a century.",
            "{one_last} expects the deal to be closed in the autumn.",
        ),
        (
            "The cartel office allows {firm} to buy the pump maker in {place}.",
            "{firm} has to sell its workshop on {street} first, {two_last} said.",
            "{one} was cheered and booed when he spoke to the workers in {place}.",
        ),
    ),
    (
        (
            "Astronomers at {place} find planet with {n}-day year",
            "{one} and team see new planet from {place}",
            "New planet found from {place} observatory",
        ),
        (
            "A team led by {one} at the {place} observatory has found a planet around a dim star.",
            "It goes round its star in {n} days and weighs {m} times as much as the Earth.",
            "The mirror, polished by {firm}, has been in use since spring.",
            "{two}, who was not part of the team, called the signal convincing.",
            "Mist from the {river} spoiled half of the nights, {one_last} said.",
            "Students in a house on {street} had noticed the dip in the light first.",
        ),
        (
            "A second telescope confirms the planet of {one_last} and the {place} team.",
            "There may be water on it, {two} thinks after new measurements.",
            "{place} has named a square off {street} after the planet.",
        ),
    ),
    (
        (
            "{n} fall ill after school lunch in {place}",
            "{place} schools close kitchens as pupils fall ill",
            "Bad lunch? {firm} under suspicion in {place}",
        ),
        (
            "More than {n} pupils in {place} fell ill after lunch on Tuesday.",
            "The lunches came from {firm}, which cooks for {m} schools.",
            "Doctor {one} of the clinic on {street} said that all of them were recovering.",
            "Samples of rice and of water from the {river} well are being tested.",
            "Parents were told by telephone, said {two}, head of the largest school.",
            "{firm} has stopped its kitchen and said that it would help to find the cause.",
        ),
        (
            "Rice that was kept warm for too long made the pupils of {place} ill.",
            "{firm} loses its contract with the schools of {place}, {two_last} announced.",
            "{one_last} asks for a law on lunches after the cases in {place}.",
        ),
    ),
    (
        (
            "Painting stolen from {place} museum",
            "Thieves take {one_last} portrait in {place}",
            "{place}: museum on {street} robbed at night",
        ),
        (
            "Thieves have taken a portrait by {one} from the museum on {street} in {place}.",
            "It is worth {m} million crowns and was lent by {firm}.",
            "They came over the roof and left by boat on the {river}, police think.",
            "The alarm was off for repairs, director {two} admitted.",
            "In {n} years the museum had never lost a picture.",
            "{two_last} asked the thieves not to roll the canvas.",
        ),
        (
            "The stolen portrait by {one_last} is back in {place}: it stood in a bus shelter.",
            "Police in {place} arrested two men who had tried to sell the portrait.",
            "{firm} will not lend pictures to {place} again, {two} said.",
        ),
    ),
    (
        (
            "Night train derails near {place}, {n} hurt",
            "{place}: train leaves the rails at {river} bridge",
            "{n} passengers hurt in {place} derailment",
        ),
        (
            "A night train came off the rails by the {river} near {place}, and {n} were hurt.",
            "Most of them could leave the hospital on {street} the same day.",
            "The driver, {one}, had braked when she saw a tree on the line.",
            "The line will be closed for {m} days, said {two} of the railway.",
            "Passengers climbed out of the windows and lit the bank with their telephones.",
            "The carriages were built by {firm} and overhauled a year ago.",
        ),
        (
            "Trains run again past {place}, slowly, over a propped-up bridge on the {river}.",
            "The tree near {place} had been reported twice before the derailment, {two_last} said.",
            "{one_last}, the driver of the night train, was given a medal in {place}.",
        ),
    ),
)

# What could be said of any event.
ASIDES = (
    "{one_last}, who comes from {place}, had spoken with {two_last} the day before.",
    "A spokesman for {firm} read a statement on {street}.",
    "On the {river}, people stopped their boats to listen to {two_last}.",
    "{two} has known {one_last} since both went to school in {place}.",
    "Everybody in {place} talks of it, from {street} to the {river}.",
    "{firm} and {two_last} had been in the news of {place} before.",
    "{one} did not want to say more on {street}, nor did {firm}.",
    "Reporters waited for {two_last} at the bridge over the {river}.",
)
