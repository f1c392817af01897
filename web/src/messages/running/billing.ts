import { both } from '../../words/language';
import { counted } from '../../words/numbers';

export const billingWords = both(
  {
    title: '5. Les factures',
    afterClosing: 'Elles se préparent une fois le mois clos.',
    arriving: 'La clôture arrive à la facturation…',
    blockers: 'Ce qui empêche de facturer',
    anomalies: 'À regarder avant d’émettre',
    noAnomaly: 'Rien d’inhabituel.',
    ready: (count: number, total: string) =>
      `${counted.fr(count, 'document à préparer', 'documents à préparer')}, pour ${total} TTC.`,
    nothing: 'Il n’y a rien de plus à facturer pour ce mois.',
    allCarried:
      'Chaque client doit trop peu pour une facture : ces sommes attendent la facturation d’un mois suivant.',
    carry: 'Reporter ces sommes',
    finish: 'Terminer sans document',
    prepare: 'Préparer les brouillons',
    preparing: 'Les brouillons se préparent…',
    issuing: (issued: number, count: number) => `Émission en cours : ${issued} sur ${count}…`,
    drafts: (count: number, total: string) =>
      `${counted.fr(count, 'brouillon', 'brouillons')} à relire, ${total} TTC en tout.`,
    documents: 'Les documents, ce qui est à regarder d’abord',
    customer: 'Client',
    total: 'TTC',
    look: 'À regarder',
    kind: { invoice: 'facture', credit_note: 'avoir' },
    blocked: 'Les brouillons n’ont pas pu être faits.',
    failed: 'Cela s’est arrêté en chemin. Ce qui est émis le reste.',
    bug: 'La plateforme a rencontré une erreur de son fait : l’équipe la regarde.',
    again: 'Refaire les brouillons',
    issueTitle: 'Émettre',
    issue: (count: number) =>
      count === 1 ? 'Émettre la facture' : `Émettre les ${count} documents`,
    issueHelp: (count: number, total: string, day: string) =>
      count === 1
        ? `1 document pour ${total} TTC, daté du ${day}. Il reçoit son numéro et ne change plus jamais : une erreur se corrige par un avoir.`
        : `${count}\u00a0documents pour ${total} TTC, datés du ${day}. Ils reçoivent leurs numéros et ne changent plus jamais : une erreur se corrige par un avoir.`,
    checked: 'J’ai relu les brouillons',
    issued: (count: number, total: string) =>
      `${counted.fr(count, 'document est émis', 'documents sont émis')}, ${total} TTC en tout.`,
    issuedOn: (day: string) => `Émis en date du ${day}.`,
    mail: 'Envoyer par e-mail ce qui ne l’a pas encore été',
    mailHelp: (count: number) =>
      `${counted.fr(count, 'document', 'documents')} au plus : chacun à l’adresse e-mail de son client, nommé dans la liste ci-dessus. Ce qui est déjà parti ne repart pas ; ce qui part ne se reprend pas.`,
    recipientsChecked: 'J’ai regardé à qui ils vont',
    mailed: (count: number) =>
      count === 0
        ? 'Tout était déjà envoyé.'
        : counted.fr(count, 'document part par e-mail.', 'documents partent par e-mail.'),
    statements: 'Ventes par producteur (PDF)',
    sharesCsv: 'Parts par jour (CSV)',
    completenessCsv: 'Mesures reçues (CSV)',
    reconciliationCsv: 'Comparaison avec le réseau (CSV)',
  },
  {
    title: '5. The invoices',
    afterClosing: 'They are prepared once the month is closed.',
    arriving: 'The closing is on its way to billing…',
    blockers: 'What stands in the way of invoicing',
    anomalies: 'To look at before issuing',
    noAnomaly: 'Nothing unusual.',
    ready: (count, total) =>
      `${counted.en(count, 'document is', 'documents are')} ready to be drafted, for ${total} incl. VAT.`,
    nothing: 'There is nothing more to invoice for this month.',
    allCarried:
      'Each customer owes too little for an invoice: these sums wait for the run of a later month.',
    carry: 'Carry these sums',
    finish: 'Finish without a document',
    prepare: 'Prepare the drafts',
    preparing: 'The drafts are being prepared…',
    issuing: (issued, count) => `Being issued: ${issued} of ${count}…`,
    drafts: (count, total) =>
      `${counted.en(count, 'draft', 'drafts')} to review, ${total} incl. VAT in all.`,
    documents: 'The documents, what is to be looked at first',
    customer: 'Customer',
    total: 'Incl. VAT',
    look: 'To look at',
    kind: { invoice: 'invoice', credit_note: 'credit note' },
    blocked: 'The drafts could not be made.',
    failed: 'It stopped on its way. What is issued stays issued.',
    bug: 'The platform met an error of its own: its staff look at it.',
    again: 'Make the drafts again',
    issueTitle: 'Issue',
    issue: (count) => (count === 1 ? 'Issue the invoice' : `Issue the ${count} documents`),
    issueHelp: (count, total, day) =>
      count === 1
        ? `1 document for ${total} incl. VAT, dated ${day}. It gets its number and never changes again: an error is mended by a credit note.`
        : `${count}\u00a0documents for ${total} incl. VAT, dated ${day}. They get their numbers and never change again: an error is mended by a credit note.`,
    checked: 'I have reviewed the drafts',
    issued: (count, total) =>
      `${counted.en(count, 'document is', 'documents are')} issued, ${total} incl. VAT in all.`,
    issuedOn: (day) => `Dated ${day}.`,
    mail: 'E-mail what was not e-mailed yet',
    mailHelp: (count) =>
      `At most ${counted.en(count, 'document', 'documents')}: each to the e-mail address of its customer, named in the list above. What was sent already is not sent again; what is sent is not taken back.`,
    recipientsChecked: 'I have looked at whom they go to',
    mailed: (count) =>
      count === 0
        ? 'All was sent already.'
        : counted.en(
            count,
            'document is on its way by e-mail.',
            'documents are on their way by e-mail.',
          ),
    statements: 'Sales by producer (PDF)',
    sharesCsv: 'Shares by day (CSV)',
    completenessCsv: 'Readings received (CSV)',
    reconciliationCsv: 'Comparison with the grid (CSV)',
  },
);
