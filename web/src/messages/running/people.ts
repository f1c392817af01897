import type { PhaseOnTheWay } from '../../words/enrolments';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

const ONTO: Record<PhaseOnTheWay, [fr: readonly [string, string], en: readonly [string, string]]> =
  {
    prospect: [
      ['Intéressés', 'L’accord est à faire signer.'],
      ['Interested', 'The agreement is to be signed.'],
    ],
    signed: [
      ['Ont signé', 'À déclarer au gestionnaire de réseau.'],
      ['Have signed', 'To be declared to the grid operator.'],
    ],
    declared: [
      ['Déclarés', 'Ils entrent d’eux-mêmes, le jour dit.'],
      ['Declared', 'They join by themselves, on the day.'],
    ],
    leaving: [
      ['Sur le départ', 'Leur sortie est à déclarer, si elle ne l’est pas encore.'],
      ['On their way out', 'Their exit is to be declared, unless it is already.'],
    ],
  };

function onto(index: 0 | 1): Record<PhaseOnTheWay, readonly [title: string, help: string]> {
  return {
    prospect: ONTO.prospect[index],
    signed: ONTO.signed[index],
    declared: ONTO.declared[index],
    leaving: ONTO.leaving[index],
  };
}

/** Of the board of who is in an operation, and who is on the way. */
export const peopleWords = both(
  {
    title: 'Membres',
    pages: 'Les pages des membres',
    tabs: {
      board: 'Entrées, sorties',
      members: 'Membres',
      documents: 'Documents',
      declarations: 'Déclarations',
      import: 'Importer',
      map: 'Carte',
    },
    board: 'Entrées et sorties',
    members: 'Membres et points',
    import: 'Importer un tableau',
    declarations: 'Déclarations au réseau',
    documents: 'Documents',
    map: 'Carte',
    onTheWay: 'Sur le chemin',
    nobody: 'Personne',
    phases: onto(0),
    inIt: (count: number): string =>
      count < 2 ? 'Participe, entré par ces étapes' : 'Participent, entrés par ces étapes',
    inItHelp:
      'Qui participait avant d’être suivi ici n’a pas d’étapes : vous le trouvez dans « Membres et points ».',
    out: (count: number): string => (count < 2 ? 'Sorti ou abandonné' : 'Sortis ou abandonnés'),
    count: (count: number) => `(${count})`,
    sides: { consumption: 'consomme', production: 'produit' },
    sinceDays: (days: number) =>
      days === 0 ? 'depuis aujourd’hui' : `depuis ${counted.fr(days, 'jour', 'jours')}`,
    entersOn: (day: string) => `Entrée le ${day}`,
    leavesOn: (day: string) => `Sortie le ${day}`,
    isIn: (day: string) => `Participe depuis le ${day}`,
    wasOut: (day: string) => `Sorti le ${day}`,
    gaveUp: (reason: string) => `Abandonné : ${reason}`,
    exitTold: 'Sortie déjà déclarée.',
    firstOnes: (shown: number, all: number) => `Les ${shown} premiers, sur ${all}.`,
    gaveUpName: 'Entrée abandonnée',
    taken: (name: string | null) => (name ? `C’est noté pour ${name}.` : 'C’est noté.'),
    breach: 'Attention, la loi ne permet pas ce périmètre :',
  },
  {
    title: 'Members',
    pages: 'The pages of members',
    tabs: {
      board: 'Entries, exits',
      members: 'Members',
      documents: 'Documents',
      declarations: 'Declarations',
      import: 'Import',
      map: 'Map',
    },
    board: 'Entries and exits',
    members: 'Members and points',
    import: 'Import a table',
    declarations: 'Declarations to the grid',
    documents: 'Documents',
    map: 'Map',
    onTheWay: 'On the way',
    nobody: 'Nobody',
    phases: onto(1),
    inIt: () => 'Take part, having come by these steps',
    inItHelp:
      'Whoever took part before being followed here has no steps: you find them in “Members and points”.',
    out: () => 'Left or given up',
    count: (count) => `(${count})`,
    sides: { consumption: 'consumes', production: 'produces' },
    sinceDays: (days) => (days === 0 ? 'since today' : `for ${counted.en(days, 'day', 'days')}`),
    entersOn: (day) => `Joins on ${day}`,
    leavesOn: (day) => `Leaves on ${day}`,
    isIn: (day) => `Has taken part since ${day}`,
    wasOut: (day) => `Left on ${day}`,
    gaveUp: (reason) => `Given up: ${reason}`,
    exitTold: 'Exit declared already.',
    firstOnes: (shown, all) => `The first ${shown} of ${all}.`,
    gaveUpName: 'Entry given up',
    taken: (name) => (name ? `Noted for ${name}.` : 'Noted.'),
    breach: 'Careful, the law does not allow this perimeter:',
  },
);
