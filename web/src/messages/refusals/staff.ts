import { both } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of what the platform's staff do; only their pages load it. */
export const staffRefusals = both<BySlug>(
  {
    'account-not-staff':
      'Ce compte n’est plus de l’équipe, ou est désactivé. Choisissez quelqu’un d’autre.',
    'account-unknown': 'Ce compte n’existe pas, ou plus. Rechargez la liste.',
    'capital-day-to-come': 'Ce jour est à venir. Donnez aujourd’hui ou un jour d’avant.',
    'capital-holder-erased':
      'Cette personne est effacée et ne peut plus détenir de parts. Enregistrez un autre mouvement.',
    'capital-movement-unfit':
      'Une souscription a qui reçoit, un remboursement a qui cède, un transfert a les deux, qui diffèrent.',
    'capital-shares-missing':
      'Quelqu’un aurait moins de zéro part, ce jour-là ou plus tard. Vérifiez le nombre de parts et le jour.',
    'debts-not-checked': 'Vérifiez d’abord que rien n’est dû, et cochez-le.',
    'delivery-unknown': 'Ce fichier n’existe pas, ou plus. Revenez à la liste.',
    'erasure-refused': 'Quelque chose l’empêche encore. Rechargez la page : elle dit quoi.',
    'feed-expiry-refused':
      'Un secret vaut au moins jusqu’à demain, et 400 jours au plus. Choisissez un autre jour.',
    'feed-unknown': 'Ce programme n’a plus d’accès. Rechargez la page.',
    'file-too-large':
      'Ce fichier est trop grand. Compressez-le, ou envoyez-le en plusieurs parties.',
    'format-unknown':
      'Ce fichier n’est d’aucun format connu, ou aucune clé ne l’ouvre. Vérifiez que c’est le bon.',
    'invitation-settled':
      'Cette invitation est déjà acceptée. Pour l’annuler, désactivez le compte.',
    'invitation-unknown': 'Cette invitation n’existe pas, ou plus. Rechargez la liste.',
    'login-elsewhere':
      'Ici, on se connecte par un autre service : c’est lui qui donne les comptes et leurs droits.',
    'no-log-in-pause': 'Ce compte n’est plus en pause. Rechargez la liste.',
    'nominal-differs':
      'Toutes les parts de cette coopérative ont une autre valeur nominale. Reprenez celle du registre.',
    'note-changed': 'Une note écrite ne change plus. Rechargez la page, et écrivez-en une autre.',
    'operation-taken':
      'Cet identifiant est déjà celui d’une opération. Vérifiez-le auprès du gestionnaire de réseau.',
    'organiser-unknown': 'Cet organisateur n’existe pas, ou plus. Rechargez la page.',
    'plant-unknown':
      'La demande n’a pas cette centrale. Rechargez la page, et choisissez-en une autre.',
    'point-busy':
      'Un de ces points sert déjà dans une autre opération au même moment. Enlevez-le, ou vérifiez son PRM.',
    'pull-source-off':
      'Cette API du gestionnaire de réseau n’est pas branchée ici. Qui exploite la plateforme met son identifiant et son secret dans les réglages.',
    'pull-too-large':
      'Cela ferait trop de questions à la fois. Demandez moins de jours, une opération après l’autre.',
    'reading-invalid':
      'Ce début n’est pas celui d’un pas : vérifiez l’heure, son décalage et la durée.',
    'reason-missing': 'Il faut une raison : la personne qui demande la lira.',
    'record-decided':
      'Quelqu’un a déjà décidé de cet enregistrement. Rechargez la page pour voir quoi.',
    'record-not-releasable':
      'Cet enregistrement ne peut pas être pris tel quel. Corrigez-le, ou écartez-le.',
    'record-unknown': 'Cet enregistrement n’existe pas, ou plus. Revenez à la quarantaine.',
    'request-not-agreed':
      'Cette demande n’est pas acceptée, ou ne l’est plus. Rechargez la page pour voir où elle en est.',
    'request-set-up': ({ operation_id }) =>
      `Cette demande est déjà devenue l’opération ${operation_id}. Rechargez la page.`,
    'request-unknown': 'Cette demande n’existe pas, ou plus. Revenez à la liste.',
    'stage-not-next':
      'Quelqu’un a déjà fait avancer cette demande. Rechargez la page pour voir où elle en est.',
    'study-impossible':
      'Il n’y a rien à calculer : la demande ne prévoit aucune centrale, ou aucun point qui consomme.',
  },
  {
    'account-not-staff':
      'This account is no longer one of staff, or is disabled. Choose somebody else.',
    'account-unknown': 'There is no such account, or no longer. Reload the list.',
    'capital-day-to-come': 'This day is to come. Give today or an earlier day.',
    'capital-holder-erased':
      'This person is erased and can hold no shares. Record another movement.',
    'capital-movement-unfit':
      'A subscription has a receiver, a repayment a giver, a transfer both, who differ.',
    'capital-shares-missing':
      'Somebody would hold less than zero shares, on that day or later. Check the number of shares and the day.',
    'debts-not-checked': 'Check first that nothing is owed, and tick it.',
    'delivery-unknown': 'There is no such file, or no longer. Go back to the list.',
    'erasure-refused': 'Something still stands in the way. Reload the page: it says what.',
    'feed-expiry-refused':
      'A secret is good until tomorrow at least, and 400 days at most. Choose another day.',
    'feed-unknown': 'This program has no access any more. Reload the page.',
    'file-too-large': 'This file is too large. Compress it, or send it in parts.',
    'format-unknown':
      'This file is of no known format, or no key opens it. Check that it is the right one.',
    'invitation-settled': 'This invitation is accepted already. To undo it, disable the account.',
    'invitation-unknown': 'There is no such invitation, or no longer. Reload the list.',
    'login-elsewhere':
      'People log in here by another service: it gives the accounts and their rights.',
    'no-log-in-pause': 'This account is no longer paused. Reload the list.',
    'nominal-differs':
      'All shares of this co-operative have another nominal value. Take that of the register.',
    'note-changed': 'A written note does not change. Reload the page, and write another one.',
    'operation-taken':
      'This identifier is that of an operation already. Check it with the grid operator.',
    'organiser-unknown': 'There is no such organiser, or no longer. Reload the page.',
    'plant-unknown': 'The request has no such plant. Reload the page, and choose another one.',
    'point-busy':
      'One of these points takes part in another operation at the same time. Remove it, or check its PRM.',
    'pull-source-off':
      'This API of the grid operator is not connected here. Whoever operates the platform puts its identifier and its secret into the settings.',
    'pull-too-large':
      'That would be too many questions at once. Ask for fewer days, one operation after another.',
    'reading-invalid':
      'This start is not that of a step: check the time, its offset and the length.',
    'reason-missing': 'A reason is needed: whoever asks will read it.',
    'record-decided': 'Somebody has decided on this record already. Reload the page to see what.',
    'record-not-releasable': 'This record cannot be taken as it is. Correct it, or discard it.',
    'record-unknown': 'There is no such record, or no longer. Go back to the quarantine.',
    'request-not-agreed':
      'This request is not agreed, or no longer. Reload the page to see where it is.',
    'request-set-up': ({ operation_id }) =>
      `This request has become the operation ${operation_id} already. Reload the page.`,
    'request-unknown': 'There is no such request, or no longer. Go back to the list.',
    'stage-not-next':
      'Somebody has moved this request already. Reload the page to see where it is.',
    'study-impossible':
      'There is nothing to compute: the request plans no plant, or no point that consumes.',
  },
);
