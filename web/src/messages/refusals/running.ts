import { both } from '../../words/language';
import type { BySlug } from './bySlug';
import { keyRefusals } from './keys';
import { organisingRefusals } from './organising';
import { peopleRefusals } from './people';

/** Of who runs operations; only their pages load it. */
export const runningRefusals = both<BySlug>(
  {
    'accise-regime-invalid':
      'Cette décision ne tient pas : une exonération veut son fondement et sa preuve, les autres n’en ont pas.',
    'bic-invalid':
      'Ce BIC n’existe pas. Recopiez-le du relevé d’identité bancaire, ou laissez-le vide.',
    ...peopleRefusals.fr,
    ...keyRefusals.fr,
    'days-incomplete': ({ days }) =>
      `${count(days) === 1 ? '1 jour n’a' : `${count(days)} jours n’ont`} pas encore de parts. L’étape « Parts » dit lesquels, et ce qui leur manque.`,
    'days-waiting': 'Des jours sont en train d’être répartis. Réessayez dans quelques secondes.',
    'drafts-blocked':
      'Ce mois ne peut pas encore être facturé. L’étape « Factures » de sa clôture dit ce qui manque.',
    'dso-results-disagree':
      'Les résultats du gestionnaire de réseau ne s’accordent pas entre eux : ce qui est reçu n’est pas ce qui est donné. Demandez-lui de les corriger.',
    'dso-results-incomplete':
      'Cette opération se clôt sur la répartition du gestionnaire de réseau, et il en manque. Attendez ses fichiers, ou demandez-les-lui.',
    'dso-results-too-coarse':
      'Le gestionnaire de réseau n’a donné que des totaux trop arrondis pour clore ce mois. Demandez-lui les courbes.',
    'estimation-not-allowed':
      'Cette opération ne permet pas ces estimations. Changez d’abord ses règles d’estimation.',
    'gift-periods-invalid':
      'Ces périodes se contredisent : chacune finit après son premier mois, et aucun mois n’est dans deux d’entre elles.',
    'gifts-billed':
      'De l’énergie de ces mois est déjà facturée : émettez d’abord les avoirs de ces factures.',
    'hours-not-set':
      'Ces heures ne sont pas encore fixées : ce que chacun paierait montrerait quand il consomme. Fixez d’abord les heures, leurs prix peuvent changer ensuite.',
    'ics-invalid':
      'Cet ICS n’existe pas. Recopiez-le du courrier de la banque : il commence par FR.',
    'invoice-not-found': 'Des brouillons ont été remplacés depuis. Refaites-les.',
    'issue-date-before-period-end':
      'Le mois n’est pas fini à cette date : ses factures ne peuvent pas la porter.',
    'issue-date-in-future':
      'La date affichée n’est pas encore celle d’aujourd’hui à Paris. Vérifiez l’horloge de votre appareil, puis rechargez la page.',
    'issue-date-not-chronological':
      'Une facture porte déjà une date plus récente. Rechargez la page, puis émettez à la date d’aujourd’hui.',
    'issuer-profile-invalid':
      'Ce profil se contredit : le SIRET n’est pas de ce SIREN, un capital veut une forme juridique, ou le mandat est daté d’un jour à venir.',
    'month-purged':
      'Ce mois est trop ancien : ses courbes ne sont plus gardées. Ses clôtures restent comme elles sont.',
    'nothing-to-settle':
      'Personne ne participait à l’opération ce mois-là : il n’y a rien à clore.',
    'operation-unknown': 'Cette opération n’existe pas, ou plus. Vérifiez l’adresse de la page.',
    'price-list-invalid':
      'Cette liste de prix ne tient pas : une demi-heure serait dans deux sortes d’heures, des heures ne tombent pas à l’heure ou à la demie, un nom est donné deux fois, ou une remise retire plus que le prix ou finit avant de commencer.',
    'price-list-overlap':
      'Quelqu’un aurait deux prix le même jour : un membre est dans deux groupes qui en ont un. Retirez-en un.',
    'run-not-found': 'Cette préparation de factures n’est plus là. Rechargez la page.',
    'run-not-in-review':
      'Ces brouillons ne sont plus à relire : quelqu’un les a émis ou refaits. Rechargez la page.',
    'run-under-way': 'Ces factures sont en train d’être faites. Attendez quelques secondes.',
    'settlement-not-found': 'Cette clôture n’existe pas. Rechargez la page.',
    'surplus-contract-invalid':
      'Ce contrat se contredit : il finit avant de commencer, il prend effet après son premier jour, ou la centrale dépasse les 3 kWc au-dessous desquels on peut donner le surplus.',
    'surplus-contract-overlap':
      'Un autre contrat vaut déjà certains de ces jours : donnez un dernier jour qui le précède.',
    ...organisingRefusals.fr,
  },
  {
    'accise-regime-invalid':
      'This decision does not hold: an exemption wants its basis and its proof, the others have none.',
    'bic-invalid':
      'There is no such BIC. Copy it from the bank’s account details, or leave it empty.',
    ...peopleRefusals.en,
    ...keyRefusals.en,
    'days-incomplete': ({ days }) =>
      `${count(days) === 1 ? '1 day has' : `${count(days)} days have`} no shares yet. The step “Shares” shows which, and what they lack.`,
    'days-waiting': 'Some days are being shared out. Try again in a few seconds.',
    'drafts-blocked':
      'This month cannot be invoiced yet. The step “Invoices” of its closing shows what is missing.',
    'dso-results-disagree':
      'The grid operator’s results do not agree with each other: what is received is not what is given. Ask for a correction.',
    'dso-results-incomplete':
      'This operation is closed on the grid operator’s split, and some of it is missing. Wait for the files, or ask for them.',
    'dso-results-too-coarse':
      'The grid operator gave totals that are too rounded to close this month. Ask for the curves.',
    'estimation-not-allowed':
      'This operation does not allow these estimates. Change its rules of estimation first.',
    'gift-periods-invalid':
      'These periods contradict one another: each ends after its first month, and no month is in two of them.',
    'gifts-billed':
      'Energy of these months is billed already: issue the credit notes of these invoices first.',
    'hours-not-set':
      'These hours are not set yet: what each member would pay would show when they use electricity. Set the hours first, their prices can change later.',
    'ics-invalid': 'There is no such ICS. Copy it from the letter of the bank: it begins with FR.',
    'invoice-not-found': 'Some drafts were replaced since. Make the drafts again.',
    'issue-date-before-period-end':
      'The month is not over on that date: its invoices cannot bear it.',
    'issue-date-in-future':
      'The date shown has not come yet in Paris. Check the clock of your device, then reload the page.',
    'issue-date-not-chronological':
      'An invoice has a later date already. Reload the page, then issue them as of today.',
    'issuer-profile-invalid':
      'This profile contradicts itself: the SIRET is not of this SIREN, a capital wants a legal form, or the mandate has a date to come.',
    'month-purged':
      'This month is too old: its curves are no longer kept. Its closings stay as they are.',
    'nothing-to-settle': 'Nobody took part in the operation that month: there is nothing to close.',
    'operation-unknown': 'There is no such operation, or no longer. Check the address of the page.',
    'price-list-invalid':
      'This price list does not hold: a half-hour would be of two kinds of hours, hours are not on the hour or half-hour, a name is given twice, or a discount takes off more than the price or ends before it begins.',
    'price-list-overlap':
      'Somebody would have two prices on one day: a member is in two groups that have one. Take one away.',
    'run-not-found': 'These invoices are no longer being prepared. Reload the page.',
    'run-not-in-review':
      'These drafts are not to be reviewed any more: somebody issued them or made them again. Reload the page.',
    'run-under-way': 'These invoices are being made. Wait a few seconds.',
    'settlement-not-found': 'There is no such closing. Reload the page.',
    'surplus-contract-invalid':
      'This contract contradicts itself: it ends before it begins, it takes effect after its first day, or the plant has more than the 3 kWp below which surplus can be given away.',
    'surplus-contract-overlap':
      'Another contract holds on some of these days: give a last day before it.',
    ...organisingRefusals.en,
  },
);

function count(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
