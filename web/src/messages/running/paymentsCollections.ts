import { both } from '../../words/language';
import { counted } from '../../words/numbers';

type Skipped =
  | 'mandate-missing'
  | 'mandate-revoked'
  | 'mandate-blocked'
  | 'mandate-lapsed'
  | 'mandate-not-signed-yet'
  | 'in-collection'
  | 'below-threshold'
  | 'paid-by-another-debit'
  | 'convention-missing'
  | 'issued-after-notice'
  | 'not-due-yet';

const skippedFr: Record<Skipped, string> = {
  'mandate-missing': 'pas de mandat : par virement',
  'mandate-revoked': 'mandat arrêté : par virement',
  'mandate-blocked': 'mandat bloqué par la banque : à remplacer',
  'mandate-lapsed': 'mandat trop longtemps inutilisé : à remplacer',
  'mandate-not-signed-yet': 'mandat signé après ce jour',
  'in-collection': 'déjà en cours de prélèvement',
  'below-threshold': 'trop petite, avec le reste de ce client : elle attend la suite',
  'paid-by-another-debit': 'payée par le prélèvement en cours d’une autre facture',
  'convention-missing': 'vendeur public sans convention d’encaissement : enregistrez-la',
  'issued-after-notice': 'émise après l’annonce',
  'not-due-yet': 'pas encore à payer ce jour-là',
};

const skippedEn: Record<Skipped, string> = {
  'mandate-missing': 'no mandate: by transfer',
  'mandate-revoked': 'mandate revoked: by transfer',
  'mandate-blocked': 'mandate blocked by the bank: to be replaced',
  'mandate-lapsed': 'mandate unused for too long: to be replaced',
  'mandate-not-signed-yet': 'mandate signed after that day',
  'in-collection': 'being debited already',
  'below-threshold': 'too little, with all else of this customer: it waits for more',
  'paid-by-another-debit': 'paid by the debit under way of another invoice',
  'convention-missing': 'a public body without a convention on collecting: record it',
  'issued-after-notice': 'issued after the notice',
  'not-due-yet': 'not due yet on that day',
};

/** Of direct debits. */
export const collectionWords = both(
  {
    title: 'Prélèvements',
    noIcs:
      'Ce compte n’a pas d’identifiant de prélèvement (ICS) : rien ne peut être prélevé. La banque en donne un à qui le demande.',
    prepare: 'Préparer un prélèvement',
    day: 'Jour du prélèvement',
    dayHelp: (days: number) =>
      `Un jour de banque. Les clients sont prévenus aujourd’hui, et doivent l’être ${days} jours avant.`,
    preview: 'Voir qui sera prélevé',
    nobody: 'Aucune facture ne peut être prélevée ce jour-là.',
    debits: 'Qui sera prélevé',
    customer: 'Client',
    invoice: 'Facture',
    invoices: 'Factures',
    partOf: (seller: string, sum: string) => ` · ${seller}, ${sum}`,
    rum: 'Mandat',
    amount: 'Montant',
    skipped: (count: number) =>
      counted.fr(
        count,
        'facture ouverte est laissée de côté',
        'factures ouvertes sont laissées de côté',
      ),
    why: 'Pourquoi',
    reasons: skippedFr,
    summary: (count: number, sum: string, day: string) =>
      `${counted.fr(count, 'client sera prélevé', 'clients seront prélevés')} le ${day}, ${sum} en tout.`,
    mailed: 'Les clients sont prévenus par e-mail dès maintenant.',
    notMailed:
      'Ce vendeur n’envoie pas l’annonce par e-mail : la facture doit l’avoir dit, ou prévenez vous-même aujourd’hui.',
    byHand: 'Rien ne part à la banque : vous lui donnerez vous-même le fichier.',
    checked: 'J’ai regardé qui sera prélevé, et de combien',
    make: 'Faire le prélèvement',
    list: 'Prélèvements faits',
    none: 'Aucun prélèvement n’est encore fait.',
    one: 'Un prélèvement',
    of: (day: string) => `Prélèvement du ${day}`,
    sums: (count: number, sum: string) =>
      `${counted.fr(count, 'prélèvement', 'prélèvements')}, ${sum} en tout`,
    more: 'Voir les prélèvements d’avant',
    notified: (day: string) => `Annoncé le ${day}.`,
    file: 'Fichier pour la banque (pain.008)',
    states: 'Client par client',
    report: 'Compte rendu de la banque',
    reportHelp:
      'Si la banque a rejeté des ordres avant de les exécuter, elle donne un fichier pain.002 : prenez-le ici. Ce qui est exécuté ou renvoyé vient par les relevés.',
    choose: 'Choisir les fichiers',
    reported: (rejected: number) =>
      rejected === 0
        ? 'Rien de nouveau n’est rejeté.'
        : counted.fr(rejected, 'ordre est rejeté.', 'ordres sont rejetés.'),
    cancelTitle: 'Annuler ce prélèvement',
    cancelHelp:
      'Seulement si la banque n’a jamais eu ce fichier. Ses factures pourront être prélevées de nouveau ; les clients, eux, restent prévenus.',
    cancel: 'Annuler le prélèvement',
  },
  {
    title: 'Direct debits',
    noIcs:
      'This account has no creditor identifier (ICS): nothing can be debited. Banks give one to whoever asks.',
    prepare: 'Prepare direct debits',
    day: 'Day of the debits',
    dayHelp: (days) =>
      `A day on which banks work. Customers are told today, and have to be told ${days} days before.`,
    preview: 'See who will be debited',
    nobody: 'No invoice can be debited on that day.',
    debits: 'Who will be debited',
    customer: 'Customer',
    invoice: 'Invoice',
    invoices: 'Invoices',
    partOf: (seller, sum) => ` · ${seller}, ${sum}`,
    rum: 'Mandate',
    amount: 'Amount',
    skipped: (count) => counted.en(count, 'open invoice is left out', 'open invoices are left out'),
    why: 'Why',
    reasons: skippedEn,
    summary: (count, sum, day) =>
      `${counted.en(count, 'customer', 'customers')} will be debited on ${day}, ${sum} in all.`,
    mailed: 'The customers are told by e-mail at once.',
    notMailed:
      'This seller does not e-mail the notice: the invoice has to have said so, or tell them yourself today.',
    byHand: 'Nothing goes to the bank: you give it the file yourself.',
    checked: 'I have looked who will be debited, and of how much',
    make: 'Make the direct debits',
    list: 'Direct debits made',
    none: 'None has been made yet.',
    one: 'Direct debits of a day',
    of: (day) => `Direct debits of ${day}`,
    sums: (count, sum) => `${counted.en(count, 'debit', 'debits')}, ${sum} in all`,
    more: 'Show earlier ones',
    notified: (day) => `Announced on ${day}.`,
    file: 'File for the bank (pain.008)',
    states: 'Customer by customer',
    report: 'Report of the bank',
    reportHelp:
      'If the bank rejects orders before it makes them, it gives a file pain.002: take it in here. What is made or returned comes by the statements.',
    choose: 'Choose files',
    reported: (rejected) =>
      rejected === 0
        ? 'Nothing new is rejected.'
        : counted.en(rejected, 'order is rejected.', 'orders are rejected.'),
    cancelTitle: 'Cancel these direct debits',
    cancelHelp:
      'Only if the bank never got this file. Its invoices can be debited again; the customers have been told all the same.',
    cancel: 'Cancel the direct debits',
  },
);
