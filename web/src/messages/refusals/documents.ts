import { both } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of one invoice or credit note; only the page about it loads them. */
export const documentRefusals = both<BySlug>(
  {
    'billed-twice':
      'Un jour de cette énergie serait facturé deux fois. Émettez-le avec les autres brouillons du mois.',
    'correction-split':
      'Ce brouillon corrige avec d’autres : émettez-les ensemble, dans la clôture du mois.',
    'credit-exceeds-invoice':
      'Il ne reste pas autant de cette ligne : un avoir en a déjà repris une partie. Demandez moins de kWh.',
    'drafts-outdated':
      'Ce brouillon n’est plus à jour : jetez-le, puis préparez l’avoir à nouveau.',
    'fiscal-year-closed': 'L’exercice de cette date est clos. Émettez à une date plus récente.',
    'invoice-not-found': 'Ce document n’existe plus. Revenez aux factures.',
    'issue-blocked':
      'Il manque encore quelque chose pour émettre : la clôture du mois dit quoi, et où le régler.',
    'mailing-fixed': 'Cet envoi est déjà pris. Rechargez la page.',
    'not-creditable': 'Seule une facture émise peut être reprise par un avoir. Rechargez la page.',
    'not-withdrawable':
      'Ce document ne se jette plus : il est émis, ou il suit la clôture du mois. Rechargez la page.',
  },
  {
    'billed-twice':
      'A day of this energy would be invoiced twice. Issue it with the other drafts of the month.',
    'correction-split':
      'This draft corrects together with others: issue them together, on the closing of the month.',
    'credit-exceeds-invoice':
      'Not so much is left of this line: a credit note has taken back a part of it. Ask for fewer kWh.',
    'drafts-outdated':
      'This draft is not up to date any more: throw it away, then draft the credit note again.',
    'fiscal-year-closed': 'The fiscal year of this date is closed. Issue on a later date.',
    'invoice-not-found': 'This document is no longer there. Go back to the bills.',
    'issue-blocked':
      'Something is still missing to issue: the closing of the month says what, and where to mend it.',
    'mailing-fixed': 'This mailing is taken already. Reload the page.',
    'not-creditable': 'Only an issued invoice can be credited. Reload the page.',
    'not-withdrawable':
      'This document cannot be thrown away: it is issued, or follows the closing of the month. Reload the page.',
  },
);
