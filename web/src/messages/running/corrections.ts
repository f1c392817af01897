import { both } from '../../words/language';

/** Of how issued invoices of an operation are corrected. */
export const correctionsWords = both(
  {
    title: 'Corrections des factures',
    lead: 'Une facture émise ne change jamais. Quand un mois est clos une nouvelle fois, avec d’autres chiffres, des documents la corrigent : ils se préparent tout seuls, et vous les relisez avant de les émettre.',
    now: {
      replace: 'Une facture fausse est annulée par un avoir, puis refaite en entier.',
      difference: 'Seule la différence est facturée, ou rendue par un avoir.',
    },
    how: 'Comment corriger',
    choices: {
      replace: 'Annuler et refaire la facture (d’habitude)',
      difference: 'Ne facturer que la différence',
    },
    help: {
      replace:
        'Le client reçoit un avoir de toute la facture et une facture neuve : le plus simple à lire, une seule facture du mois est juste.',
      difference:
        'Le client reçoit un avoir de ce qui était en trop, une facture de ce qui manquait : moins d’argent circule. Les abonnements ne changent pas.',
    },
    kept: 'Les corrections qui attendent encore en brouillon sont refaites ; ce qui est émis reste.',
    save: 'Enregistrer',
    saved: 'C’est enregistré.',
    byHand: 'Corriger une facture à la main',
    byHandHelp:
      'Ouvrez la facture depuis la clôture de son mois : un avoir s’y prépare, en entier ou en partie.',
    toMonth: 'Voir le dernier mois',
    small: 'Petites sommes',
    smallHelp:
      'Au-dessous de ces montants, TTC, rien ne part : la somme reste due et attend les suivantes. 0 : tout part, au centime près. Ce qui attend une facture est facturé au plus tard avec le dernier mois de l’exercice du vendeur, ou du client qui part.',
    least: {
      invoice_cents: 'Facturer à partir de (€)',
      debit_cents: 'Prélever à partir de (€)',
      remind_cents: 'Rappeler à partir de (€)',
      correct_cents: 'Corriger à partir de (€)',
    },
  },
  {
    title: 'Corrections of invoices',
    lead: 'An issued invoice never changes. When a month is closed anew, with other figures, documents correct it: they are drafted by themselves, and you read them before you issue them.',
    now: {
      replace: 'A wrong invoice is cancelled by a credit note, then made anew as a whole.',
      difference: 'Only the difference is invoiced, or given back by a credit note.',
    },
    how: 'How to correct',
    choices: {
      replace: 'Cancel and remake the invoice (as usual)',
      difference: 'Invoice the difference only',
    },
    help: {
      replace:
        'The customer gets a credit note of the whole invoice and a new invoice: easiest to read, one invoice of the month is right.',
      difference:
        'The customer gets a credit note of what was too much, an invoice of what was missing: less money moves. Monthly fees do not change.',
    },
    kept: 'Corrections that still wait as drafts are made again; what is issued stays.',
    save: 'Save',
    saved: 'It is saved.',
    byHand: 'Correct an invoice by hand',
    byHandHelp:
      'Open the invoice from the closing of its month: a credit note is drafted there, whole or in part.',
    toMonth: 'See the last month',
    small: 'Small sums',
    smallHelp:
      'Below these sums, VAT included, nothing goes out: what is owed stays owed, and waits for more. 0: everything goes out, to the cent. What waits for an invoice is invoiced at the latest with the last month of the seller’s fiscal year, or of a customer who leaves.',
    least: {
      invoice_cents: 'Invoice from (€)',
      debit_cents: 'Debit from (€)',
      remind_cents: 'Remind from (€)',
      correct_cents: 'Correct from (€)',
    },
  },
);
