import type { Cause } from '../words/comparison';
import { both } from '../words/language';

/** What a cause was in this month, and in the one before. */
type Told = (now: string, before: string) => string;

export const comparisonWords = both(
  {
    title: (before: string) => `Par rapport à ${before}`,
    more: (sum: string, before: string) => `de plus qu’en ${before} : ${sum} en tout.`,
    less: (sum: string, before: string) => `de moins qu’en ${before} : ${sum} en tout.`,
    same: (sum: string, before: string) => `Comme en ${before} : ${sum} en tout.`,
    because: {
      consumption: (now, before) =>
        `Surtout parce que vous avez consommé ${now} au lieu de ${before}.`,
      localPart: (now, before) =>
        `Surtout parce que la part locale était de ${now} au lieu de ${before}.`,
      localPrice: (now, before) =>
        `Surtout parce que le kWh local a coûté ${now} au lieu de ${before}.`,
      supplierPrice: (now, before) =>
        `Surtout parce que le kWh du fournisseur a coûté ${now} au lieu de ${before}.`,
      fixed: (now, before) =>
        `Surtout parce que l’abonnement et les frais étaient de ${now} au lieu de ${before}.`,
    } as Record<Cause, Told>,
    sameLocalPrice: 'Le prix moyen du kWh local est resté à peu près le même.',
    days: (now: number, before: number, name: string) =>
      `${now} ${now === 1 ? 'jour' : 'jours'} dans l’opération, contre ${before} en ${name} :`,
    perDay: (now: string, before: string) => `par jour, ${now} au lieu de ${before}.`,
    causes: 'D’où vient la différence',
    cause: {
      consumption: (now, before) => `Consommation : ${now} au lieu de ${before}`,
      localPart: (now, before) => `Part locale : ${now} au lieu de ${before}`,
      localPrice: (now, before) => `Prix du kWh local : ${now} au lieu de ${before}`,
      supplierPrice: (now, before) => `Prix du kWh du fournisseur : ${now} au lieu de ${before}`,
      fixed: (now, before) => `Abonnement et frais : ${now} au lieu de ${before}`,
    } as Record<Cause, Told>,
    rest: 'Le reste',
    byBill: (local: string, supplier: string) =>
      `Facture locale : ${local}. Fournisseur : ${supplier}.`,
    byBillAssumed: (local: string, supplier: string) =>
      `Facture locale : ${local}. Fournisseur, estimé : ${supplier}.`,
    why: 'Chaque ligne est comptée aux prix du mois d’avant, puis on y ajoute ce que les prix ont changé : ensemble, elles font la différence au centime près. Les prix sont des moyennes du mois, TVA comprise. Une part locale plus grande peut coûter un peu plus : le réseau, qui la transporte aussi, se paie en plus de son prix.',
    ask: 'Pourquoi plus, ou moins, que le mois d’avant ?',
    askOf: (month: string, before: string) =>
      `Pourquoi ${month} a coûté plus, ou moins, comparé à ${before}`,
    moreThan: (before: string) => `de plus qu’en ${before}`,
    lessThan: (before: string) => `de moins qu’en ${before}`,
    sameAs: (before: string) => `Autant à payer qu’en ${before}`,
    whyHere: 'pourquoi ?',
  },
  {
    title: (before) => `Compared with ${before}`,
    more: (sum, before) => `more than in ${before}: ${sum} in all.`,
    less: (sum, before) => `less than in ${before}: ${sum} in all.`,
    same: (sum, before) => `As in ${before}: ${sum} in all.`,
    because: {
      consumption: (now, before) => `Mainly because you used ${now} instead of ${before}.`,
      localPart: (now, before) => `Mainly because the local part was ${now} instead of ${before}.`,
      localPrice: (now, before) => `Mainly because a local kWh cost ${now} instead of ${before}.`,
      supplierPrice: (now, before) =>
        `Mainly because a kWh of your supplier cost ${now} instead of ${before}.`,
      fixed: (now, before) =>
        `Mainly because subscription and fees were ${now} instead of ${before}.`,
    },
    sameLocalPrice: 'The mean price of a local kWh is about the same.',
    days: (now, before, name) =>
      `${now} ${now === 1 ? 'day' : 'days'} in the operation, against ${before} in ${name}:`,
    perDay: (now, before) => `per day, ${now} instead of ${before}.`,
    causes: 'Where the difference comes from',
    cause: {
      consumption: (now, before) => `Consumption: ${now} instead of ${before}`,
      localPart: (now, before) => `Local part: ${now} instead of ${before}`,
      localPrice: (now, before) => `Price of a local kWh: ${now} instead of ${before}`,
      supplierPrice: (now, before) => `Price of a kWh of the supplier: ${now} instead of ${before}`,
      fixed: (now, before) => `Subscription and fees: ${now} instead of ${before}`,
    },
    rest: 'The rest',
    byBill: (local, supplier) => `Local bill: ${local}. Supplier: ${supplier}.`,
    byBillAssumed: (local, supplier) => `Local bill: ${local}. Supplier, estimated: ${supplier}.`,
    why: 'Each line is calculated at the prices of the month before, then what the prices have changed is added: together they make the difference, to the cent. Prices are means of the month, VAT included. A larger local part may cost a little more: the networks, which carry it too, are paid on top of its price.',
    ask: 'Why more, or less, than the month before?',
    askOf: (month, before) => `Why ${month} cost more, or less, than ${before}`,
    moreThan: (before) => `more than in ${before}`,
    lessThan: (before) => `less than in ${before}`,
    sameAs: (before) => `As much to pay as in ${before}`,
    whyHere: 'why?',
  },
);
