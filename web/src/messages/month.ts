import { both } from '../words/language';

export const monthWords = both(
  {
    title: 'Mon mois',
    production: 'Ma production',
    local: 'de votre électricité est locale',
    ofAll: (shared: string, all: string) => `${shared} locaux sur ${all}`,
    gift: 'Un don : l’électricité locale que d’autres vous ont donnée ne vous est pas facturée.',
    notThen: 'Ce compteur ne participait pas à l’opération ce mois-là.',
    noData: 'Aucune donnée pour ce mois. Elles arrivent en général un ou deux jours après.',
    dayUnshared: (all: string) => `${all} consommés, pas encore répartis`,
    unmeasured: 'pas de mesure',
    saved: 'de moins qu’avec votre fournisseur seul',
    notSaved: 'de plus qu’avec votre fournisseur seul',
    toBills: 'le calcul',
    compareBills: 'Avec ou sans l’opération ?',
    group: (coverage: string) => `Tous ensemble : ${coverage}.`,
    places: {
      above: 'Vous êtes au-dessus du milieu du groupe.',
      about: 'Vous êtes au milieu du groupe.',
      below: 'Vous êtes au-dessous du milieu du groupe.',
    },
    groupWithheld: (needs: number) =>
      `Le groupe n’est pas montré : il faut au moins ${needs} autres compteurs pour ne parler de personne.`,
    whyLocal:
      'À chaque demi-heure, la production des centrales de l’opération est partagée entre les participants par une clé. Ce que vous en recevez est local ; le reste vient de votre fournisseur, par le réseau. Le pourcentage est la part locale de tout ce que vous avez consommé.',
    whyState:
      'Le gestionnaire de réseau peut corriger des mesures pendant quelques mois : tant que le mois est provisoire, les chiffres peuvent encore changer un peu.',
    suggestion: 'Une chose à essayer',
    habit: (from: string, to: string, energy: string) =>
      `Chaque jour de ${from} à ${to}, vous prenez ≈ ${energy} du réseau (chauffe-eau, lave-linge, voiture ?).`,
    sunToSpare: (sunny: number, days: number) =>
      `Autour de midi, il restait du soleil ${sunny} jours sur ${days} : décaler cet usage vers 12 h – 14 h le rendrait souvent local.`,
    firstTitle: 'Pour commencer',
    first: [
      'Ici, vous voyez votre mois : en orange ce qui venait des centrales voisines, en bleu ce qui venait du réseau.',
      'Touchez un jour pour savoir d’où venait chaque demi-heure, et pourquoi.',
      'Vos factures, les votes et vos réglages sont à un geste : les cinq boutons sont toujours là.',
    ],
    firstRead: 'C’est compris',
    picture: 'Votre mois, jour par jour et heure par heure',
    pictureHelp:
      'Une ligne par jour, de minuit à minuit. Plus une case est intense, plus vous avez consommé : en orange ce qui était local, en bleu le reste.',
    sun: 'soleil',
    sunSentence: 'La courbe du haut montre à quelles heures les centrales produisent, en moyenne.',
    sunWithheld: 'La production n’est pas montrée : elle dirait ce que produit un foyer.',
    asTable: 'Voir en tableau',
    asPicture: 'Voir en image',
    day: 'Jour',
    used: 'Consommé',
    shared: 'Local',
    rest: 'Du réseau',
    notShared: 'pas encore réparti',
    legendLocal: 'local',
    legendGrid: 'du réseau',
    legendUnshared: 'pas encore réparti',
    legendEstimated: 'estimé',
    legendMissing: 'pas encore mesuré, ou mesure manquante',
  },
  {
    title: 'My month',
    production: 'My production',
    local: 'of your electricity is local',
    ofAll: (shared, all) => `${shared} local of ${all}`,
    gift: 'A gift: nobody bills you for the local electricity that others gave you.',
    notThen: 'This meter took no part in the operation that month.',
    noData: 'There is nothing for this month yet. Data come a day or two later as a rule.',
    dayUnshared: (all) => `${all} consumed, not shared out yet`,
    unmeasured: 'no measurement',
    saved: 'less than with your supplier alone',
    notSaved: 'more than with your supplier alone',
    toBills: 'how it is made up',
    compareBills: 'With or without the operation?',
    group: (coverage) => `All together: ${coverage}.`,
    places: {
      above: 'You are above the middle of the group.',
      about: 'You are in the middle of the group.',
      below: 'You are below the middle of the group.',
    },
    groupWithheld: (needs) =>
      `The group is not shown: it takes at least ${needs} other meters to tell of nobody.`,
    whyLocal:
      'Each half-hour, what the plants of the operation produce is shared between all who take part, by a key. What you get of it is local; the rest comes from your supplier, by the grid. The percentage is the local part of all that you consumed.',
    whyState:
      'The grid operator may correct measures for some months: as long as the month is provisional, its figures may still change a little.',
    suggestion: 'One thing to try',
    habit: (from, to, energy) =>
      `Each day from ${from} to ${to} you take ≈ ${energy} from the grid (water heater, washing machine, car?).`,
    sunToSpare: (sunny, days) =>
      `Around noon there was sun to spare on ${sunny} days of ${days}: moved to 12:00 – 14:00, this would often be local.`,
    firstTitle: 'To begin with',
    first: [
      'Here you see your month: in orange what came from plants nearby, in blue what came from the grid.',
      'Touch a day to see where each half-hour came from, and why.',
      'Your invoices, votes and settings are one tap away: the five buttons are always there.',
    ],
    firstRead: 'Got it',
    picture: 'Your month, day by day and hour by hour',
    pictureHelp:
      'A row for each day, from midnight to midnight. The stronger a cell, the more you used: orange what was local, blue the rest.',
    sun: 'sun',
    sunSentence: 'The curve on top shows at which hours the plants produce, on average.',
    sunWithheld: 'Production is not shown: it would tell what one household makes.',
    asTable: 'Show as a table',
    asPicture: 'Show as a picture',
    day: 'Day',
    used: 'Used',
    shared: 'Local',
    rest: 'From the grid',
    notShared: 'not shared out yet',
    legendLocal: 'local',
    legendGrid: 'from the grid',
    legendUnshared: 'not shared out yet',
    legendEstimated: 'estimated',
    legendMissing: 'not measured yet, or a measure is missing',
  },
);

export type MonthWords = (typeof monthWords)['fr'];
