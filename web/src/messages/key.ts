import { both } from '../words/language';

/** Of the key in force. Each rule begins with what documents say of it (billing's `sharing.py`). */
export const keyWords = both(
  {
    title: 'Comment l’électricité est partagée',
    since: (day: string) => `En vigueur depuis le ${day}.`,
    until: (day: string) => `Jusqu’au ${day}.`,
    from: (day: string) => `À partir du ${day}`,
    voted: 'Les membres l’ont adoptée par un vote.',
    none: 'Aucune règle de partage n’est en vigueur aujourd’hui : tant qu’il n’y en a pas, rien n’est partagé.',
    next: 'La règle qui vient',
    old: 'Les règles d’avant',
    days: (from: string, to: string) => `Du ${from} au ${to}`,
    own: 'Votre part',
    defaultRule:
      'À chaque demi-heure, la production est partagée selon ce que chacun consomme au même moment. S’il y en a assez, chacun est servi en entier ; sinon, chacun reçoit la même proportion de ce qu’il consomme.',
    defaultOwn:
      'Vous n’avez pas de coefficient fixe : qui consomme quand il y a du soleil reçoit plus.',
    staticRule:
      'Chacun a une part fixe de la production, sans jamais recevoir plus que ce qu’il consomme ; ce que l’un laisse est le surplus des producteurs. Rien n’en est donné aux autres.',
    redistributeRule:
      'Chacun a une part fixe de la production, sans jamais recevoir plus que ce qu’il consomme ; ce que l’un laisse est proposé aux autres. Ils se le partagent dans la proportion de leurs parts.',
    staticOwn: (share: string) => `${share} de la production, tant que vous la consommez.`,
    ofProduction: 'de la production à chaque demi-heure, si vous la consommez.',
    staticNone: 'Cette règle ne vous donne pas de part.',
    staticExample: (share: string, offered: string) =>
      `Avec ${share}, quand les centrales produisent 10 kWh, ${offered} vous sont proposés. Vous en recevez autant que vous consommez, et pas plus.`,
    dynamicRule:
      'Chacun a une part de la production, qui change à chaque demi-heure selon les coefficients de l’opération, sans jamais recevoir plus que ce qu’il consomme. L’opération donne ces coefficients chaque mois ; ce qui reste est le surplus des producteurs.',
    fullDynamicRule:
      'Chaque centrale est partagée à part, selon des coefficients de l’opération qui changent à chaque demi-heure ; personne ne reçoit plus que ce qu’il consomme. L’opération donne ces coefficients chaque mois. Qui se voit proposer plus qu’il ne consomme reçoit moins de chaque centrale, dans la même proportion.',
    dynamicOwn:
      'Votre coefficient n’est pas fixe : il change à chaque demi-heure. La page du jour le montre, demi-heure par demi-heure.',
    priorityRule:
      'Les consommateurs sont servis par rang : le premier d’abord, puis chaque rang se partage ce qui reste. Dans un rang, s’il n’y en a pas assez pour tous, chacun reçoit une proportion de ce qu’il demande.',
    rank: (rank: number, of: number) =>
      of === 1 ? 'Vous êtes dans le seul rang.' : `Vous êtes servi au rang ${rank} sur ${of}.`,
    weight: (weight: string) => `Votre poids dans ce rang est de ${weight}.`,
    noRank: 'Vous n’êtes dans aucun rang : vous ne recevez rien.',
    when: (when: string, sentence: string) => `${when} : ${sentence}`,
    otherwise: 'Sinon',
    unknownRule:
      'L’électricité est partagée selon une règle que cette page ne sait pas encore dire.',
    example: 'Un exemple',
    defaultExample:
      'Les centrales produisent 10 kWh et vous tous en consommez 20 : chacun reçoit la moitié de ce qu’il consomme. Si vous en consommez 2, vous en recevez 1, et votre fournisseur livre l’autre.',
    priorityExample:
      'Les centrales produisent 10 kWh. Le premier rang en consomme 6 et les reçoit ; le deuxième se partage les 4 qui restent.',
    toDay: 'Voir ce que cela a donné, demi-heure par demi-heure',
  },
  {
    title: 'How electricity is shared',
    since: (day) => `In force since ${day}.`,
    until: (day) => `Until ${day}.`,
    from: (day) => `From ${day}`,
    voted: 'The members adopted it by a vote.',
    none: 'No rule of sharing is in force today: as long as there is none, nothing is shared.',
    next: 'The rule to come',
    old: 'The rules of before',
    days: (from, to) => `From ${from} to ${to}`,
    own: 'Your part',
    defaultRule:
      'In each half-hour, the production is shared in proportion to what each member uses then. If there is enough, all are served in full; if not, each one gets the same proportion of what they use.',
    defaultOwn:
      'You have no fixed coefficient: who uses electricity when the sun shines gets more.',
    staticRule:
      'Each one has a fixed part of the production, and never gets more than they use; what one leaves is the surplus of the producers. None of it is given to the others.',
    redistributeRule:
      'Each one has a fixed part of the production, and never gets more than they use; what one leaves is offered to the others. They share it in the proportion of their parts.',
    staticOwn: (share) => `${share} of the production, as long as you use it.`,
    ofProduction: 'of the production in each half-hour, if you use it.',
    staticNone: 'This rule gives you no part.',
    staticExample: (share, offered) =>
      `With ${share}, when the plants make 10 kWh, ${offered} are offered to you. You get as much of it as you use, and no more.`,
    dynamicRule:
      'Each one has a part of the production that changes with each half-hour, by coefficients of the operation, and never gets more than they use. The operation gives these coefficients each month; what is left is the surplus of the producers.',
    fullDynamicRule:
      'Each plant is shared by itself, by coefficients of the operation that change with each half-hour; nobody gets more than they use. The operation gives these coefficients each month. Who is offered more than they use gets less of each plant, in the same proportion.',
    dynamicOwn:
      'Your coefficient is not fixed: it changes with each half-hour. The page of a day shows it, half-hour by half-hour.',
    priorityRule:
      'Consumers are served by rank: the first one first, then each rank shares what is left. Within a rank, if there is not enough for all, each one gets a proportion of what they ask for.',
    rank: (rank, of) =>
      of === 1 ? 'You are in the only rank.' : `You are served in rank ${rank} of ${of}.`,
    weight: (weight) => `Your weight in this rank is ${weight}.`,
    noRank: 'You are in no rank: you get nothing.',
    when: (when, sentence) => `${when}: ${sentence}`,
    otherwise: 'Otherwise',
    unknownRule: 'Electricity is shared by a rule that this page cannot put in words yet.',
    example: 'An example',
    defaultExample:
      'The plants make 10 kWh and all of you use 20: each one gets half of what they use. If you use 2, you get 1, and your supplier gives the other.',
    priorityExample:
      'The plants make 10 kWh. The first rank uses 6 and gets them; the second one shares the 4 that are left.',
    toDay: 'See what came of it, half-hour by half-hour',
  },
);
