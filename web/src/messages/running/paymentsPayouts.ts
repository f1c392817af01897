import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of what is paid out to sellers for whom somebody collects. */
export const payoutWords = both(
  {
    title: 'Reversements',
    forNobody: (name: string) =>
      `${name} n’encaisse pour personne d’autre : il n’y a rien à reverser.`,
    owed: 'À reverser',
    owedHelp:
      'D’après les livres : ce qui est encaissé pour chacun, moins ce qui est revenu, reversé ou en route.',
    nothing: 'Rien n’est à reverser.',
    payee: 'À qui',
    formerSeller: 'un ancien vendeur',
    amount: 'Montant',
    total: 'En tout',
    day: 'Jour des virements',
    dayHelp: 'Un jour de banque, aujourd’hui ou plus tard.',
    summary: (count: number, sum: string) =>
      `${counted.fr(count, 'virement', 'virements')}, ${sum} en tout. Rien ne part à la banque : vous lui donnerez vous-même le fichier.`,
    reserve: 'Un prélèvement peut être contesté pendant huit semaines : gardez de quoi le rendre.',
    checked: 'J’ai regardé à qui, et combien',
    changed:
      'Ce qui est à reverser a changé depuis que la page l’a montré. Regardez les sommes et les reversements faits, puis cochez de nouveau.',
    make: 'Faire les virements',
    list: 'Reversements faits',
    none: 'Aucun reversement n’est encore fait.',
    one: 'Un reversement',
    of: (day: string) => `Reversement du ${day}`,
    sums: (count: number, sum: string) =>
      `${counted.fr(count, 'virement', 'virements')}, ${sum} en tout`,
    cancelledOn: (day: string) => `Annulé le ${day}`,
    file: 'Fichier pour la banque (pain.001)',
    fileHelp:
      'Déposez-le sur le site de votre banque. Il contient des comptes en clair : ne l’envoyez pas par e-mail.',
    load: 'Télécharger',
    states: 'Virement par virement',
    state: 'État',
    waits: 'attend la banque',
    executed: (day: string) => `fait le ${day}`,
    returned: (day: string, why: string) => `revenu le ${day} : ${why}`,
    rejected: (day: string, why: string) => `rejeté le ${day} : ${why}`,
    cancelled: (day: string) => `annulé le ${day}`,
    unknownReason: 'raison non dite',
    cancelTitle: 'Annuler ce reversement',
    cancelHelp:
      'Seulement si la banque n’a jamais eu ce fichier. L’argent sera de nouveau à reverser.',
    notSent: 'Ce fichier n’est pas parti à la banque',
    cancel: 'Annuler le reversement',
  },
  {
    title: 'Payouts',
    forNobody: (name) => `${name} collects for nobody else: there is nothing to pay out.`,
    owed: 'To be paid out',
    owedHelp:
      'By the books: what came for each, less what went back, was paid out or is on its way.',
    nothing: 'Nothing is to be paid out.',
    payee: 'To whom',
    formerSeller: 'a former seller',
    amount: 'Amount',
    total: 'In all',
    day: 'Day of the transfers',
    dayHelp: 'A day on which banks work, today or later.',
    summary: (count, sum) =>
      `${counted.en(count, 'transfer', 'transfers')}, ${sum} in all. Nothing goes to the bank: you give it the file yourself.`,
    reserve: 'A direct debit can be contested for eight weeks: keep enough to give it back.',
    checked: 'I have looked to whom, and how much',
    changed:
      'What is to be paid out has changed since the page showed it. Look at the sums and at the payouts made, then tick again.',
    make: 'Make the transfers',
    list: 'Payouts made',
    none: 'None has been made yet.',
    one: 'A payout',
    of: (day) => `Payout of ${day}`,
    sums: (count, sum) => `${counted.en(count, 'transfer', 'transfers')}, ${sum} in all`,
    cancelledOn: (day) => `Cancelled on ${day}`,
    file: 'File for the bank (pain.001)',
    fileHelp:
      'Put it on the site of your bank. It has accounts in the clear: do not send it by e-mail.',
    load: 'Download',
    states: 'Transfer by transfer',
    state: 'State',
    waits: 'waits for the bank',
    executed: (day) => `made on ${day}`,
    returned: (day, why) => `returned on ${day}: ${why}`,
    rejected: (day, why) => `rejected on ${day}: ${why}`,
    cancelled: (day) => `cancelled on ${day}`,
    unknownReason: 'no reason given',
    cancelTitle: 'Cancel this payout',
    cancelHelp: 'Only if the bank never got this file. The money is then to be paid out again.',
    notSent: 'This file has not gone to the bank',
    cancel: 'Cancel the payout',
  },
);
