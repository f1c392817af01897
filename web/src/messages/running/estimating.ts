import type { Method } from '../../queries/estimations';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface EstimatingWords {
  title: string;
  help: string;
  methods: Record<Method, string>;
  which: string;
  longest: string;
  longestHelp: string;
  none: string;
  only: string;
  save: string;
  saved: string;
  done: string;
  ofDay: (day: string, count: number) => string;
  withdrawHelp: string;
  withdraw: string;
  withdrawOf: (day: string) => string;
  withdrawn: string;
}

/** Of values of our own in the place of what is missing: by which rules, and taken back. */
export const estimatingWords = both<EstimatingWords>(
  {
    title: 'Mesures manquantes',
    help: 'Comment remplir un trou dans les mesures, quand vous le demandez à la clôture d’un mois. Les moyens sont essayés dans cet ordre ; une vraie mesure qui arrive remplace toujours une estimation.',
    methods: {
      interpolation: 'Une ligne droite entre la mesure d’avant et celle d’après',
      same_weekday: 'La moyenne du même jour et de la même heure, des quatre semaines d’avant',
      neighbours: 'Pour une centrale : ce qu’ont produit les autres centrales de l’opération',
    },
    which: 'Moyens permis',
    longest: 'Plus long trou rempli par une ligne droite, en minutes',
    longestHelp: 'De 0 à 1440 ; 120 d’habitude',
    none: 'Rien n’est coché : rien ne sera estimé dans cette opération.',
    only: 'Vaut pour les prochaines estimations ; celles qui sont faites restent.',
    save: 'Enregistrer',
    saved: 'C’est enregistré.',
    done: 'Estimations demandées pour ce mois',
    ofDay: (day, count) => `Le ${day} : ${counted.fr(count, 'valeur estimée', 'valeurs estimées')}`,
    withdrawHelp:
      'Une estimation retirée laisse de nouveau un trou ; ce qu’une vraie mesure a déjà remplacé reste.',
    withdraw: 'Retirer',
    withdrawOf: (day) => `Retirer l’estimation du ${day}`,
    withdrawn: 'L’estimation est retirée.',
  },
  {
    title: 'Missing readings',
    help: 'How a gap in the readings is filled, when you ask for it as you close a month. The ways are tried in this order; a real reading that comes always replaces an estimate.',
    methods: {
      interpolation: 'A straight line between the reading before and the one after',
      same_weekday: 'The mean of the same weekday and hour, of the four weeks before',
      neighbours: 'For a plant: what the operation’s other plants produced',
    },
    which: 'Ways allowed',
    longest: 'Longest gap filled by a straight line, in minutes',
    longestHelp: 'From 0 to 1440; 120 as a rule',
    none: 'Nothing is ticked: nothing is estimated in this operation.',
    only: 'Holds for the next estimations; those that are made stay.',
    save: 'Save',
    saved: 'It is saved.',
    done: 'Estimations asked for in this month',
    ofDay: (day, count) => `On ${day}: ${counted.en(count, 'value estimated', 'values estimated')}`,
    withdrawHelp:
      'An estimation that is withdrawn leaves a gap again; what a real reading has replaced already stays.',
    withdraw: 'Withdraw',
    withdrawOf: (day) => `Withdraw the estimation of ${day}`,
    withdrawn: 'The estimation is withdrawn.',
  },
);
