import { both } from '../words/language';

/** What became of an invoice in money, to who pays it and to who is paid. */
export const paymentWords = both(
  {
    expected: 'attendue',
    short: {
      open: 'à payer',
      partly: 'payée en partie',
      announced: 'prélèvement en cours',
      rejected: 'prélèvement refusé',
      overdue: 'en retard',
      paid: 'payée',
      credited: 'annulée',
      written_off: 'abandonnée',
    },
    bought: {
      open: (due: string) => `À payer au plus tard le ${due}.`,
      partly: (due: string, left: string) => `Il reste ${left} à payer au plus tard le ${due}.`,
      announced: (day: string) => `Sera prélevée le ${day} : vous n’avez rien à faire.`,
      announcedBefore: (day: string) =>
        `Prélevée le ${day} ; la banque ne l’a pas encore confirmé. Vous n’avez rien à faire.`,
      rejected: (day: string, left: string) =>
        `Le prélèvement a été refusé le ${day} : il reste ${left} à payer.`,
      overdue: (due: string, left: string) => `En retard : ${left} étaient à payer le ${due}.`,
      paid: 'Payée. Vous n’avez plus rien à faire.',
      credited: 'Annulée par un avoir : rien à payer.',
      written_off: 'Le vendeur a renoncé à ce qui restait : rien à payer.',
      owed: (sum: string) => `${sum} vous seront rendus ou déduits.`,
    },
    sold: {
      open: (due: string) => `Attendue au plus tard le ${due}.`,
      partly: (due: string, left: string) =>
        `Payée en partie : ${left} attendus au plus tard le ${due}.`,
      announced: (day: string) => `Prélèvement le ${day}.`,
      announcedBefore: (day: string) =>
        `Prélevée le ${day} ; la banque ne l’a pas encore confirmé.`,
      rejected: (day: string, left: string) =>
        `Le prélèvement a été refusé le ${day} : ${left} restent dus.`,
      overdue: (due: string, left: string) => `En retard depuis le ${due} : ${left} restent dus.`,
      paid: 'Payée.',
      credited: 'Annulée par un avoir.',
      written_off: 'Abandonnée : vous avez renoncé à ce qui restait.',
      owed: (sum: string) => `${sum} restent à rendre ou à déduire.`,
    },
  },
  {
    expected: 'expected',
    short: {
      open: 'to pay',
      partly: 'partly paid',
      announced: 'being debited',
      rejected: 'debit refused',
      overdue: 'late',
      paid: 'paid',
      credited: 'cancelled',
      written_off: 'given up',
    },
    bought: {
      open: (due) => `To be paid by ${due}.`,
      partly: (due, left) => `${left} is left to pay by ${due}.`,
      announced: (day) => `Will be debited on ${day}: nothing to do.`,
      announcedBefore: (day) =>
        `Debited on ${day}; the bank has not confirmed it yet. Nothing to do.`,
      rejected: (day, left) => `The direct debit was refused on ${day}: ${left} is left to pay.`,
      overdue: (due, left) => `Late: ${left} was due on ${due}.`,
      paid: 'Paid. Nothing is left to do.',
      credited: 'Cancelled by a credit note: nothing to pay.',
      written_off: 'The seller has given up what was left: nothing to pay.',
      owed: (sum) => `${sum} will be paid back to you, or deducted.`,
    },
    sold: {
      open: (due) => `Expected by ${due}.`,
      partly: (due, left) => `Partly paid: ${left} is expected by ${due}.`,
      announced: (day) => `Direct debit on ${day}.`,
      announcedBefore: (day) => `Debited on ${day}; the bank has not confirmed it yet.`,
      rejected: (day, left) => `The direct debit was refused on ${day}: ${left} is still owed.`,
      overdue: (due, left) => `Late since ${due}: ${left} is still owed.`,
      paid: 'Paid.',
      credited: 'Cancelled by a credit note.',
      written_off: 'Given up: you no longer ask for what was left.',
      owed: (sum) => `${sum} is to be paid back or deducted.`,
    },
  },
);
