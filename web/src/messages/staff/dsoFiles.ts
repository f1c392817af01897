import type { HeldPoint, Pull } from '../../queries/dsoFiles';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';
import type { PullKind } from '../../words/pulls';

interface DsoFileWords {
  title: string;
  lead: string;
  series: string;
  seriesHelp: string;
  noneLacking: string;
  came: (first: number, last: number) => string;
  absent: (first: number, last: number, since: string) => string;
  incomplete: (number: number, parts: string, of: number, since: string) => string;
  pulls: string;
  pullsHelp: string;
  which: string;
  all: string;
  noPull: string;
  newest: (count: number) => string;
  states: Record<Pull['state'], string>;
  meaning: Record<Pull['state'], string>;
  sources: Record<Pull['source'], string>;
  resources: Record<Pull['resource'], string>;
  days: (from: string, to: string) => string;
  askedBy: (who: string) => string;
  schedule: string;
  attempts: (count: number) => string;
  next: (moment: string) => string;
  problem: string;
  file: string;
  operation: string;
  point: string;
  held: string;
  heldHelp: string;
  noHeldReadings: string;
  noHeldResults: string;
  heldDays: (count: number) => string;
  directions: Record<HeldPoint['direction'], string>;
  askFor: string;
  askHelp: string;
  ask: string;
  operationHelp: string;
  kind: string;
  kinds: Record<PullKind, string>;
  firstDay: string;
  lastDay: string;
  wholeMonths: string;
  pulled: (added: number, waiting: number) => string;
  withoutParticipation: (points: string) => string;
}

