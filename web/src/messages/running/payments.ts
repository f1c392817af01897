import { de } from '../../words/elision';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of the pages about money, and of the one that leads to them. */
export const paymentsWords = both(
  {
    title: 'Paiements',
    payees: 'Qui est payé',
    noSeller: 'Personne ne vend encore dans cette opération : il n’y a pas de centrale.',
    noAccount: (name: string) =>
      `Le compte bancaire ${de(name)} n’est pas enregistré : rien ne peut y être prélevé ni rapproché. Il s’enregistre sous « Factures », sur la page du vendeur.`,
    accountOfOthers: (name: string) =>
      `Le compte et les prélèvements ${de(name)} sont l’affaire de l’équipe de la plateforme : ils touchent des personnes hors de vos opérations.`,
    moneyOfOthers: (name: string) =>
      `${name} vend aussi dans une opération que vous ne gérez pas : ses livres et son compte sont l’affaire de l’équipe de la plateforme.`,
    why: 'D’où viennent ces montants ?',
    whyOwed:
      'Ce qui reste dû est ce que disent les livres : la facture émise, moins ses avoirs, moins ce qui est venu. Tout se compte en centimes entiers.',
    whyPaid:
      'Une facture est payée quand un relevé de la banque le dit : rapproché tout seul, ou à la main. Un prélèvement est « en cours » tant que la banque n’a pas répondu.',
    toDo: 'À faire',
    nothingToDo: 'Rien à faire pour l’instant.',
    unmatched: (count: number) =>
      `${counted.fr(count, 'mouvement de la banque attend', 'mouvements de la banque attendent')} qu’on dise ce qu’il paie.`,
    match: 'Rapprocher',
    statementWanted: (day: string | null) =>
      day
        ? `Le dernier mouvement connu de la banque est du ${day}.`
        : 'Aucun relevé de la banque n’a encore été pris.',
    takeIn: 'Prendre un relevé',
    collectable: (count: number, sum: string) =>
      `${counted.fr(count, 'facture peut être prélevée', 'factures peuvent être prélevées')}, ${sum} en tout.`,
    collect: 'Préparer',
    asked: (count: number) =>
      `${counted.fr(count, 'client demande', 'clients demandent')} à être prélevé.`,
    answer: 'Répondre',
    dueReminders: (count: number) =>
      `${counted.fr(count, 'rappel de paiement est dû', 'rappels de paiement sont dus')}.`,
    remind: 'Rappeler',
    owedToOthers: (sum: string) => `${sum} encaissés pour d’autres restent à reverser.`,
    payOut: 'Reverser',
    undelivered: (count: number) =>
      `${counted.fr(count, 'facture électronique n’est pas arrivée', 'factures électroniques ne sont pas arrivées')}.`,
    look: 'Regarder',
    owed: 'Reste à encaisser',
    overdue: 'dont en retard ou refusé',
    announced: 'dont prélèvement en cours',
    received: 'Reçu ce mois-ci, sur tout le compte',
    collectedBy: (name: string) => `${name} encaisse à sa place.`,
    inOperation: 'Ce qui reste à encaisser est celui de cette opération seule.',
    pages: (name: string) => `Pages ${de(name)}`,
    open: 'Factures ouvertes',
    mandates: 'Mandats',
    collections: 'Prélèvements',
    statements: 'Relevés de banque',
    payouts: 'Reversements',
    books: 'Comptabilité',
    eInvoicing: 'Facturation électronique',
    settings: 'Réglages',
  },
  {
    title: 'Payments',
    payees: 'Who is paid',
    noSeller: 'Nobody sells in this operation yet: there is no plant.',
    noAccount: (name) =>
      `The bank account of ${name} is not recorded: nothing can be debited to it or matched. It is recorded under “Bills”, on the page of the seller.`,
    accountOfOthers: (name) =>
      `The account and direct debits of ${name} are for the platform’s staff: they concern people outside your operations.`,
    moneyOfOthers: (name) =>
      `${name} also sells in an operation that you do not run: its books and account are for the platform’s staff.`,
    why: 'Where do these amounts come from?',
    whyOwed:
      'What is owed is what the books say: the invoice issued, less its credit notes, less what came. All is counted in whole cents.',
    whyPaid:
      'An invoice is paid when a bank statement says so: matched by itself, or by hand. It is “being debited” as long as the bank has not answered.',
    toDo: 'To do',
    nothingToDo: 'Nothing to do for now.',
    unmatched: (count) =>
      `${counted.en(count, 'transaction of the bank waits', 'transactions of the bank wait')} for somebody to say what it pays.`,
    match: 'Match',
    statementWanted: (day) =>
      day
        ? `The last transaction known from the bank is of ${day}.`
        : 'No bank statement has been taken in yet.',
    takeIn: 'Take in a statement',
    collectable: (count, sum) =>
      `${counted.en(count, 'invoice can be debited', 'invoices can be debited')}, ${sum} in all.`,
    collect: 'Prepare',
    asked: (count) =>
      `${counted.en(count, 'customer asks', 'customers ask')} to pay by direct debit.`,
    answer: 'Answer',
    dueReminders: (count) => `${counted.en(count, 'reminder is due', 'reminders are due')}.`,
    remind: 'Remind',
    owedToOthers: (sum) => `${sum} that came for others is to be paid out.`,
    payOut: 'Pay out',
    undelivered: (count) =>
      `${counted.en(count, 'e-invoice has not arrived', 'e-invoices have not arrived')}.`,
    look: 'Look',
    owed: 'Still to come',
    overdue: 'of it late or refused',
    announced: 'of it being debited',
    received: 'Received this month, on the whole account',
    collectedBy: (name) => `${name} collects in its place.`,
    inOperation: 'What is still to come is that of this operation alone.',
    pages: (name) => `Pages of ${name}`,
    open: 'Open invoices',
    mandates: 'Mandates',
    collections: 'Direct debits',
    statements: 'Bank statements',
    payouts: 'Payouts',
    books: 'Accounting',
    eInvoicing: 'E-invoicing',
    settings: 'Settings',
  },
);
