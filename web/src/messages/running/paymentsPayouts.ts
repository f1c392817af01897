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
      'D’après les livres : ce qui est encaissé pour chacun, moins ce qui est revenu, reversé, en route ou gardé.',
    since: (day: string) => `Depuis le ${day}`,
    steps: {
      before: 'Gardé la dernière fois',
      collected: 'Encaissé',
      returned: 'Prélèvements revenus',
      refunded: 'Remboursé à des clients',
      earlierTransfers: 'Virements d’avant, revenus ou non faits',
      credits: 'Gardé : dû à des clients',
      reserve: 'Gardé : réserve',
    },
    toPay: 'À virer',
    notPaid: {
      'account-blocked':
        'Un virement sur ce compte est revenu : rien n’y est plus versé. Enregistrez un autre compte.',
      'account-missing': 'Aucun compte n’est enregistré : rien ne peut être versé.',
      withheld: 'Tout ce qui est encaissé est gardé pour l’instant.',
    },
    nothing: 'Rien n’est à reverser.',
    payee: 'À qui',
    formerSeller: 'un ancien vendeur',
    amount: 'Montant',
    day: 'Jour des virements',
    dayHelp: 'Un jour de banque, aujourd’hui ou plus tard.',
    summary: (count: number, sum: string) =>
      `${counted.fr(count, 'virement', 'virements')}, ${sum} en tout. Rien ne part à la banque : vous lui donnerez vous-même le fichier.`,
    reserve: 'Réserve pour les prélèvements qui reviennent',
    reserveHelp:
      'Un prélèvement peut être contesté pendant huit semaines. Une part de ceux des derniers jours peut rester sur le compte ; elle se libère avec le temps.',
    share: 'Part gardée, en %',
    shareHelp: '0 : rien n’est gardé.',
    reserveDays: 'Des prélèvements des derniers jours',
    reserveDaysHelp: 'Au plus 56 jours, soit huit semaines.',
    saveReserve: 'Enregistrer la réserve',
    reserveSaved: 'C’est enregistré, pour les reversements à venir.',
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
    file: 'Fichier pour la banque (pain.001)',
    states: 'Virement par virement',
    letterLost: (reason: string) => `E-mail non reçu (${reason}) : prévenez autrement.`,
    statement: 'Relevé',
    statementOf: (name: string) => `Relevé de ${name}`,
    cancelTitle: 'Annuler ce reversement',
    cancelHelp:
      'Seulement si la banque n’a jamais eu ce fichier. L’argent sera de nouveau à reverser.',
    cancel: 'Annuler le reversement',
  },
  {
    title: 'Payouts',
    forNobody: (name) => `${name} collects for nobody else: there is nothing to pay out.`,
    owed: 'To be paid out',
    owedHelp:
      'By the books: what came for each, less what went back, was paid out, is on its way or is kept.',
    since: (day) => `Since ${day}`,
    steps: {
      before: 'Kept the last time',
      collected: 'Collected',
      returned: 'Returned direct debits',
      refunded: 'Paid back to customers',
      earlierTransfers: 'Earlier transfers, come back or not made',
      credits: 'Kept: owed to customers',
      reserve: 'Kept: reserve',
    },
    toPay: 'To be transferred',
    notPaid: {
      'account-blocked':
        'A transfer to this account came back: nothing more is paid to it. Record another account.',
      'account-missing': 'No account is recorded: nothing can be paid.',
      withheld: 'All that was collected is kept for now.',
    },
    nothing: 'Nothing is to be paid out.',
    payee: 'To whom',
    formerSeller: 'a former seller',
    amount: 'Amount',
    day: 'Day of the transfers',
    dayHelp: 'A day on which banks work, today or later.',
    summary: (count, sum) =>
      `${counted.en(count, 'transfer', 'transfers')}, ${sum} in all. Nothing goes to the bank: you give it the file yourself.`,
    reserve: 'Reserve for direct debits that come back',
    reserveHelp:
      'A direct debit can be contested for eight weeks. A share of those of the last days may stay on the account; it is released with time.',
    share: 'Share kept, in %',
    shareHelp: '0: nothing is kept.',
    reserveDays: 'Of the direct debits of the last days',
    reserveDaysHelp: 'At most 56 days, which are eight weeks.',
    saveReserve: 'Save the reserve',
    reserveSaved: 'Saved, for payouts to come.',
    checked: 'I have looked to whom, and how much',
    changed:
      'What is to be paid out has changed since the page showed it. Look at the sums and at the payouts made, then tick again.',
    make: 'Make the transfers',
    list: 'Payouts made',
    none: 'None has been made yet.',
    one: 'A payout',
    of: (day) => `Payout of ${day}`,
    sums: (count, sum) => `${counted.en(count, 'transfer', 'transfers')}, ${sum} in all`,
    file: 'File for the bank (pain.001)',
    states: 'Transfer by transfer',
    letterLost: (reason) => `E-mail not received (${reason}): tell them by other means.`,
    statement: 'Statement',
    statementOf: (name) => `Statement of ${name}`,
    cancelTitle: 'Cancel this payout',
    cancelHelp: 'Only if the bank never got this file. The money is then to be paid out again.',
    cancel: 'Cancel the payout',
  },
);
