import { both } from '../../words/language';
import { counted } from '../../words/numbers';
import type { Frequency } from '../../words/reportPeriods';

interface ReportingWords {
  title: string;
  lead: string;
  frequencies: Record<Frequency, string>;
  uncertain: string;
  period: string;
  none: string;
  caption: (period: string) => string;
  ofDay: (day: string, documents: number, base: string, vat: string) => string;
  neverReported: string;
  reported: (count: number, day: string) => string;
  outdated: string;
  effect: (total: string, period: string) => string;
  checked: string;
  report: string;
  done: string;
}

/** Of what is reported of sales to households. */
export const reportingWords = both<ReportingWords>(
  {
    title: 'Ventes aux ménages',
    lead: 'Les factures des ménages ne passent par aucune plateforme : leurs sommes par jour sont déclarées à l’administration. C’est obligatoire depuis septembre 2026 pour les grandes entreprises, et le sera en septembre 2027 pour les autres. Personne ne le fait à votre place.',
    frequencies: {
      'ten-days': 'Ce vendeur déclare tous les dix jours.',
      month: 'Ce vendeur déclare chaque mois.',
      'two-months': 'Ce vendeur déclare tous les deux mois.',
    },
    uncertain:
      'Ce n’est pas certain : dites dans son profil, sous « Factures », comment il déclare la TVA.',
    period: 'Période',
    none: 'Rien n’a été vendu à des ménages dans cette période : il n’y a rien à déclarer.',
    caption: (period) => `Ventes aux ménages, ${period}`,
    ofDay: (day, documents, base, vat) =>
      `Le ${day} : ${counted.fr(documents, 'document', 'documents')}, ${base} hors taxe, ${vat} de TVA`,
    neverReported: 'Cette période n’est pas déclarée.',
    reported: (count, day) =>
      count === 1 ? `Déclarée le ${day}.` : `Déclarée ${count} fois, la dernière le ${day}.`,
    outdated:
      'Depuis, une facture ou un avoir a changé ces sommes : une nouvelle déclaration remplacera la précédente.',
    effect: (total, period) =>
      `${total} hors taxe seront déclarés pour ${period}. La déclaration est gardée et envoyée comme une facture ; une autre peut la remplacer si les sommes changent.`,
    checked: 'J’ai relu ces sommes',
    report: 'Déclarer',
    done: 'C’est déclaré : l’envoi est dans la liste ci-dessous.',
  },
  {
    title: 'Sales to households',
    lead: 'Invoices of households go by no platform: their sums by day are reported to the tax office. Large companies have had to since September 2026, the others will from September 2027. Nobody does it for you.',
    frequencies: {
      'ten-days': 'This seller reports every ten days.',
      month: 'This seller reports every month.',
      'two-months': 'This seller reports every two months.',
    },
    uncertain: 'This is not certain: say in its profile, under “Bills”, how it declares VAT.',
    period: 'Period',
    none: 'Nothing was sold to households in this period: there is nothing to report.',
    caption: (period) => `Sales to households, ${period}`,
    ofDay: (day, documents, base, vat) =>
      `On ${day}: ${counted.en(documents, 'document', 'documents')}, ${base} excl. VAT, ${vat} of VAT`,
    neverReported: 'This period is not reported.',
    reported: (count, day) =>
      count === 1
        ? `Reported on ${day}.`
        : `Reported ${counted.en(count, 'time', 'times')}, last on ${day}.`,
    outdated:
      'Since then an invoice or a credit note has changed these sums: a new report replaces the one before.',
    effect: (total, period) =>
      `${total} excl. VAT are reported for ${period}. The report is kept and sent like an invoice; another one can replace it if the sums change.`,
    checked: 'I have read these sums',
    report: 'Report',
    done: 'It is reported: it is in the list below.',
  },
);
