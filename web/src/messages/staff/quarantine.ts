import type { QuarantineState } from '../../queries/quarantine';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface QuarantineWords {
  title: string;
  lead: string;
  codes: string;
  states: Record<QuarantineState, string>;
  /** The same of one. */
  one: Record<QuarantineState, string>;
  whichState: string;
  open: (count: number) => string;
  noneAtAll: string;
  none: string;
  ofDelivery: string;
  delivery: string;
  allDeliveries: string;
  /** By code; one without words is shown as it is. */
  code: Record<string, string>;
  /** For which point something counts; null: no operation knows it. */
  toWhom: (prm: string, name: string | null | undefined) => string;
  choose: (position: string) => string;
  chooseAll: string;
  chooseNone: string;
  more: string;
  facts: string;
  why: string;
  hidden: string;
  noReading: string;
  point: string;
  unknownPoint: string;
  directions: { consumption: string; production: string };
  when: string;
  value: string;
  decidedOn: string;
  decidedBecause: string;
  replacement: string;
  unknown: string;
  decide: string;
  decideOn: (count: number) => string;
  decideAll: (code: string) => string;
  what: string;
  decisions: { release: string; discard: string };
  releaseOne: (point: string) => string;
  releaseMany: (count: number) => string;
  releaseAll: (count: number) => string;
  cannotRelease: (count: number) => string;
  discardOne: string;
  discardMany: (count: number) => string;
  because: string;
  becauseHelp: string;
  sure: string;
  go: { release: string; discard: string };
  deciding: (done: number, total: number) => string;
  done: (decided: number, accepted: number, duplicate: number) => string;
  correct: string;
  correctHelp: (point: string) => string;
  prm: string;
  direction: string;
  start: string;
  startHelp: string;
  step: string;
  power: string;
  correctGo: string;
}

