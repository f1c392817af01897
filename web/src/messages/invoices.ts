import { both } from '../words/language';

export const invoicesWords = both(
  {
    title: 'Factures',
    sides: 'Quelles factures',
    bought: 'Je paie',
    sold: 'On me paie',
    year: {
      bought: (year: string, paid: string) =>
        `Vous avez payé ${paid} sur vos factures émises en ${year}.`,
      sold: (year: string, paid: string) =>
        `On vous a payé ${paid} sur vos factures émises en ${year}.`,
    },
    nothingYet: (year: string) => `Rien n’est encore payé sur les factures émises en ${year}.`,
    left: {
      bought: (sum: string) => `Il reste ${sum} à payer.`,
      sold: (sum: string) => `Il reste ${sum} à recevoir.`,
    },
    underway: (sum: string) => `${sum} sont en cours de prélèvement.`,
    why: {
      bought:
        'Ce que vous recevez de chaque centrale est compté demi-heure par demi-heure. Une fois le mois clôturé, c’est facturé au prix de l’opération, par qui possède la centrale ou en son nom. Votre fournisseur facture le reste, à part.',
      sold: 'Ce que vos voisins prennent de votre électricité est compté demi-heure par demi-heure. Une fois le mois clôturé, c’est facturé en votre nom, au prix de l’opération.',
    },
    whyAgain:
      'Si des mesures changent après coup, un avoir reprend la facture, en tout ou en partie, et une autre la remplace. Ouvrez une facture pour voir chaque ligne et son prix.',
    owed: { bought: 'À payer', sold: 'À recevoir' },
    beingPaid: 'En cours',
    nothingOwed: { bought: 'Rien à payer.', sold: 'Rien à recevoir.' },
    settled: 'Déjà réglées',
    empty: {
      bought:
        'Pas encore de facture. La première vient après votre premier mois dans l’opération, une fois ses kilowattheures partagés : en général au début du mois suivant. Vous n’avez rien à faire.',
      sold: 'Pas encore de facture à votre nom. La première est faite après le premier mois où vos voisins ont pris de votre électricité.',
    },
    invoice: 'Facture',
    credit: 'Avoir',
    creditNote: (number: string, sum: string) => `avoir ${number} : ${sum} en moins`,
    takesBack: (number: string) => `sur la facture ${number}`,
    draft: 'brouillon',
    pdf: 'Télécharger le PDF',
    pdfOf: (number: string) => `Télécharger le PDF de ${number}`,
    more: 'Voir les plus anciennes',
    understand: 'Comprendre',
    bills: 'Avec ou sans l’opération',
    billsHelp:
      'La facture locale et celle de votre fournisseur, contre une seule sans l’opération : qu’est-ce que cela change ?',
    price: 'Le prix du kWh local',
    priceHelp: 'Heure par heure, et ce qu’il coûte maintenant.',
    key: 'Comment l’électricité est partagée',
    keyHelp: 'La règle en vigueur, et votre part.',
    account: 'Mon compte',
    accountHelp: 'Ce qui est dû et payé, ligne par ligne, et le prochain prélèvement.',
    mandate: 'Mon prélèvement',
    mandateHelp: 'Sur quel compte, pour qui.',
    notAMember: 'Votre compte n’est pas celui d’un membre : il n’a pas de factures.',
  },
  {
    title: 'Invoices',
    sides: 'Which invoices',
    bought: 'I pay',
    sold: 'I am paid',
    year: {
      bought: (year, paid) => `You have paid ${paid} on your invoices issued in ${year}.`,
      sold: (year, paid) => `You have been paid ${paid} on your invoices issued in ${year}.`,
    },
    nothingYet: (year) => `Nothing is paid yet on the invoices issued in ${year}.`,
    left: {
      bought: (sum) => `${sum} is left to pay.`,
      sold: (sum) => `${sum} is still to come.`,
    },
    underway: (sum) => `${sum} is being debited.`,
    why: {
      bought:
        'What you get from each plant is counted half-hour by half-hour. Once the month is closed it is billed at the operation’s price, by whoever owns the plant or in their name. Your supplier bills the rest, apart.',
      sold: 'What your neighbours take of your electricity is counted half-hour by half-hour. Once the month is closed it is billed in your name, at the operation’s price.',
    },
    whyAgain:
      'If measures change afterwards, a credit note takes back the invoice, in all or in part, and another one replaces it. Open an invoice to see each line and its price.',
    owed: { bought: 'To pay', sold: 'To come' },
    beingPaid: 'Being paid',
    nothingOwed: { bought: 'Nothing to pay.', sold: 'Nothing to come.' },
    settled: 'Settled',
    empty: {
      bought:
        'No invoice yet. The first one comes after your first month in the operation, once its kilowatt-hours are shared out: early in the month after, as a rule. You have nothing to do.',
      sold: 'No invoice of yours yet. The first one is made after the first month in which your neighbours took some of your electricity.',
    },
    invoice: 'Invoice',
    credit: 'Credit note',
    creditNote: (number, sum) => `credit note ${number}: ${sum} less`,
    takesBack: (number) => `on invoice ${number}`,
    draft: 'draft',
    pdf: 'Download the PDF',
    pdfOf: (number) => `Download the PDF of ${number}`,
    more: 'Show older ones',
    understand: 'Understand',
    bills: 'With or without the operation',
    billsHelp:
      'The local bill and your supplier’s, against a single one without the operation: what is the difference?',
    price: 'The price of a local kWh',
    priceHelp: 'Hour by hour, and what it costs now.',
    key: 'How electricity is shared',
    keyHelp: 'The rule in force, and your part.',
    account: 'My account',
    accountHelp: 'What is owed and paid, line by line, and the next direct debit.',
    mandate: 'My direct debit',
    mandateHelp: 'From which account, for whom.',
    notAMember: 'Your log-in is not that of a member: it has no invoices.',
  },
);
