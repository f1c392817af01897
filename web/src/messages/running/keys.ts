import { both } from '../../words/language';

export const keysWords = both(
  {
    title: 'Les clés de partage',
    why: 'Qu’est-ce qu’une clé ?',
    whyText:
      'La clé dit comment l’électricité des centrales se partage entre les membres. Elle se prépare en brouillon, les membres votent, puis elle se déclare au gestionnaire de réseau et entre en vigueur un jour donné. Celle d’avant s’arrête alors d’elle-même.',
    none: 'Il n’y a pas encore de clé : tant qu’il n’y en a pas, rien n’est partagé.',
    noneInForce: 'Aucune clé n’est en vigueur aujourd’hui : rien n’est partagé.',
    make: 'Écrire une clé',
    compare: 'Comparer des clés',
    coefficients: 'Coefficients du mois',
    deposits: 'Coefficients avant le mois',
    picture: 'Les clés dans le temps',
    pictureSentence: (keys: number, current: string | null) =>
      `${keys === 1 ? 'Une clé' : `${keys} clés`} sur une ligne de temps. ${current ? `En vigueur aujourd’hui : ${current}.` : 'Aucune n’est en vigueur aujourd’hui.'} Le tableau dit leurs dates.`,
    today: 'aujourd’hui',
    caption: 'Les clés, celle en vigueur d’abord',
    key: 'Clé',
    days: 'Jours',
    state: 'État',
    next: 'À faire',
    from: (day: string) => `à partir du ${day}`,
    period: (from: string, last: string) => `du ${from} au ${last}`,
    nothing: 'Rien',
    moments: {
      current: 'En vigueur',
      coming: 'À venir',
      draft: 'Brouillon',
      past: 'Terminée',
    },
    states: {
      draft: 'brouillon',
      approved: 'approuvée',
      declared: 'déclarée',
      active: 'active',
      superseded: 'remplacée',
    },
    voting: 'vote en cours',
    toPoll: 'Voir le vote',
    toPollOf: (key: string) => `Voir le vote : ${key}`,
    voted: 'vote terminé',
    adopted: 'adoptée par un vote',
    steps: {
      vote: 'Faire voter',
      approve: 'Approuver',
      declare: 'Déclarer',
      activate: 'Mettre en vigueur',
    },
    stepOf: (step: string, key: string) => `${step} : ${key}`,
    tooSoon: (earliest: string) => `Ses dates sont trop proches : au plus tôt le ${earliest}.`,
    unknownPoints: (count: number) =>
      count === 1
        ? 'Elle nomme un point qui ne participe pas.'
        : `Elle nomme ${count} points qui ne participent pas.`,
  },
  {
    title: 'The sharing keys',
    why: 'What is a key?',
    whyText:
      'The key says how the electricity of the plants is shared among the members. It is prepared as a draft, members vote on it, then it is declared to the grid operator and in force from a given day on. The one before ends by itself.',
    none: 'There is no key yet: as long as there is none, nothing is shared.',
    noneInForce: 'No key is in force today: nothing is shared.',
    make: 'Write a key',
    compare: 'Compare keys',
    coefficients: 'Coefficients of the month',
    deposits: 'Coefficients before the month',
    picture: 'The keys over time',
    pictureSentence: (keys, current) =>
      `${keys === 1 ? 'One key' : `${keys} keys`} on a time line. ${current ? `In force today: ${current}.` : 'None is in force today.'} The table has their dates.`,
    today: 'today',
    caption: 'The keys, the one in force first',
    key: 'Key',
    days: 'Days',
    state: 'State',
    next: 'To do',
    from: (day) => `from ${day} on`,
    period: (from, last) => `from ${from} to ${last}`,
    nothing: 'Nothing',
    moments: { current: 'In force', coming: 'To come', draft: 'Draft', past: 'Over' },
    states: {
      draft: 'draft',
      approved: 'approved',
      declared: 'declared',
      active: 'active',
      superseded: 'replaced',
    },
    voting: 'vote under way',
    toPoll: 'See the vote',
    toPollOf: (key) => `See the vote: ${key}`,
    voted: 'vote over',
    adopted: 'adopted by a vote',
    steps: {
      vote: 'Have members vote',
      approve: 'Approve',
      declare: 'Declare',
      activate: 'Put in force',
    },
    stepOf: (step, key) => `${step}: ${key}`,
    tooSoon: (earliest) => `Its days are too near: on ${earliest} at the earliest.`,
    unknownPoints: (count) =>
      count === 1
        ? 'It names a point that takes no part.'
        : `It names ${count} points that take no part.`,
  },
);
