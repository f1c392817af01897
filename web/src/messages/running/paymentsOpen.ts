import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of what customers owe, and of reminders. */
export const openWords = both(
  {
    title: 'Factures ouvertes',
    none: 'Tout est payé : aucun client ne doit rien.',
    total: 'Reste à encaisser',
    overdue: 'dont en retard',
    credit: 'À rendre ou à déduire',
    invoice: 'Facture',
    due: (day: string) => `à payer le ${day}`,
    left: (sum: string) => `reste ${sum}`,
    lateOnes: 'En retard, le plus ancien d’abord',
    others: (count: number) =>
      counted.fr(count, 'client dont rien n’est en retard', 'clients dont rien n’est en retard'),
    late: (days: number) => counted.fr(days, 'jour de retard', 'jours de retard'),
    debited: 'prélèvement en cours',
    doubtful: 'douteuse : plus de rappel',
    sent: (level: number, day: string) => `rappel n° ${level} le ${day}`,
    next: (day: string, level: number) => `rappel n° ${level} à partir du ${day}`,
    dueNow: 'rappel à envoyer',
    noMore: 'dernier rappel fait',
    isCredit: 'à rendre ou à déduire',
    remindTitle: 'Rappeler',
    remindHelp: (count: number, sum: string, day: string) =>
      `${counted.fr(count, 'rappel est dû', 'rappels sont dus')}, pour ${sum} en tout. ${count === 1 ? 'Il porte' : 'Ils portent'} la date du ${day} : ce qui est fait ne se reprend pas.`,
    bankFirst:
      'Prenez d’abord le dernier relevé de la banque : qui a payé depuis serait rappelé quand même.',
    mailed: 'Ils partent par e-mail, comme ce vendeur l’a choisi.',
    notMailed: 'Ce vendeur ne les envoie pas par e-mail : prévenez les clients vous-même.',
    checked: 'J’ai regardé qui sera rappelé',
    remind: (count: number) => (count === 1 ? 'Faire le rappel' : `Faire les ${count} rappels`),
    reminded: (count: number) =>
      count === 0
        ? 'Il n’y avait plus rien à rappeler.'
        : counted.fr(count, 'rappel est fait.', 'rappels sont faits.'),
    noneDue: 'Aucun rappel n’est dû aujourd’hui.',
    writeOff: 'Ne plus attendre cet argent',
    writeOffOf: (name: string) => `Ne plus attendre cet argent, ${name}`,
    kind: 'Ce qu’il en est',
    kinds: { doubtful: 'Le paiement est douteux', lost: 'L’argent est perdu' },
    kindHelp: {
      doubtful:
        'La facture reste due, et n’est plus rappelée. Les livres la mettent parmi les clients douteux.',
      lost: 'Le vendeur renonce à ce qui reste : la facture est abandonnée, et les livres le comptent en perte. Cela ne se reprend pas.',
    },
    reason: 'Pourquoi (pour les livres)',
    writeOffChecked: 'J’en ai parlé avec le vendeur',
    writeOffSend: 'Enregistrer',
    writtenOff: (count: number) =>
      counted.fr(count, 'somme qui n’est plus attendue', 'sommes qui ne sont plus attendues'),
    wroteOff: {
      doubtful: (sum: string, day: string) => `${sum}, paiement douteux depuis le ${day}`,
      lost: (sum: string, day: string) => `${sum}, argent perdu le ${day}`,
    },
  },
  {
    title: 'Open invoices',
    none: 'All is paid: no customer owes anything.',
    total: 'Still to come',
    overdue: 'of it late',
    credit: 'To pay back or deduct',
    invoice: 'Invoice',
    due: (day) => `due on ${day}`,
    left: (sum) => `${sum} left`,
    lateOnes: 'Late, the oldest first',
    others: (count) =>
      counted.en(count, 'customer of whom nothing is late', 'customers of whom nothing is late'),
    late: (days) => counted.en(days, 'day late', 'days late'),
    debited: 'being debited',
    doubtful: 'doubtful: no more reminders',
    sent: (level, day) => `reminder ${level} on ${day}`,
    next: (day, level) => `reminder ${level} from ${day}`,
    dueNow: 'reminder due',
    noMore: 'last reminder made',
    isCredit: 'to pay back or deduct',
    remindTitle: 'Remind',
    remindHelp: (count, sum, day) =>
      `${counted.en(count, 'reminder is due', 'reminders are due')}, for ${sum} in all. Dated ${day}: what is made cannot be taken back.`,
    bankFirst:
      'Take in the last bank statement first: whoever has paid since would be reminded all the same.',
    mailed: 'They go out by e-mail, as this seller has chosen.',
    notMailed: 'This seller does not e-mail them: tell the customers yourself.',
    checked: 'I have looked who will be reminded',
    remind: (count) => (count === 1 ? 'Make the reminder' : `Make the ${count} reminders`),
    reminded: (count) =>
      count === 0
        ? 'There was nothing left to remind of.'
        : counted.en(count, 'reminder is made.', 'reminders are made.'),
    noneDue: 'No reminder is due today.',
    writeOff: 'Expect this money no longer',
    writeOffOf: (name) => `Expect this money no longer, ${name}`,
    kind: 'How it stands',
    kinds: { doubtful: 'The payment is doubtful', lost: 'The money is lost' },
    kindHelp: {
      doubtful:
        'The invoice is still owed, and no longer reminded of. The books have it among doubtful customers.',
      lost: 'The seller gives up what is left: the invoice is written off, and the books count a loss. It is not taken back.',
    },
    reason: 'Why (for the books)',
    writeOffChecked: 'I have talked with the seller about it',
    writeOffSend: 'Record',
    writtenOff: (count) =>
      counted.en(count, 'sum that is no longer waited for', 'sums that are no longer waited for'),
    wroteOff: {
      doubtful: (sum, day) => `${sum}, payment doubtful since ${day}`,
      lost: (sum, day) => `${sum}, money lost on ${day}`,
    },
  },
);