/** Of records that were kept out of the readings. */
export const quarantineWords = both<QuarantineWords>(
  {
    title: 'Quarantaine',
    lead: 'Ce qui n’a pas pu être pris dans les fichiers. Rien n’en compte tant que personne n’a décidé.',
    codes: 'Par raison',
    states: { open: 'à décider', released: 'libérés', corrected: 'corrigés', discarded: 'écartés' },
    one: { open: 'à décider', released: 'libéré', corrected: 'corrigé', discarded: 'écarté' },
    whichState: 'Lesquels',
    open: (count) => `${count}\u00a0à décider`,
    noneAtAll: 'Rien n’a jamais été mis à part.',
    none: 'Aucun enregistrement ici.',
    ofDelivery: 'D’un seul fichier :',
    delivery: 'voir le fichier',
    allDeliveries: 'De tous les fichiers',
    code: {
      'point-unknown': 'Point sans opération',
      'above-power': 'Au-dessus de la puissance',
      spike: 'Pic',
      frozen: 'Valeur figée',
      'production-at-night': 'Production de nuit',
      overlap: 'Valeurs qui se recouvrent',
      'step-change': 'Pas qui change',
      unreadable: 'Illisible',
      'prm-malformed': 'PRM mal formé',
      'not-active-power': 'Pas une puissance active',
      'direction-unknown': 'Sens inconnu',
      'stamp-malformed': 'Date mal formée',
      'stamp-ambiguous': 'Heure qui existe deux fois',
      'stamp-impossible': 'Heure qui n’existe pas',
      'stamp-off-step': 'Heure hors du pas',
      'step-unsupported': 'Pas non pris en charge',
      'nature-unknown': 'Nature inconnue',
      'value-not-a-number': 'Valeur qui n’est pas un nombre',
      'value-negative': 'Valeur négative',
      'value-not-whole': 'Pas en watts entiers',
      'value-too-large': 'Valeur trop grande',
      'document-not-understood': 'Document inconnu',
      contradiction: 'Contradiction dans le fichier',
      'not-your-point': 'Ce jour-là, pas un point des opérations de l’expéditeur',
      'not-for-organisers': 'Pas une mesure (fichier d’un organisateur)',
      'other-step-stands': 'Jour déjà donné par le gestionnaire de réseau, à un autre pas',
    },
    toWhom: (prm, name) => {
      if (name) return `${name} (PRM ${prm})`;
      return `le point ${prm}${name === null ? ', qu’aucune opération ne connaît encore' : ''}`;
    },
    choose: (position) => `Choisir l’enregistrement : ${position}`,
    chooseAll: 'Choisir tous ceux de la liste',
    chooseNone: 'N’en choisir aucun',
    more: 'Voir la suite',
    facts: 'L’enregistrement',
    why: 'Pourquoi',
    hidden: 'Le membre ne partage pas sa courbe : ses valeurs ne sont pas montrées.',
    noReading: 'Il ne peut pas être lu comme une mesure : il se corrige, ou s’écarte.',
    point: 'Point',
    unknownPoint: 'aucune opération ne le connaît',
    directions: { consumption: 'consommation', production: 'production' },
    when: 'Quand',
    value: 'Puissance moyenne',
    decidedOn: 'Décidé',
    decidedBecause: 'Raison',
    replacement: 'Remplacé par',
    unknown: 'Cet enregistrement n’existe pas. Revenez à la quarantaine.',
    decide: 'Décider',
    decideOn: (count) => (count === 1 ? 'Décider du seul choisi' : `Décider des ${count} choisis`),
    decideAll: (code) => `Décider de tous : « ${code} », dans ce fichier`,
    what: 'Que faire ?',
    decisions: { release: 'Libérer', discard: 'Écarter' },
    releaseOne: (point) =>
      `La mesure compte dès lors pour ${point}, comme si le fichier l’avait donnée sans faute. Les parts de ce jour sont recalculées.`,
    releaseMany: (count) =>
      counted.fr(
        count,
        'mesure compte dès lors comme si son fichier l’avait donnée sans faute. Les parts de ce jour sont recalculées.',
        'mesures comptent dès lors comme si leurs fichiers les avaient données sans faute. Les parts de ces jours sont recalculées.',
      ),
    releaseAll: (count) =>
      `${count === 1 ? 'L’enregistrement compte dès lors comme si le fichier l’avait donné' : `Les ${count}\u00a0enregistrements comptent dès lors comme si le fichier les avait donnés`} sans faute. Ce qui ne peut pas être lu reste à part.`,
    cannotRelease: (count) =>
      `${counted.fr(count, 'des choisis ne peut pas être libéré et reste', 'des choisis ne peuvent pas être libérés et restent')} à part\u00a0: à corriger ou à écarter.`,
    discardOne: 'Rien n’en est pris. Il reste listé, avec votre nom et la raison.',
    discardMany: (count) =>
      count === 1
        ? 'Rien n’est pris de cet enregistrement. Il reste listé, avec votre nom et la raison.'
        : `Rien n’est pris de ces ${count}\u00a0enregistrements. Ils restent listés, avec votre nom et la raison.`,
    because: 'Raison',
    becauseHelp: 'Pour qui demandera plus tard. Le membre peut la lire.',
    sure: 'J’ai vérifié\u00a0: cela ne se reprend pas',
    go: { release: 'Libérer', discard: 'Écarter' },
    deciding: (done, total) => `${done} sur ${total}…`,
    done: (decided, accepted, duplicate) => {
      const records = counted.fr(
        decided,
        'enregistrement est décidé',
        'enregistrements sont décidés',
      );
      if (accepted + duplicate === 0) return `${records} : rien n’en est pris.`;
      const taken = counted.fr(accepted, 'mesure nouvelle', 'mesures nouvelles');
      return `${records} : ${taken}, ${counted.fr(duplicate, 'déjà connue', 'déjà connues')}.`;
    },
    correct: 'Le corriger',
    correctHelp: (point) =>
      `La mesure que vous écrivez compte pour ${point}, marquée comme corrigée, jusqu’à ce que le gestionnaire de réseau publie de nouveau ce pas.`,
    prm: 'PRM',
    direction: 'Sens',
    start: 'Début du pas',
    startHelp: 'Avec son décalage : 2026-10-01T10:30+02:00 en été, +01:00 en hiver',
    step: 'Durée du pas',
    power: 'Puissance moyenne, en watts',
    correctGo: 'Enregistrer la correction',
  },
  {
    title: 'Quarantine',
    lead: 'What could not be taken of files. None of it counts as long as nobody has decided.',
    codes: 'By reason',
    states: {
      open: 'to decide',
      released: 'released',
      corrected: 'corrected',
      discarded: 'discarded',
    },
    one: {
      open: 'to decide',
      released: 'released',
      corrected: 'corrected',
      discarded: 'discarded',
    },
    whichState: 'Which ones',
    open: (count) => `${count} to decide`,
    noneAtAll: 'Nothing was ever set apart.',
    none: 'No record here.',
    ofDelivery: 'Of one file:',
    delivery: 'see the file',
    allDeliveries: 'Of all files',
    code: {
      'point-unknown': 'Point without an operation',
      'above-power': 'Above the power',
      spike: 'Spike',
      frozen: 'Frozen value',
      'production-at-night': 'Production at night',
      overlap: 'Values that overlap',
      'step-change': 'Step that changes',
      unreadable: 'Unreadable',
      'prm-malformed': 'Malformed PRM',
      'not-active-power': 'Not an active power',
      'direction-unknown': 'Unknown direction',
      'stamp-malformed': 'Malformed date',
      'stamp-ambiguous': 'Hour that exists twice',
      'stamp-impossible': 'Hour that does not exist',
      'stamp-off-step': 'Time off the step',
      'step-unsupported': 'Unsupported step',
      'nature-unknown': 'Unknown nature',
      'value-not-a-number': 'Value that is no number',
      'value-negative': 'Negative value',
      'value-not-whole': 'Not in whole watts',
      'value-too-large': 'Value too large',
      'document-not-understood': 'Unknown document',
      contradiction: 'Contradiction in the file',
      'not-your-point': 'Not a point of the sender’s operations on that day',
      'not-for-organisers': 'No reading (file of an organiser)',
      'other-step-stands': 'Day that the network operator has given in another step',
    },
    toWhom: (prm, name) => {
      if (name) return `${name} (PRM ${prm})`;
      return `the point ${prm}${name === null ? ', which no operation knows yet' : ''}`;
    },
    choose: (position) => `Choose the record: ${position}`,
    chooseAll: 'Choose all of the list',
    chooseNone: 'Choose none',
    more: 'Show more',
    facts: 'The record',
    why: 'Why',
    hidden: 'The member does not share the curve: its values are not shown.',
    noReading: 'It cannot be read as a reading: it is to be corrected, or discarded.',
    point: 'Point',
    unknownPoint: 'no operation knows it',
    directions: { consumption: 'consumption', production: 'production' },
    when: 'When',
    value: 'Mean power',
    decidedOn: 'Decided',
    decidedBecause: 'Reason',
    replacement: 'Replaced by',
    unknown: 'There is no such record. Go back to the quarantine.',
    decide: 'Decide',
    decideOn: (count) =>
      count === 1 ? 'Decide on the one chosen' : `Decide on the ${count} chosen`,
    decideAll: (code) => `Decide on all: “${code}”, in this file`,
    what: 'What to do?',
    decisions: { release: 'Release', discard: 'Discard' },
    releaseOne: (point) =>
      `The reading counts from then on for ${point}, as if the file had given it without fault. The shares of that day are computed again.`,
    releaseMany: (count) =>
      counted.en(
        count,
        'reading counts from then on as if its file had given it without fault. The shares of that day are computed again.',
        'readings count from then on as if their files had given them without fault. The shares of those days are computed again.',
      ),
    releaseAll: (count) =>
      `${count === 1 ? 'The record counts from then on as if the file had given it' : `The ${count}\u00a0records count from then on as if the file had given them`} without fault. What cannot be read stays apart.`,
    cannotRelease: (count) =>
      `${count} of the chosen cannot be released and ${count === 1 ? 'stays' : 'stay'} apart: to be corrected or discarded.`,
    discardOne: 'Nothing is taken of it. It stays listed, with your name and the reason.',
    discardMany: (count) =>
      count === 1
        ? 'Nothing is taken of this record. It stays listed, with your name and the reason.'
        : `Nothing is taken of these ${count}\u00a0records. They stay listed, with your name and the reason.`,
    because: 'Reason',
    becauseHelp: 'For whoever asks later. The member may read it.',
    sure: 'I have checked: this cannot be taken back',
    go: { release: 'Release', discard: 'Discard' },
    deciding: (done, total) => `${done} of ${total}…`,
    done: (decided, accepted, duplicate) => {
      const records = counted.en(decided, 'record is decided on', 'records are decided on');
      if (accepted + duplicate === 0) return `${records}: nothing is taken.`;
      const taken = counted.en(accepted, 'new reading', 'new readings');
      return `${records}: ${taken}, ${duplicate} known already.`;
    },
    correct: 'Correct it',
    correctHelp: (point) =>
      `The reading that you write counts for ${point}, marked as corrected, until the grid operator publishes this step again.`,
    prm: 'PRM',
    direction: 'Direction',
    start: 'Start of the step',
    startHelp: 'With its offset: 2026-10-01T10:30+02:00 in summer, +01:00 in winter',
    step: 'Length of the step',
    power: 'Mean power, in watts',
    correctGo: 'Save the correction',
  },
);
