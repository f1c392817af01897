import { de } from '../words/elision';
import { both } from '../words/language';

/** Of energy that is given: what members and organisers are told of it. */
export const giftsWords = both(
  {
    title: 'Énergie donnée',
    statements: 'Relevés d’énergie donnée',
    statementsHelp:
      'Ce que vous avez donné et reçu gratuitement dans l’année. Ce n’est pas une facture.',
    download: (year: number) => `Télécharger le relevé de ${year}`,
    all: (year: number) => `Relevés d’énergie donnée de ${year}`,
    help: 'L’opération peut partager son énergie gratuitement, par mois entiers : aucun prix n’est demandé, aucune énergie n’est facturée, et chaque membre a un relevé annuel. Des abonnements mensuels restent dus s’il y en a dans la liste de prix : une association peut y demander sa cotisation.',
    none: 'Toute l’énergie est vendue.',
    from: (month: string) => `Donnée à partir ${de(month)}`,
    between: (month: string, end: string) =>
      `Donnée à partir ${de(month)}, vendue de nouveau à partir ${de(end)}`,
    change: 'Donner l’énergie',
    first: 'Premier mois donné',
    end: 'Premier mois vendu de nouveau',
    endHelp: 'À laisser vide tant que rien n’est décidé.',
    endWrong: 'Ce mois doit venir après le premier.',
    save: 'Enregistrer ces mois',
    saved: 'C’est enregistré.',
    remove: (month: string) => `Retirer la période à partir ${de(month)}`,
    removeHelp: 'L’énergie de ses mois est alors vendue : elle se facture de nouveau.',
  },
  {
    title: 'Energy that is given',
    statements: 'Statements of given energy',
    statementsHelp: 'What you gave and received for nothing in the year. It is no invoice.',
    download: (year) => `Download the statement of ${year}`,
    all: (year) => `Statements of energy given in ${year}`,
    help: 'The operation can share its energy for nothing, by whole months: no price is asked for, no energy is invoiced, and each member has a yearly statement. Monthly fees are still due if the price list has any: an association may ask its dues there.',
    none: 'All energy is sold.',
    from: (month) => `Given from ${month} on`,
    between: (month, end) => `Given from ${month} on, sold again from ${end} on`,
    change: 'Give the energy',
    first: 'First month that is given',
    end: 'First month that is sold again',
    endHelp: 'To be left empty as long as nothing is decided.',
    endWrong: 'This month has to come after the first one.',
    save: 'Save these months',
    saved: 'It is saved.',
    remove: (month) => `Remove the period from ${month} on`,
    removeHelp: 'The energy of its months is then sold: it is billed again.',
  },
);
