import { both } from '../../words/language';
import { counted } from '../../words/numbers';
import type { SetUpState, SetUpStep } from '../../words/setUpSteps';

interface SetUpWords {
  title: (operation: string) => string;
  path: string;
  lead: string;
  progress: (done: number, all: number) => string;
  finished: string;
  goOn: (step: string) => string;
  step: (number: number, all: number) => string;
  names: Record<SetUpStep, string>;
  whys: Record<SetUpStep, string>;
  states: Record<SetUpState, string>;
  blockedBy: string;
  next: (step: string) => string;
  standing: string;
  nothingYet: string;
}

/** Of the path from nothing to the first invoice. */
export const setUpWords = both<SetUpWords>(
  {
    title: (operation) => `Mise en route · ${operation}`,
    path: 'Mise en route',
    lead: 'De rien à la première facture. Chaque étape s’enregistre à part : vous pouvez vous arrêter, et quelqu’un d’autre peut reprendre.',
    progress: (done, all) => `${counted.fr(done, 'étape faite', 'étapes faites')} sur ${all}.`,
    finished: 'Toutes les étapes sont faites : la première facture est émise.',
    goOn: (step) => `Continuer : ${step}`,
    step: (number, all) => `Étape ${number} sur ${all}`,
    names: {
      organisers: 'Qui gère l’opération',
      'legal-basis': 'Cadre légal',
      participants: 'Participants',
      key: 'Clé de partage',
      prices: 'Prix',
      sellers: 'Vendeurs',
      taxes: 'Accise',
      readings: 'Mesures',
      'first-month': 'Premier mois',
    },
    whys: {
      organisers:
        'Les personnes qui voient et gèrent tout de cette opération. L’équipe de la plateforme le peut toujours ; invitez qui le fera au quotidien.',
      'legal-basis':
        'Ce qui permet à ces points de partager leur électricité, et donc jusqu’à quelle distance et quelle puissance. C’est écrit dans votre convention avec le gestionnaire de réseau.',
      participants:
        'Qui produit, qui consomme, et par quel compteur. Il en faut au moins un de chaque.',
      key: 'La règle qui répartit, demi-heure par demi-heure, ce qui est produit entre ceux qui consomment.',
      prices:
        'Ce que coûte un kWh de l’opération. Le reste de la facture d’électricité ne change pas.',
      sellers:
        'Ce que la loi veut lire sur les factures de qui vend. Chaque producteur vend et facture à son nom.',
      taxes:
        'L’accise est la taxe sur l’électricité. Pour une petite opération locale elle est souvent à zéro, mais il faut pouvoir le justifier.',
      readings:
        'Les courbes des compteurs, que le gestionnaire de réseau met à disposition. C’est d’elles que tout est calculé.',
      'first-month':
        'Une fois le mois fini et ses mesures venues : le clore, relire les brouillons, émettre les factures.',
    },
    states: { done: 'fait', open: 'à faire', blocked: 'plus tard' },
    blockedBy: 'Il faut d’abord :',
    next: (step) => `Étape suivante : ${step}`,
    standing: 'Ce qui est enregistré',
    nothingYet:
      'Cette opération n’a pas encore de mois à montrer : voici où en est sa mise en route.',
  },
  {
    title: (operation) => `Setting up · ${operation}`,
    path: 'Setting up',
    lead: 'From nothing to the first invoice. Each step is saved by itself: you can stop, and somebody else can go on.',
    progress: (done, all) => `${counted.en(done, 'step', 'steps')} of ${all} done.`,
    finished: 'All steps are done: the first invoice is issued.',
    goOn: (step) => `Go on: ${step}`,
    step: (number, all) => `Step ${number} of ${all}`,
    names: {
      organisers: 'Who runs the operation',
      'legal-basis': 'Legal basis',
      participants: 'Participants',
      key: 'Sharing key',
      prices: 'Prices',
      sellers: 'Sellers',
      taxes: 'Electricity tax',
      readings: 'Readings',
      'first-month': 'First month',
    },
    whys: {
      organisers:
        'The people who see and run all of this operation. The platform’s staff always can; invite who does it day by day.',
      'legal-basis':
        'What lets these points share their electricity, and so up to which distance and power. Your convention with the grid operator says it.',
      participants:
        'Who produces, who consumes, and by which meter. It takes one of each at least.',
      key: 'The rule that shares out, half-hour by half-hour, what is produced among those who consume.',
      prices:
        'What a kWh of the operation costs. The rest of the electricity bill does not change.',
      sellers:
        'What the law wants to read on the invoices of who sells. Each producer sells and invoices in their own name.',
      taxes:
        'The excise duty (accise) on electricity. For a small local operation it is often zero, but there has to be a reason.',
      readings:
        'The curves of the meters, which the grid operator makes available. All is computed from them.',
      'first-month':
        'Once the month is over and its readings have come: close it, review the drafts, issue the invoices.',
    },
    states: { done: 'done', open: 'to do', blocked: 'later' },
    blockedBy: 'First it takes:',
    next: (step) => `Next step: ${step}`,
    standing: 'What is recorded',
    nothingYet: 'This operation has no month to show yet: this is how far its setting up has come.',
  },
);
