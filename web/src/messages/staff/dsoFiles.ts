import type { Pull } from '../../queries/dsoFiles';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

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
    newest: (count) => `Les ${count} plus récentes.`,
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
    newest: (count) => `The ${count} newest ones.`,
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
  },
);