/** Of files that the grid operator should have sent, and of what is asked of it. */
export const dsoFileWords = both<DsoFileWords>(
  {
    title: 'Fichiers attendus',
    lead: 'Ce que le gestionnaire de réseau aurait dû envoyer, et ce que la plateforme lui demande d’elle-même.',
    series: 'Numéros manquants',
    seriesHelp:
      'Ses fichiers sont numérotés : un trou veut dire qu’un fichier n’est jamais arrivé. Redemandez-le-lui ; dès qu’il arrive, il quitte cette liste.',
    noneLacking: 'Aucun numéro ne manque.',
    came: (first, last) => `arrivés : du nº ${first} au nº ${last}`,
    absent: (first, last, since) =>
      `${first === last ? `le nº ${first} manque` : `les nº ${first} à ${last} manquent`}, depuis ${since}`,
    incomplete: (number, parts, of, since) =>
      `du nº ${number}, il manque la partie ${parts} (sur ${of}), depuis ${since}`,
    pulls: 'Relèves automatiques',
    pullsHelp: 'Chaque question posée aux API du gestionnaire de réseau, la plus récente d’abord.',
    which: 'Lesquelles',
    all: 'Toutes',
    noPull: 'Aucune question ici.',
    newest: (count) => (count === 1 ? 'La plus récente.' : `Les ${count} plus récentes.`),
    states: {
      waiting: 'attend',
      done: 'répondue',
      refused: 'refusée',
      failed: 'en échec',
      withdrawn: 'abandonnée',
    },
    meaning: {
      waiting: 'Elle sera posée, ou posée de nouveau, d’elle-même.',
      done: 'La réponse est un fichier reçu.',
      refused: 'Le gestionnaire de réseau n’y répond pas : le problème dit que faire.',
      failed: 'Essayée trop souvent. Il faut la demander de nouveau.',
      withdrawn: 'Le point ne participe plus ces jours-là.',
    },
    sources: { acc: 'API d’autoconsommation', 'data-connect': 'Data Connect' },
    resources: {
      load_curve: 'Courbe de charge',
      perimeter: 'Périmètre',
      definitive_load_curves: 'Courbes définitives',
      definitive_active_energy: 'Énergies définitives',
      provisional_load_curves: 'Courbes provisoires',
      provisional_active_energy: 'Énergies provisoires',
    },
    days: (from, to) => (from === to ? `le ${from}` : `du ${from} au ${to}`),
    askedBy: (who) => `demandée par ${who}`,
    schedule: 'la plateforme elle-même',
    attempts: (count) => counted.fr(count, 'essai', 'essais'),
    next: (moment) => `prochain essai ${moment}`,
    problem: 'Ce qui ne va pas',
    file: 'Voir le fichier',
    operation: 'Opération',
    point: 'Point',
    held: 'Arrivées, mais à personne encore',
    heldHelp:
      'Ces mesures sont gardées. Elles sont comptées d’elles-mêmes dès que le point participe à une opération ces jours-là, ou que le périmètre de l’opération est connu.',
    noHeldReadings: 'Aucune mesure n’attend une participation.',
    noHeldResults: 'Aucun résultat n’attend le périmètre de son opération.',
    heldDays: (count) => counted.fr(count, 'jour', 'jours'),
    directions: { consumption: 'consommation', production: 'production' },
    askFor: 'Demander au gestionnaire de réseau',
    askHelp:
      'Hors du calendrier : des mois d’avant la plateforme, ou une question en échec. Seuls les jours où un point participe sont demandés ; ce qui attend déjà n’est pas demandé deux fois.',
    ask: 'Demander',
    operationHelp: 'Son identifiant, comme ACC00000101',
    kind: 'Quoi',
    kinds: {
      load_curve: 'Courbes de charge (Data Connect)',
      definitive: 'Périmètre et résultats définitifs (API d’autoconsommation)',
      provisional: 'Périmètre et résultats provisoires (API d’autoconsommation)',
    },
    firstDay: 'Premier jour',
    lastDay: 'Dernier jour',
    wholeMonths: 'Cette API répond par mois entiers',
    pulled: (added, waiting) =>
      `${counted.fr(added, 'question sera posée', 'questions seront posées')}${waiting > 0 ? ` ; ${counted.fr(waiting, 'attendait déjà', 'attendaient déjà')}` : ''}.`,
    withoutParticipation: (points) =>
      `Ces points ne participent aucun de ces jours et ne sont pas demandés : ${points}.`,
  },
  {
    title: 'Expected files',
    lead: 'What the grid operator should have sent, and what the platform asks of it by itself.',
    series: 'Missing numbers',
    seriesHelp:
      'Its files have numbers: a gap means that a file never came. Ask for it again; as soon as it comes it leaves this list.',
    noneLacking: 'No number is missing.',
    came: (first, last) => `came: from No ${first} to No ${last}`,
    absent: (first, last, since) =>
      `${first === last ? `No ${first} is missing` : `No ${first} to ${last} are missing`}, since ${since}`,
    incomplete: (number, parts, of, since) =>
      `of No ${number}, part ${parts} (of ${of}) is missing, since ${since}`,
    pulls: 'Automatic pulls',
    pullsHelp: 'Each question to the grid operator’s APIs, the newest first.',
    which: 'Which ones',
    all: 'All',
    noPull: 'No question here.',
    newest: (count) => (count === 1 ? 'The newest one.' : `The ${count} newest ones.`),
    states: {
      waiting: 'waits',
      done: 'answered',
      refused: 'refused',
      failed: 'failed',
      withdrawn: 'withdrawn',
    },
    meaning: {
      waiting: 'It will be asked, or asked again, by itself.',
      done: 'The answer is a file received.',
      refused: 'The grid operator does not answer it: the problem says what to do.',
      failed: 'Tried too often. It has to be asked for again.',
      withdrawn: 'The point takes no part on these days any more.',
    },
    sources: { acc: 'self-consumption API', 'data-connect': 'Data Connect' },
    resources: {
      load_curve: 'Load curve',
      perimeter: 'Perimeter',
      definitive_load_curves: 'Definitive curves',
      definitive_active_energy: 'Definitive energies',
      provisional_load_curves: 'Provisional curves',
      provisional_active_energy: 'Provisional energies',
    },
    days: (from, to) => (from === to ? `on ${from}` : `from ${from} to ${to}`),
    askedBy: (who) => `asked for by ${who}`,
    schedule: 'the platform itself',
    attempts: (count) => counted.en(count, 'attempt', 'attempts'),
    next: (moment) => `next attempt ${moment}`,
    problem: 'What is wrong',
    file: 'See the file',
    operation: 'Operation',
    point: 'Point',
    held: 'Arrived, but nobody’s yet',
    heldHelp:
      'These readings are kept. They count by themselves as soon as the point takes part in an operation on those days, or the operation’s perimeter is known.',
    noHeldReadings: 'No reading waits for a participation.',
    noHeldResults: 'No result waits for the perimeter of its operation.',
    heldDays: (count) => counted.en(count, 'day', 'days'),
    directions: { consumption: 'consumption', production: 'production' },
    askFor: 'Ask the grid operator',
    askHelp:
      'Outside the schedule: months before the platform, or a question that failed. Only days on which a point takes part are asked for; what waits already is not asked for twice.',
    ask: 'Ask',
    operationHelp: 'Its identifier, such as ACC00000101',
    kind: 'What',
    kinds: {
      load_curve: 'Load curves (Data Connect)',
      definitive: 'Perimeter and definitive results (self-consumption API)',
      provisional: 'Perimeter and provisional results (self-consumption API)',
    },
    firstDay: 'First day',
    lastDay: 'Last day',
    wholeMonths: 'This API answers by whole months',
    pulled: (added, waiting) =>
      `${counted.en(added, 'question will be asked', 'questions will be asked')}${waiting > 0 ? `; ${counted.en(waiting, 'was waiting already', 'were waiting already')}` : ''}.`,
    withoutParticipation: (points) =>
      `These points take part on none of these days and are not asked for: ${points}.`,
  },
);
