import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of what customers are paid back. */
export const refundWords = both(
  {
    title: 'Remboursements',
    owed: 'À rembourser',
    help: 'Ce que des clients ont payé en trop, ou ce qu’un avoir leur rend, quand aucune facture du même vendeur ne peut le prendre. Chacun reçoit un seul virement, qui nomme ses factures.',
    nothing: 'Rien n’est à rembourser.',
    to: (name: string, end: string) => `${name}, compte finissant par ${end}`,
    customer: 'Client',
    amount: 'Montant',
    of: (number: string, issuer: string) => `${number}, ${issuer}`,
    partOf: (number: string, issuer: string, sum: string) => `${number}, ${issuer} : ${sum}`,
    skipped: (count: number) =>
      counted.fr(count, 'crédit est laissé de côté', 'crédits sont laissés de côté'),
    reasons: {
      'in-refund': 'déjà en route',
      'owes-another': 'le client doit autant au même vendeur',
      'below-least': 'trop peu',
      'account-missing': 'aucun compte connu : ni mandat, ni paiement rapproché',
      'account-shared': 'compte d’où d’autres clients paient aussi',
      'account-blocked': 'compte d’où l’argent est revenu',
    },
    summary: (count: number, sum: string) =>
      `${counted.fr(count, 'virement', 'virements')}, ${sum} en tout. Rien ne part à la banque : vous lui donnerez vous-même le fichier.`,
    day: 'Jour des virements',
    dayHelp: 'Un jour de banque, aujourd’hui ou plus tard.',
    checked: 'J’ai regardé à qui, et combien',
    changed: 'Ce qui est à rembourser a changé. Regardez les sommes, puis cochez de nouveau.',
    make: 'Faire les remboursements',
    list: 'Remboursements faits',
    none: 'Aucun remboursement n’est encore fait.',
    ofDay: (day: string) => `Remboursements du ${day}`,
    sums: (count: number, sum: string) =>
      `${counted.fr(count, 'virement', 'virements')}, ${sum} en tout`,
    load: 'Fichier pour la banque (pain.001)',
    show: 'Virement par virement',
    cancelTitle: 'Annuler ces remboursements',
    cancelHelp:
      'Seulement si la banque n’a jamais eu ce fichier. Les crédits pourront être rendus ou déduits de nouveau.',
    cancel: 'Annuler les remboursements',
  },
  {
    title: 'Refunds',
    owed: 'To be paid back',
    help: 'What customers overpaid, or what a credit note gives back, where no invoice of the same seller can take it. Each gets one transfer, which names their invoices.',
    nothing: 'Nothing is to be paid back.',
    to: (name, end) => `${name}, account ending in ${end}`,
    customer: 'Customer',
    amount: 'Amount',
    of: (number, issuer) => `${number}, ${issuer}`,
    partOf: (number, issuer, sum) => `${number}, ${issuer}: ${sum}`,
    skipped: (count) => counted.en(count, 'credit is left out', 'credits are left out'),
    reasons: {
      'in-refund': 'on its way',
      'owes-another': 'the customer owes the same seller as much',
      'below-least': 'too little',
      'account-missing': 'no account known: neither a mandate nor a matched payment',
      'account-shared': 'an account from which other customers pay, too',
      'account-blocked': 'an account from which money came back',
    },
    summary: (count, sum) =>
      `${counted.en(count, 'transfer', 'transfers')}, ${sum} in all. Nothing goes to the bank: you give it the file yourself.`,
    day: 'Day of the transfers',
    dayHelp: 'A day on which banks work, today or later.',
    checked: 'I have looked to whom, and how much',
    changed: 'What is to be paid back has changed. Look at the sums, then tick again.',
    make: 'Make the refunds',
    list: 'Refunds made',
    none: 'None has been made yet.',
    ofDay: (day) => `Refunds of ${day}`,
    sums: (count, sum) => `${counted.en(count, 'transfer', 'transfers')}, ${sum} in all`,
    load: 'File for the bank (pain.001)',
    show: 'Transfer by transfer',
    cancelTitle: 'Cancel these refunds',
    cancelHelp:
      'Only if the bank never got this file. The credits can be paid back or deducted again.',
    cancel: 'Cancel the refunds',
  },
);
