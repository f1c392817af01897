import type { OwnStep } from '../../words/enrolments';
import { both } from '../../words/language';

interface StepWords {
  /** The verb, on what unfolds the form. */
  verb: string;
  /** On the button of the form. */
  submit: string;
  /** What it does. */
  help: string;
  /** What one says by the tick, where it cannot be taken back. */
  sure?: string;
}

interface EnrolmentStepWords {
  steps: Record<OwnStep, StepWords>;
  forName: (verb: string, name: string) => string;
  day: string;
  leavesOn: string;
  leavesOnHelp: string;
  reason: string;
  moveEnd: string;
  moveStart: string;
  moveStartHelp: string;
  start: string;
  save: string;
  toDeclarations: string;
}

/** Of the steps by which somebody enters an operation, and leaves it. */
export const enrolmentStepWords = both<EnrolmentStepWords>(
  {
    steps: {
      sign: {
        verb: 'Noter la signature',
        submit: 'A signé',
        help: 'Son accord de participation signé doit être parmi ses documents.',
      },
      declare: {
        verb: 'Noter la déclaration',
        submit: 'Est déclaré',
        help: 'Le point participera à partir de son premier jour. Une déclaration notée ne s’efface pas.',
        sure: 'Le gestionnaire de réseau en a été informé ce jour-là',
      },
      leave: {
        verb: 'Noter le départ',
        submit: 'Noter le départ',
        help: 'La personne est prévenue. Il restera à déclarer la sortie au gestionnaire de réseau.',
      },
      declare_exit: {
        verb: 'Noter la sortie déclarée',
        submit: 'La sortie est déclarée',
        help: 'Le point ne participera plus à partir du jour de sa sortie. Une déclaration notée ne s’efface pas.',
        sure: 'Le gestionnaire de réseau en a été informé ce jour-là',
      },
      withdraw: {
        verb: 'Abandonner',
        submit: 'Abandonner cette entrée',
        help: 'L’entrée s’arrête là. Pour revenir, il faudra tout reprendre du début.',
        sure: 'Cette entrée est abandonnée pour de bon',
      },
    },
    forName: (verb, name) => `${verb}, ${name}`,
    day: 'Fait le',
    leavesOn: 'Premier jour sans participer',
    leavesOnHelp: 'En respectant le préavis de la convention',
    reason: 'Raison',
    moveEnd: 'Changer le jour de sortie',
    moveStart: 'Changer le premier jour',
    moveStartHelp: 'Le préavis court de la déclaration à ce jour.',
    start: 'Premier jour',
    save: 'Changer le jour',
    toDeclarations: 'Faire le fichier pour le réseau',
  },
  {
    steps: {
      sign: {
        verb: 'Record the signature',
        submit: 'Has signed',
        help: 'Their signed agreement to take part has to be among their documents.',
      },
      declare: {
        verb: 'Record the declaration',
        submit: 'Is declared',
        help: 'The point takes part from its first day on. A recorded declaration stays.',
        sure: 'The grid operator was told on that day',
      },
      leave: {
        verb: 'Record that they leave',
        submit: 'Record that they leave',
        help: 'They are told. Their exit is then to be declared to the grid operator.',
      },
      declare_exit: {
        verb: 'Record the declared exit',
        submit: 'The exit is declared',
        help: 'The point no longer takes part from the day of its exit on. A recorded declaration stays.',
        sure: 'The grid operator was told on that day',
      },
      withdraw: {
        verb: 'Give up',
        submit: 'Give this entry up',
        help: 'The entry ends here. To come back, it has to begin anew.',
        sure: 'This entry is given up for good',
      },
    },
    forName: (verb, name) => `${verb}, ${name}`,
    day: 'Done on',
    leavesOn: 'First day on which it no longer takes part',
    leavesOnHelp: 'With the notice of the convention',
    reason: 'Reason',
    moveEnd: 'Change the day of the exit',
    moveStart: 'Change the first day',
    moveStartHelp: 'The notice runs from the declaration to this day.',
    start: 'First day',
    save: 'Change the day',
    toDeclarations: 'Make the file for the grid',
  },
);
