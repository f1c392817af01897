import { fullDay, isDay } from '../../words/dates';
import { both, type Language } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of money that comes and goes; only the pages about it load them. */
export const paymentRefusals = both<BySlug>(
  {
    'bic-invalid': 'Ce BIC n’est pas juste. Vérifiez-le sur le relevé d’identité bancaire.',
    'collection-answered':
      'La banque a déjà répondu : ce prélèvement ne s’annule plus. S’il revient, un relevé le dira.',
    'collection-too-soon': ({ first_day }) =>
      `Les clients doivent être prévenus à temps : choisissez le ${dayTold(first_day, 'fr')} ou plus tard.`,
    'collection-unknown': 'Ce prélèvement n’existe pas. Revenez à la liste.',
    'creditor-missing':
      'Le compte bancaire ou l’identifiant de prélèvement (ICS) de ce vendeur n’est pas enregistré.',
    'earlier-year-open': 'Une année d’avant n’est pas close : commencez par elle.',
    'fiscal-year-running':
      'Cet exercice n’est pas fini : il se clôt une fois passé son dernier jour.',
    'in-collection':
      'Cette facture est en cours de prélèvement : attendez la réponse de la banque.',
    'invoice-not-found':
      'Cette facture n’est pas de celles qui se paient sur ce compte. Rechargez la page.',
    'mandate-fixed': 'Un mandat enregistré ne change plus. Arrêtez-le, puis enregistrez l’autre.',
    'mandate-not-signed-yet': 'Un mandat ne peut pas être signé dans l’avenir. Vérifiez la date.',
    'mandate-request-answered': 'Quelqu’un a déjà répondu à cette demande. Rechargez la page.',
    'mandate-taken':
      'Ce client a déjà un mandat en vigueur, ou cette référence sert déjà. Vérifiez la liste.',
    'mandate-unknown': 'Ce mandat n’existe pas. Rechargez la page.',
    'member-erased': 'Les données de ce membre sont effacées : il ne peut plus donner de mandat.',
    'not-a-banking-day': ({ next_banking_day }) =>
      `Les banques ne règlent rien ce jour-là. Choisissez le ${dayTold(next_banking_day, 'fr')}.`,
    'nothing-owed': 'Il ne reste rien à payer de cette facture. Rechargez la page.',
    'nothing-to-collect': 'Aucune facture ne peut être prélevée ce jour-là. Rechargez la page.',
    'nothing-to-pay-out': 'Rien ne peut être reversé pour l’instant. Rechargez la page.',
    'nothing-to-refund': 'Rien ne peut être remboursé pour l’instant. Rechargez la page.',
    'refund-executed': 'La banque a déjà fait ce remboursement : il ne s’annule plus.',
    'refund-unknown': 'Ce remboursement n’existe pas. Rechargez la page.',
    'nothing-to-report': 'Il n’y a rien de nouveau à déclarer pour cette période.',
    'nothing-to-submit': 'Il n’y a rien à envoyer pour ce document.',
    'already-submitted': 'Ce document est en route, ou déjà arrivé. Rechargez la page.',
    'payout-executed': 'La banque a déjà fait ce reversement : il ne s’annule plus.',
    'payout-too-soon': 'Cette date est passée. Choisissez un jour à venir.',
    'period-not-over': ({ first_day }) =>
      `Cette période n’est pas finie : elle se déclare à partir du ${dayTold(first_day, 'fr')}.`,
    'period-of-other-frequency':
      'Ce vendeur déclare d’autres périodes, selon sa TVA. Rechargez la page, puis choisissez-en une.',
    'period-reported-otherwise':
      'Une partie de ces jours est déjà déclarée par une autre période : refaites celle-là.',
    'routing-invalid': 'Ce SIRET n’est pas celui de ce client : il commence par son SIREN.',
    'schedule-invalid':
      'Chaque rappel vient après le précédent : 7, 21, 45, du plus petit au plus grand.',
    'accounts-invalid':
      'Un compte ne convient pas au plan comptable : vérifiez ses premiers chiffres.',
    'fiscal-year-fixed':
      'Des écritures sont déjà numérotées par exercice : sa fin ne change plus. Remettez le mois d’avant.',
    'report-refused':
      'Ce fichier n’est pas un compte rendu de la banque (pain.002) sur un de ces ordres.',
    'statement-refused':
      'Ce relevé ne peut pas être pris : il doit être un camt.053 de ce compte, en euros, et ses soldes doivent tomber juste.',
    'transaction-matched': 'Ce mouvement est déjà rapproché. Revenez à la liste.',
    'transaction-unknown': 'Ce mouvement n’existe pas. Revenez à la liste.',
    'transfer-mismatch': 'Ce mouvement n’a pas le montant de ce virement.',
  },
  {
    'bic-invalid': 'This BIC is not right. Check it on a bank statement.',
    'collection-answered':
      'The bank has answered: this collection can no longer be cancelled. If it comes back, a statement says so.',
    'collection-too-soon': ({ first_day }) =>
      `Customers have to be notified in time: choose ${dayTold(first_day, 'en')} or later.`,
    'collection-unknown': 'There is no such collection. Go back to the list.',
    'creditor-missing':
      'The bank account or the creditor identifier (ICS) of this seller is not recorded.',
    'earlier-year-open': 'A year before it is not closed: begin with that one.',
    'fiscal-year-running': 'This fiscal year is not over: it is closed after its last day.',
    'in-collection': 'This invoice is being debited: wait for the bank’s answer.',
    'invoice-not-found': 'This invoice is not one that is paid to this account. Reload the page.',
    'mandate-fixed': 'A recorded mandate does not change. Revoke it, then record the other one.',
    'mandate-not-signed-yet': 'A mandate cannot be signed in the future. Check the date.',
    'mandate-request-answered': 'Somebody has answered this request already. Reload the page.',
    'mandate-taken':
      'This customer has a mandate in force already, or this reference is in use. Check the list.',
    'mandate-unknown': 'There is no such mandate. Reload the page.',
    'member-erased': 'The data of this member are erased: they can give no mandate any more.',
    'not-a-banking-day': ({ next_banking_day }) =>
      `Banks settle nothing on that day. Choose ${dayTold(next_banking_day, 'en')}.`,
    'nothing-owed': 'Nothing is left to pay of this invoice. Reload the page.',
    'nothing-to-collect': 'No invoice can be debited on that day. Reload the page.',
    'nothing-to-pay-out': 'Nothing can be paid out for now. Reload the page.',
    'nothing-to-refund': 'Nothing can be paid back for now. Reload the page.',
    'refund-executed': 'The bank has made this refund: it can no longer be cancelled.',
    'refund-unknown': 'There is no such refund. Reload the page.',
    'nothing-to-report': 'There is nothing new to report for this period.',
    'nothing-to-submit': 'There is nothing to send for this document.',
    'already-submitted': 'This document is on its way, or has arrived. Reload the page.',
    'payout-executed': 'The bank has made this payout: it can no longer be cancelled.',
    'payout-too-soon': 'This day is over. Choose one to come.',
    'period-not-over': ({ first_day }) =>
      `This period is not over: it is reported from ${dayTold(first_day, 'en')} on.`,
    'period-of-other-frequency':
      'This seller reports other periods, as its VAT wants. Reload the page, then choose one.',
    'period-reported-otherwise':
      'A part of these days was reported by another period: report that one again.',
    'routing-invalid': 'This SIRET is not of this customer: it begins with its SIREN.',
    'schedule-invalid':
      'Each reminder comes after the one before: 7, 21, 45, from the smallest on.',
    'accounts-invalid': 'An account does not suit the French chart: check its first digits.',
    'fiscal-year-fixed':
      'Entries are numbered by fiscal years already: its end does not change. Put back the month of before.',
    'report-refused': 'This file is no report of the bank (pain.002) on one of these orders.',
    'statement-refused':
      'This statement cannot be taken: it has to be a camt.053 of this account, in euros, and its balances have to add up.',
    'transaction-matched': 'This transaction is matched already. Go back to the list.',
    'transaction-unknown': 'There is no such transaction. Go back to the list.',
    'transfer-mismatch': 'This transaction has not the amount of that transfer.',
  },
);

/** A day as the platform tells it, in words. */
function dayTold(day: unknown, language: Language): string {
  const text = String(day);
  return isDay(text) ? fullDay(text, language) : text;
}
