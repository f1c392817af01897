import type { Departure, PointDifference } from '../../queries/dsoPerimeters';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface DsoPerimeterWords {
  title: string;
  help: string;
  none: string;
  same: (points: number, day: string) => string;
  differs: (points: number, day: string) => string;
  differences: Record<PointDifference['difference'], string>;
  departures: string;
  departuresHelp: string;
  reasons: Record<Departure['reason'], (day: string) => string>;
}

/** Of the participants as the grid operator has them. */
export const dsoPerimeterWords = both<DsoPerimeterWords>(
  {
    title: 'Ce que le gestionnaire de réseau a',
    help: 'Le gestionnaire publie sa propre liste des participants : elle doit être la même que celle d’ici, sinon ses résultats ne seront pas les nôtres.',
    none: 'Le gestionnaire n’a encore rien publié pour cette opération.',
    same: (points, day) =>
      `Sa liste du ${day}, ${counted.fr(points, 'point', 'points')}, est la même qu’ici.`,
    differs: (points, day) =>
      `${counted.fr(points, 'point n’est pas le même', 'points ne sont pas les mêmes')} dans sa liste du ${day}. Déclarez ce qui manque chez lui, corrigez ici ce qui y est faux.`,
    differences: {
      missing_here: 'il l’a, nous non',
      missing_there: 'nous l’avons, lui non',
      other_dates: 'les dates ne sont pas les mêmes',
    },
    departures: 'Contrats qui ont pris fin',
    departuresHelp:
      'Ces points quittent l’opération sans que personne l’ait demandé : voyez avec la personne, puis notez sa sortie.',
    reasons: {
      terminated: (day) => `contrat résilié le ${day}`,
      new_occupant: (day) => `une autre personne y a un contrat depuis le ${day}`,
    },
  },
  {
    title: 'What the grid operator has',
    help: 'The grid operator publishes its own list of participants: it has to be the same as the one here, or its results will not be ours.',
    none: 'The grid operator has published nothing for this operation yet.',
    same: (points, day) =>
      `Its list of ${day}, ${counted.en(points, 'point', 'points')}, is the same as here.`,
    differs: (points, day) =>
      `${counted.en(points, 'point is not the same', 'points are not the same')} in its list of ${day}. Declare what is missing there, correct here what is wrong.`,
    differences: {
      missing_here: 'it has it, we do not',
      missing_there: 'we have it, it does not',
      other_dates: 'the dates are not the same',
    },
    departures: 'Contracts that have ended',
    departuresHelp:
      'These points leave the operation although nobody asked for it: see with the person, then record the exit.',
    reasons: {
      terminated: (day) => `contract ended on ${day}`,
      new_occupant: (day) => `another person has a contract there since ${day}`,
    },
  },
);
