import { both } from '../../words/language';
import { OFFER_FIELDS } from '../offerFields';
import type { BySlug } from './bySlug';

/** Of points, months, keys, prices and bills. */
export const energyRefusals = both<BySlug>(
  {
    'bills-unavailable':
      'Les factures de ce mois ne peuvent pas encore être comparées. Dites ce que vous payez à votre fournisseur, ou choisissez un autre mois.',
    'collector-unknown':
      'Personne de ce nom ne prélève plus dans vos opérations. Rechargez la page.',
    'day-not-allocated':
      'Ce jour n’est pas encore réparti : ses mesures ne sont pas toutes arrivées. Elles arrivent en général un ou deux jours après.',
    'day-outside-month': 'Ce jour n’est pas dans ce mois. Choisissez l’un ou l’autre de nouveau.',
    'iban-invalid':
      'Cet IBAN n’est pas juste, ou pas d’un compte de la zone SEPA. Comparez-le à votre RIB.',
    'payment-notice-unknown': 'Nous ne trouvons pas cet avis. Revenez à vos factures.',
    'invoice-not-found': 'Nous ne trouvons pas cette facture. Revenez à la liste de vos factures.',
    'key-unknown': 'Cette clé de partage n’existe pas, ou plus. Revenez à la clé en vigueur.',
    'leave-request-unknown':
      'Il n’y a pas de départ demandé pour ce point : rien n’est à retirer. Rechargez la page.',
    'leaving-already': 'Votre départ est déjà enregistré. Rechargez la page.',
    'mandate-request-answered':
      'Votre demande a déjà été acceptée : le mandat est en place. Rechargez la page : vous pouvez l’y arrêter.',
    'mandate-request-fixed':
      'Une demande envoyée ne change plus. Retirez-la, puis faites-en une autre.',
    'mandate-request-unknown': 'Cette demande n’est plus là. Rechargez la page.',
    'mandate-request-waiting':
      'Une autre demande attend déjà sa réponse. Retirez-la d’abord, ou attendez.',
    'mandate-text-changed':
      'Le texte du mandat a changé. Relisez-le, puis cochez la case à nouveau.',
    'movement-unknown': 'Cette ligne du compte a changé. Rechargez la page.',
    'mandate-unknown':
      'Nous ne trouvons pas ce mandat de prélèvement. Rechargez la page, ou demandez à votre coopérative.',
    'month-malformed': 'Ce mois n’existe pas. Choisissez-en un autre.',
    'no-history':
      'Les centrales n’ont pas encore assez de mesures pour prévoir les heures de soleil. Revenez dans quelques semaines.',
    'operation-unknown': 'Cette opération n’existe pas, ou plus.',
    'participation-unknown': 'Ce point ne participe pas à cette opération.',
    'period-invalid':
      'Cette période est vide, ou trop longue : 400 jours au plus. Choisissez d’autres dates.',
    'point-not-consuming':
      'Ce point ne consomme pas dans cette opération : il n’y a rien à montrer. Choisissez-en un autre.',
    'point-not-producing':
      'Ce point ne produit pas dans cette opération : il n’y a rien à montrer. Choisissez-en un autre.',
    'point-not-taking-part': 'Ce compteur ne participait pas à l’opération ce jour-là.',
    'point-not-theirs': 'Ce point n’est pas à votre nom.',
    'point-unknown':
      'Aucune opération ne connaît ce point. Si c’est le vôtre, écrivez à votre coopérative.',
    'preview-unknown':
      'Cette clé de partage n’a pas été essayée sur les mois passés : demandez-le à votre organisateur.',
    'production-private':
      'Les heures de soleil ne se montrent pas ici : elles diraient ce que produisent quelques foyers.',
    'reference-offer-unknown':
      'Cette offre ne vaut pas à cette date. Rechargez la page, ou saisissez vos prix.',
    'shares-too-many': 'C’est trop à la fois. Choisissez un seul jour ou un seul compteur.',
    'supplier-offer-invalid': ({ field }) =>
      OFFER_FIELDS.fr[String(field)] ?? 'Ces prix ne vont pas ensemble : vérifiez-les.',
  },
  {
    'bills-unavailable':
      'The bills of this month cannot be compared yet. Tell what you pay your supplier, or choose another month.',
    'collector-unknown': 'Nobody of this name collects in your operations. Reload the page.',
    'day-not-allocated':
      'This day is not shared out yet: not all of its measures have come. They come one or two days later as a rule.',
    'day-outside-month': 'This day is not in this month. Choose one of them anew.',
    'iban-invalid':
      'This IBAN is not right, or its account is outside SEPA. Compare it with what your bank tells.',
    'payment-notice-unknown': 'We find no such notice. Go back to your invoices.',
    'invoice-not-found': 'We find no such invoice. Go back to the list of your invoices.',
    'key-unknown': 'There is no such sharing key, or no longer. Go back to the one in force.',
    'leave-request-unknown':
      'You have not asked to leave with this point: there is nothing to take back. Reload the page.',
    'leaving-already': 'It is recorded already that you leave. Reload the page.',
    'mandate-request-answered':
      'Your request was accepted already: the mandate is in force. Reload the page: you can stop it there.',
    'mandate-request-fixed':
      'A request that was sent does not change. Withdraw it, then make another one.',
    'mandate-request-unknown': 'This request is no longer there. Reload the page.',
    'mandate-request-waiting':
      'Another request waits for its answer already. Withdraw it first, or wait.',
    'mandate-text-changed':
      'The text of the mandate has changed. Read it again, and tick the box again.',
    'movement-unknown': 'This line of the account has changed. Reload the page.',
    'mandate-unknown': 'We find no such direct debit mandate. Reload the page, or ask your co-op.',
    'month-malformed': 'There is no such month. Choose another one.',
    'no-history':
      'The plants have too few measures yet to tell the sunny hours. Come back in some weeks.',
    'operation-unknown': 'There is no such operation, or no longer.',
    'participation-unknown': 'This point does not take part in this operation.',
    'period-invalid': 'This period is empty, or too long: 400 days at most. Choose other dates.',
    'point-not-consuming':
      'This point does not consume in this operation: there is nothing to show. Choose another one.',
    'point-not-producing':
      'This point produces nothing in this operation: there is nothing to show. Choose another one.',
    'point-not-taking-part': 'This meter took no part in the operation on that day.',
    'point-not-theirs': 'This point is not yours.',
    'point-unknown': 'No operation knows this point. If it is yours, write to your co-op.',
    'preview-unknown': 'This sharing key was not tried on past months: ask your organiser for it.',
    'production-private':
      'The sunny hours are not shown here: they would tell what a few households produce.',
    'reference-offer-unknown':
      'This offer does not hold on that day. Reload the page, or enter your prices.',
    'shares-too-many': 'That is too much at once. Choose a single day or a single meter.',
    'supplier-offer-invalid': ({ field }) =>
      OFFER_FIELDS.en[String(field)] ?? 'These prices do not go together: check them.',
  },
);
