import type { Enrolment } from '../../queries/enrolments';
import type { SignUp } from '../../queries/waiting';
import { de } from '../../words/elision';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';
import { memberKindWords } from '../memberKinds';

/** Of the home of an operation. */
export const homeWords = both<HomeWords>(
  {
    size: (consumers, plants) =>
      `${counted.fr(consumers, 'point consomme', 'points consomment')}, ${counted.fr(plants, 'centrale produit', 'centrales produisent')}.`,
    months: 'Les derniers mois',
    earlierMonths: 'Les mois d’avant',
    toDo: 'À faire',
    waiting: 'Qui attend une réponse',
    nobodyWaits: 'Personne n’attend de réponse.',
    wantsIn: (kind, day) => `${memberKindWords.fr[kind]} · demande à entrer depuis le ${day}`,
    phase: {
      prospect: 'intéressé, n’a pas encore signé',
      signed: 'a signé, à déclarer au gestionnaire de réseau',
      declared: 'déclaré, entre bientôt',
    },
    wantsOut: (day) => `demande à sortir le ${day}`,
    answerThem: 'Leur répondre',
    moreWait: (count) => (count === 1 ? 'Et 1 autre.' : `Et ${count}\u00a0autres.`),
    alerts: 'Alertes',
    noAlert: 'Rien à signaler.',
    late: (points, day) =>
      points === 1
        ? `1 point attend des mesures depuis le ${day}.`
        : `${points}\u00a0points attendent des mesures, le premier depuis le ${day}.`,
    toData: (month) => `Voir les données ${de(month)}`,
    outdated: (month) => `La clôture ${de(month)} est à refaire : ses données ont changé.`,
    toPayments: 'Voir les paiements',
    toClosing: (month) => `Voir la clôture ${de(month)}`,
    rejected: (count) =>
      counted.fr(count, 'prélèvement a été rejeté.', 'prélèvements ont été rejetés.'),
    overdue: (count) =>
      counted.fr(
        count,
        'facture est en retard de paiement.',
        'factures sont en retard de paiement.',
      ),
  },
  {
    size: (consumers, plants) =>
      `${counted.en(consumers, 'point consumes', 'points consume')}, ${counted.en(plants, 'plant produces', 'plants produce')}.`,
    months: 'The last months',
    earlierMonths: 'Earlier months',
    toDo: 'To do',
    waiting: 'Who waits for an answer',
    nobodyWaits: 'Nobody waits for an answer.',
    wantsIn: (kind, day) => `${memberKindWords.en[kind]} · has asked to join since ${day}`,
    phase: {
      prospect: 'interested, has not signed yet',
      signed: 'has signed, to be declared to the grid operator',
      declared: 'declared, joins soon',
    },
    wantsOut: (day) => `asks to leave on ${day}`,
    answerThem: 'Answer them',
    moreWait: (count) => (count === 1 ? 'And 1 more.' : `And ${count}\u00a0more.`),
    alerts: 'Alerts',
    noAlert: 'Nothing to report.',
    late: (points, day) =>
      points === 1
        ? `1 point has waited for readings since ${day}.`
        : `${points}\u00a0points wait for readings, the first one since ${day}.`,
    toData: (month) => `See the data of ${month}`,
    outdated: (month) => `The closing of ${month} is to be redone: its data have changed.`,
    toPayments: 'See the payments',
    toClosing: (month) => `See the closing of ${month}`,
    rejected: (count) =>
      counted.en(count, 'direct debit was rejected.', 'direct debits were rejected.'),
    overdue: (count) => counted.en(count, 'invoice is overdue.', 'invoices are overdue.'),
  },
);

interface HomeWords {
  size: (consumers: number, plants: number) => string;
  months: string;
  earlierMonths: string;
  toDo: string;
  waiting: string;
  nobodyWaits: string;
  wantsIn: (kind: SignUp['kind'], day: string) => string;
  answerThem: string;
  phase: Partial<Record<Enrolment['phase'], string>>;
  wantsOut: (day: string) => string;
  moreWait: (count: number) => string;
  alerts: string;
  noAlert: string;
  late: (points: number, day: string) => string;
  toData: (month: string) => string;
  outdated: (month: string) => string;
  toPayments: string;
  toClosing: (month: string) => string;
  rejected: (count: number) => string;
  overdue: (count: number) => string;
}
