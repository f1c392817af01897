import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of the home of the area about prices, who sells, taxes and what was invoiced. */
export const billsAreaWords = both(
  {
    title: 'Factures',
    sellers: 'Qui vend',
    noSeller:
      'Personne ne vend encore : il faut d’abord une centrale dans l’opération, avec son membre.',
    plants: (count: number) => counted.fr(count, 'centrale', 'centrales'),
    complete: 'Prêt à facturer',
    openSeller: (name: string) => `Voir le vendeur ${name}`,
    seller: 'Voir',
    prices: 'Prix en vigueur',
    toPrices: 'Voir et changer les prix',
    taxes: 'Taxes',
    accise: (regime: string) => `Accise : ${regime}.`,
    toTaxes: 'Voir et changer les taxes',
    corrections: 'Corrections',
    toCorrections: 'Voir et changer les corrections',
    year: 'Bilan de l’année',
    yearHelp: 'Ce qui a été produit, partagé et vendu dans l’année, avec son PDF.',
    toYear: 'Voir le bilan',
    payments: 'Paiements',
    paymentsHelp:
      'Ce qui est dû, les prélèvements, les relevés de la banque, les reversements et les comptes.',
    toPayments: 'Voir les paiements',
    runs: 'Factures préparées et émises',
    noRun: 'Rien n’a encore été préparé. Les factures d’un mois se font sur la page de sa clôture.',
    toClosing: 'Aller à la clôture',
    period: 'Mois',
    state: 'État',
    total: 'Total TTC',
    states: {
      waiting: 'en préparation',
      review: 'à relire',
      blocked: 'bloquée',
      issuing: 'en cours d’émission',
      issued: 'émises',
      failed: 'interrompue',
    },
    documents: (issued: number, all: number) =>
      issued === all || issued === 0
        ? counted.fr(all, 'document', 'documents')
        : `${issued} documents sur ${all}`,
    quarter: (number: string, year: string) => `${number}e trimestre ${year}`.replace('1e', '1er'),
  },
  {
    title: 'Bills',
    sellers: 'Who sells',
    noSeller: 'Nobody sells yet: the operation needs a plant first, with its member.',
    plants: (count) => counted.en(count, 'plant', 'plants'),
    complete: 'Ready to invoice',
    openSeller: (name) => `See the seller ${name}`,
    seller: 'See',
    prices: 'Prices in force',
    toPrices: 'See and change the prices',
    taxes: 'Taxes',
    accise: (regime) => `Accise: ${regime}.`,
    toTaxes: 'See and change the taxes',
    corrections: 'Corrections',
    toCorrections: 'See and change the corrections',
    year: 'The year',
    yearHelp: 'What was produced, shared and sold in the year, with its PDF.',
    toYear: 'See the year',
    payments: 'Payments',
    paymentsHelp: 'What is owed, direct debits, bank statements, payouts and books.',
    toPayments: 'See the payments',
    runs: 'Invoices prepared and issued',
    noRun: 'Nothing was prepared yet. The invoices of a month are made on the page of its closing.',
    toClosing: 'Go to the closing',
    period: 'Month',
    state: 'State',
    total: 'Total incl. VAT',
    states: {
      waiting: 'being prepared',
      review: 'to be read',
      blocked: 'blocked',
      issuing: 'being issued',
      issued: 'issued',
      failed: 'stopped',
    },
    documents: (issued, all) =>
      issued === all || issued === 0
        ? counted.en(all, 'document', 'documents')
        : `${issued} documents of ${all}`,
    quarter: (number, year) => `Quarter ${number} of ${year}`,
  },
);
