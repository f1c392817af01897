import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of the list of requests. */
export const requestDeskWords = both(
  {
    title: 'Demandes',
    lead: 'Les demandes d’opérations, de leur arrivée jusqu’à l’opération.',
    stages: 'Par étape',
    which: 'Lesquelles',
    everyones: 'De tous',
    mine: 'Que je suis',
    overdue: 'En retard',
    points: (count: number) => counted.fr(count, 'point', 'points'),
    oldest: (days: number) =>
      days === 0
        ? 'la plus ancienne est d’aujourd’hui'
        : `la plus ancienne a ${days}\u00a0${days === 1 ? 'jour' : 'jours'}`,
    none: 'Aucune demande ici.',
    noneAtAll:
      'Aucune demande encore. Elles arrivent par la page « Demander une opération », que tout le monde peut ouvrir.',
    here: (days: number) =>
      days === 0 ? 'depuis aujourd’hui' : `depuis ${days}\u00a0${days === 1 ? 'jour' : 'jours'}`,
    next: (day: string) => `à reprendre le ${day}`,
    late: (day: string) => `en retard : à reprendre le ${day}`,
    nobody: 'personne ne la suit',
    followedBy: (who: string) => `suivie par ${who}`,
    more: 'Voir les précédentes',
  },
  {
    title: 'Requests',
    lead: 'Requests for operations, from their arrival to the operation.',
    stages: 'By stage',
    which: 'Which ones',
    everyones: 'Everybody’s',
    mine: 'Mine',
    overdue: 'Overdue',
    points: (count) => counted.en(count, 'point', 'points'),
    oldest: (days) =>
      days === 0
        ? 'the oldest is of today'
        : `the oldest is ${days}\u00a0${days === 1 ? 'day' : 'days'} old`,
    none: 'No request here.',
    noneAtAll:
      'No request yet. They come by the page “Ask for an operation”, which anybody may open.',
    here: (days) =>
      days === 0 ? 'since today' : `for ${days}\u00a0${days === 1 ? 'day' : 'days'}`,
    next: (day) => `next step on ${day}`,
    late: (day) => `overdue: next step was due on ${day}`,
    nobody: 'nobody looks after it',
    followedBy: (who) => `${who} looks after it`,
    more: 'Show earlier ones',
  },
);
