import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of what follows invoices: money that is debited, and files for who keeps the books. */
export const afterIssuingWords = both(
  {
    title: 'Encaisser',
    account: (name: string) => `Compte de ${name}`,
    noAccount:
      'Aucun compte bancaire n’est noté : les clients paient comme leurs factures le disent, et rien ne peut être prélevé.',
    toSellers: 'Voir les vendeurs',
    noIcs: 'Ce compte n’a pas d’identifiant de créancier (ICS) : rien ne peut être prélevé.',
    noMandate:
      'Aucun de ces clients n’a de mandat de prélèvement : ils paient eux-mêmes, et le relevé de la banque le dira.',
    toMandates: 'Voir les mandats',
    debits: (count: number, total: string, day: string) =>
      `${counted.fr(count, 'facture de ce mois peut être prélevée', 'factures de ce mois peuvent être prélevées')}, ${total} en tout, à partir du ${day}.`,
    collect: 'Préparer les prélèvements',
    announced: (count: number, total: string) =>
      `${counted.fr(count, 'facture de ce mois est en cours de prélèvement', 'factures de ce mois sont en cours de prélèvement')}, ${total} en tout.`,
    toCollections: 'Voir les prélèvements',
    settled: 'Tout ce qui a été facturé pour ce mois est payé.',
    books: (name: string, year: number) => `Comptabilité de ${name}, exercice ${year}`,
    fec: 'FEC',
    journal: 'Journal (CSV)',
    ofBooks: (what: string, name: string) => `${what}, ${name}`,
  },
  {
    title: 'Collect',
    account: (name) => `Account of ${name}`,
    noAccount:
      'No bank account is recorded: customers pay as their invoices say, and nothing can be debited.',
    toSellers: 'See the sellers',
    noIcs: 'This account has no creditor identifier (ICS): nothing can be debited.',
    noMandate:
      'None of these customers has a direct debit mandate: they pay by themselves, and the bank statement will say so.',
    toMandates: 'See the mandates',
    debits: (count, total, day) =>
      `${counted.en(count, 'invoice of this month can be debited', 'invoices of this month can be debited')}, ${total} in all, from ${day} on.`,
    collect: 'Prepare the direct debits',
    announced: (count, total) =>
      `${counted.en(count, 'invoice of this month is being debited', 'invoices of this month are being debited')}, ${total} in all.`,
    toCollections: 'See the direct debits',
    settled: 'All that was invoiced for this month is paid.',
    books: (name, year) => `Books of ${name}, fiscal year ${year}`,
    fec: 'FEC',
    journal: 'Journal (CSV)',
    ofBooks: (what, name) => `${what}, ${name}`,
  },
);
