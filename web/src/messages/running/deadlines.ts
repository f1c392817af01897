import type { Deadline } from '../../queries/deadlines';
import { de } from '../../words/elision';
import { both } from '../../words/language';

type Todo = Record<Deadline['kind'], (month: string) => string>;

/** What is to be done, one verb each. */
export const deadlineWords = both<{
  todo: Todo;
  by: (day: string) => string;
  lateSince: (day: string) => string;
  /** On the button to where it is done: the first word of what is to be done. */
  go: Record<Deadline['kind'], string>;
}>(
  {
    todo: {
      month_to_close: (month) => `Clore ${month}`,
      coefficients_to_deposit: (month) => `Déposer les coefficients ${de(month)}`,
      deposit_to_send: (month) =>
        `Envoyer au gestionnaire de réseau les coefficients déposés pour ${month}`,
      coefficients_to_send: (month) =>
        `Envoyer les coefficients ${de(month)} au gestionnaire de réseau`,
      entry_to_declare: () => 'Déclarer une entrée au gestionnaire de réseau',
      exit_to_declare: () => 'Déclarer une sortie au gestionnaire de réseau',
      leave_to_record: () => 'Noter la sortie qu’un membre demande, puis la déclarer',
      document_to_renew: () => 'Renouveler un document qui prend fin',
      convention_to_renew: () => 'Renouveler la convention avec le gestionnaire de réseau',
      siren_to_record: () => 'Noter le SIREN d’une entreprise ou d’un organisme public',
      point_left: () => 'Prévenir un membre : le gestionnaire de réseau a sorti son point',
    },
    by: (day) => `au plus tard le ${day}`,
    lateSince: (day) => `en retard : c’était pour le ${day}`,
    go: {
      month_to_close: 'Clore',
      coefficients_to_deposit: 'Déposer',
      deposit_to_send: 'Envoyer',
      coefficients_to_send: 'Envoyer',
      entry_to_declare: 'Déclarer',
      exit_to_declare: 'Déclarer',
      leave_to_record: 'Noter',
      document_to_renew: 'Renouveler',
      convention_to_renew: 'Renouveler',
      siren_to_record: 'Noter',
      point_left: 'Prévenir',
    },
  },
  {
    todo: {
      month_to_close: (month) => `Close ${month}`,
      coefficients_to_deposit: (month) => `Deposit the coefficients of ${month}`,
      deposit_to_send: (month) =>
        `Send the coefficients deposited for ${month} to the grid operator`,
      coefficients_to_send: (month) => `Send the coefficients of ${month} to the grid operator`,
      entry_to_declare: () => 'Declare an entry to the grid operator',
      exit_to_declare: () => 'Declare an exit to the grid operator',
      leave_to_record: () => 'Record the exit that a member asks for, then declare it',
      document_to_renew: () => 'Renew a document that ends',
      convention_to_renew: () => 'Renew the convention with the grid operator',
      siren_to_record: () => 'Record the SIREN of a company or a public body',
      point_left: () => 'Tell a member that the grid operator took their point out',
    },
    by: (day) => `by ${day}`,
    lateSince: (day) => `late: it was due by ${day}`,
    go: {
      month_to_close: 'Close',
      coefficients_to_deposit: 'Deposit',
      deposit_to_send: 'Send',
      coefficients_to_send: 'Send',
      entry_to_declare: 'Declare',
      exit_to_declare: 'Declare',
      leave_to_record: 'Record',
      document_to_renew: 'Renew',
      convention_to_renew: 'Renew',
      siren_to_record: 'Record',
      point_left: 'Tell',
    },
  },
);
