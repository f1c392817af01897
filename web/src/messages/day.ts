import type { Basis, Reading, Rule } from '../queries/explanations';
import { both } from '../words/language';

interface DayWords {
  title: string;
  before: string;
  after: string;
  days: string;
  toMonth: (month: string) => string;
  ofAll: (shared: string, all: string) => string;
  allLocal: (from: string, to: string) => string;
  nothingLocal: string;
  picture: string;
  sun: string;
  sunWithheld: string;
  chosen: string;
  stepIs: (times: string, used: string, shared: string) => string;
  used: string;
  local: string;
  plant: (number: number) => string;
  aPlant: string;
  rest: string;
  why: string;
  longDay: string;
  shortDay: string;
  grid: string;
  summerTime: string;
  winterTime: string;
  offered: (coefficient: string, from: string, offered: string) => string;
  capped: string;
  bases: Record<Basis, string>;
  rank: (rank: number) => string;
  withheld: string;
  asTable: string;
  asPicture: string;
  time: string;
  readings: Record<Reading, string>;
  rules: Record<Rule, string>;
  production: string;
  left: string;
  reason: string;
}

export const dayWords = both<DayWords>(
  {
    title: 'D’où venait mon électricité',
    before: 'Jour précédent',
    after: 'Jour suivant',
    days: 'Autres jours',
    toMonth: (month) => `Tout ${month}`,
    ofAll: (shared, all) => `${shared} sur ${all} venaient de l’opération.`,
    allLocal: (from, to) => `De ${from} à ${to}, tout était local.`,
    nothingLocal: 'Rien n’était local ce jour-là.',
    picture: 'Votre journée, demi-heure par demi-heure',
    sun: 'Au fond : la forme de la production de l’opération, à une autre échelle.',
    sunWithheld:
      'La production de l’opération n’est pas montrée : elle dirait ce que produit ou consomme un voisin.',
    chosen: 'Choisir un moment',
    stepIs: (times, used, shared) => `${times} : ${used} consommés, dont ${shared} locaux`,
    used: 'Consommé',
    local: 'Local',
    plant: (number) => `Centrale ${number}`,
    aPlant: 'Une centrale de l’opération',
    rest: 'Du réseau, par votre fournisseur',
    why: 'Pourquoi ?',
    longDay: 'Ce jour a 25 heures : à 3 h, il était de nouveau 2 h.',
    shortDay: 'Ce jour a 23 heures : à 2 h, il était déjà 3 h.',
    grid: 'du réseau',
    summerTime: ' (heure d’été)',
    winterTime: ' (heure d’hiver)',
    offered: (coefficient, from, offered) =>
      `${coefficient} × ${from} = ${offered} qui vous revenaient`,
    capped: 'Vous ne pouvez pas recevoir plus que vous ne consommez.',
    bases: {
      deposit:
        'Les coefficients de ce mois ont été fixés avant son début : aucune mesure ne les change.',
      last_deposit:
        'Aucun coefficient n’a été fixé à temps pour ce mois : les derniers s’appliquent.',
      default_key:
        'Aucun coefficient n’a été fixé à temps pour ce mois : la règle par défaut s’applique.',
    },
    rank: (rank) => `Vous êtes au rang ${rank}.`,
    withheld:
      'Les chiffres du calcul ne sont pas montrés : trop peu de voisins participent, ils diraient ce que l’un d’eux consomme.',
    asTable: 'Voir en tableau',
    asPicture: 'Voir en image',
    time: 'Heure',
    readings: {
      metered: 'mesuré par le compteur',
      estimated: 'estimé : la mesure manquait',
      reconstructed: 'réparti à parts égales d’une mesure plus longue',
      missing: 'mesure manquante, comptée pour zéro',
    },
    rules: {
      'no-production': 'Rien n’était produit à ce moment.',
      'no-consumption': 'Vous n’avez rien consommé.',
      'key-gives-nothing': 'La clé de répartition ne vous donne rien à ce moment.',
      'everyone-served': 'Il y avait assez pour tout le monde.',
      'prorata-of-consumption':
        'La production ne suffisait pas : chacun en a reçu en proportion de ce qu’il consommait.',
      'fixed-share': 'Vous recevez une part fixe de la production.',
      'fixed-share-capped': 'Votre part fixe dépassait ce que vous consommiez.',
      redistributed: 'D’autres n’ont pas pris toute leur part : vous en avez reçu une partie.',
      'share-of-step': 'Vous recevez la part que la clé vous donne pour cette demi-heure.',
      'share-of-step-capped': 'Votre part de cette demi-heure dépassait ce que vous consommiez.',
      'rank-served-in-full': 'Il restait assez pour tout votre rang de priorité.',
      'rank-shares-what-is-left':
        'Votre rang de priorité s’est partagé ce qui restait, selon les consommations.',
      'weight-of-rank': 'Vous recevez votre poids dans ce qui restait pour votre rang.',
      'weight-of-rank-capped': 'Votre poids vous donnait plus que ce que vous consommiez.',
      'rank-gets-nothing': 'Les rangs plus prioritaires ont tout pris.',
    },
    production: 'produits',
    left: 'qui restaient',
    reason: 'Raison',
  },
  {
    title: 'Where my electricity came from',
    before: 'Day before',
    after: 'Day after',
    days: 'Other days',
    toMonth: (month) => `All of ${month}`,
    ofAll: (shared, all) => `${shared} of ${all} came from the operation.`,
    allLocal: (from, to) => `From ${from} to ${to}, all was local.`,
    nothingLocal: 'Nothing was local on that day.',
    picture: 'Your day, half-hour by half-hour',
    sun: 'Behind: the shape of the operation’s production, on another scale.',
    sunWithheld:
      'The operation’s production is not shown: it would tell what a neighbour produces or consumes.',
    chosen: 'Choose a moment',
    stepIs: (times, used, shared) => `${times}: ${used} consumed, ${shared} of it local`,
    used: 'Consumed',
    local: 'Local',
    plant: (number) => `Plant ${number}`,
    aPlant: 'A plant of the operation',
    rest: 'From the grid, by your supplier',
    why: 'Why?',
    longDay: 'This day has 25 hours: at 03:00 it was 02:00 again.',
    shortDay: 'This day has 23 hours: at 02:00 it was already 03:00.',
    grid: 'from the grid',
    summerTime: ' (summer time)',
    winterTime: ' (winter time)',
    offered: (coefficient, from, offered) => `${coefficient} × ${from} = ${offered} due to you`,
    capped: 'You cannot get more than you consume.',
    bases: {
      deposit: 'The coefficients of this month were set before it began: no reading changes them.',
      last_deposit: 'No coefficients were set in time for this month: the last ones hold.',
      default_key: 'No coefficients were set in time for this month: the default rule holds.',
    },
    rank: (rank) => `You are in rank ${rank}.`,
    withheld:
      'The figures of the calculation are not shown: so few neighbours take part that they would tell what one of them consumes.',
    asTable: 'Show as a table',
    asPicture: 'Show as a picture',
    time: 'Time',
    readings: {
      metered: 'measured by the meter',
      estimated: 'estimated: the measure was missing',
      reconstructed: 'an equal part of a longer measure',
      missing: 'the measure is missing and counts as zero',
    },
    rules: {
      'no-production': 'Nothing was produced at that moment.',
      'no-consumption': 'You consumed nothing.',
      'key-gives-nothing': 'The sharing key gives you nothing at that moment.',
      'everyone-served': 'There was enough for everyone.',
      'prorata-of-consumption':
        'Production was short: each got some in proportion to what they consumed.',
      'fixed-share': 'You get a fixed share of the production.',
      'fixed-share-capped': 'Your fixed share was more than you consumed.',
      redistributed: 'Others did not take all of their share: you got a part of it.',
      'share-of-step': 'You get the share that the key gives you for this half-hour.',
      'share-of-step-capped': 'Your share of this half-hour was more than you consumed.',
      'rank-served-in-full': 'Enough was left for all of your priority rank.',
      'rank-shares-what-is-left':
        'Your priority rank shared what was left, in proportion to consumption.',
      'weight-of-rank': 'You get your weight in what was left for your rank.',
      'weight-of-rank-capped': 'Your weight gave you more than you consumed.',
      'rank-gets-nothing': 'Ranks before yours took everything.',
    },
    production: 'produced',
    left: 'left',
    reason: 'Reason',
  },
);
