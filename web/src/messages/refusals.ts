import { both } from '../words/language';
import { OFFER_FIELDS } from './offerFields';

/** What a refusal says of itself, beside its words. */
export type Facts = Record<string, unknown>;

type Refusals = Record<string, string | ((facts: Facts) => string)>;

/** By slug of the problem: what happened, and what to do. What is missing falls to its status. */
export const refusalWords = both<{
  bySlug: Refusals;
  byStatus: Record<number, string>;
  unknown: string;
  offline: string;
  quote: (id: string) => string;
}>(
  {
    bySlug: {
      'account-elsewhere':
        'Votre connexion est gérée par un autre service : cette plateforme ne peut pas donner d’agenda à votre compte. Parlez-en à votre coopérative.',
      'account-of-another-member':
        'Cette adresse e-mail sert déjà à un autre membre. Demandez une invitation à une autre adresse.',
      'account-unknown': 'Votre connexion est gérée ailleurs : demandez à votre coopérative.',
      'answer-address-missing':
        'Nous n’avons pas d’adresse e-mail où vous répondre. Ajoutez la vôtre sous « Moi », Contact et langue.',
      'article-unknown':
        'Cette nouvelle n’existe pas, ou n’est plus publiée. Revenez à la liste des nouvelles.',
      'ballot-final':
        'Ce bulletin est déjà déposé et ne peut plus changer. Ce n’était pas vous ? Prévenez la coopérative avant la fin du vote.',
      'bills-unavailable':
        'Les factures de ce mois ne peuvent pas encore être comparées. Dites ce que vous payez à votre fournisseur, ou choisissez un autre mois.',
      'calendar-feed-unknown': 'Cette adresse d’agenda est déjà retirée. Rechargez la page.',
      'capital-day-to-come':
        'Le registre des parts n’est connu que jusqu’à aujourd’hui. Choisissez un jour passé.',
      'challenge-not-open': 'On ne peut plus participer à ce défi.',
      'challenge-unknown':
        'Ce défi n’existe pas, ou n’est pas pour vous. Revenez à la page Ensemble.',
      'channel-not-offered':
        'Ce message ne peut pas être coupé, ou pas envoyé par ce moyen. Choisissez-en un autre.',
      'choice-unfit': 'Ce bulletin ne convient pas à ce vote. Vérifiez vos choix et réessayez.',
      'code-refused': 'Ce code n’est pas le bon. Attendez le suivant et réessayez.',
      'code-wanted': 'Encore une étape : le code de votre application d’authentification.',
      'code-wrong': 'Ce code n’est pas le bon. Attendez le suivant et réessayez.',
      'codes-in-use': 'Une application est déjà en place. Rechargez la page.',
      'codes-off':
        'Cette plateforme ne permet pas la double vérification. Parlez-en à votre coopérative.',
      'codes-paused': 'Trop de codes erronés : réessayez dans un quart d’heure.',
      'codes-unset': 'Aucune application n’est en place. Rechargez la page.',
      'collector-unknown':
        'Personne de ce nom ne prélève plus dans vos opérations. Rechargez la page.',
      'confirmation-refused': 'Ce lien n’est plus valable. Redemandez le changement d’adresse.',
      'consent-changed':
        'Un accord enregistré ne se modifie pas. Retirez-le, puis donnez-en un autre.',
      'consent-empty':
        'Cet accord finirait avant de commencer. Choisissez une date de fin plus tardive.',
      'consent-too-long':
        'Un accord vaut trois ans au plus. Choisissez une date de fin plus proche.',
      'consent-unknown':
        'Nous ne trouvons pas cet accord. Rechargez la page pour voir ceux qui valent.',
      'credentials-refused': 'Cette adresse et ce mot de passe ne vont pas ensemble.',
      'day-not-allocated':
        'Ce jour n’est pas encore réparti : ses mesures ne sont pas toutes arrivées. Elles arrivent en général un ou deux jours après.',
      'document-lost':
        'Ce document n’est plus dans nos fichiers. Dites-le à votre coopérative : elle peut le rétablir.',
      'document-unknown':
        'Ce document n’existe pas, ou n’est pas pour vous. Revenez à vos documents.',
      'erasure-executed': 'L’effacement est fait : rien ne revient. Rechargez la page.',
      'erasure-unknown':
        'Aucun effacement n’est demandé : il n’y a rien à retirer. Rechargez la page.',
      'file-gone': 'Ce fichier n’est plus là. Dites-le à votre organisateur.',
      'files-unavailable': 'Les fichiers sont hors d’atteinte. Réessayez dans quelques minutes.',
      'foreign-origin': 'Connectez-vous à l’adresse habituelle de votre coopérative.',
      gateway: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
      'gathering-over': 'Cette rencontre est passée ou annulée.',
      'gathering-unknown':
        'Cette rencontre n’existe pas, ou n’est pas pour vous. Revenez à la liste des rencontres.',
      'holder-unknown': 'Personne n’a ce code dans ce vote. Vérifiez chaque lettre.',
      'iban-invalid':
        'Cet IBAN n’est pas juste, ou pas d’un compte de la zone SEPA. Comparez-le à votre RIB.',
      'invitation-refused': 'Cette invitation n’est plus valable. Demandez-en une autre.',
      'invoice-not-found':
        'Nous ne trouvons pas cette facture. Revenez à la liste de vos factures.',
      'key-unknown': 'Cette clé de partage n’existe pas, ou plus. Revenez à la clé en vigueur.',
      'leave-request-unknown':
        'Il n’y a pas de départ demandé pour ce point : rien n’est à retirer. Rechargez la page.',
      'leaving-already': 'Votre départ est déjà enregistré. Rechargez la page.',
      'link-refused': 'Ce lien n’est plus valable. Demandez-en un autre.',
      'log-in-paused': ({ retry_after_s }) =>
        `Trop d’essais : réessayez dans ${retry_after_s} secondes. Là où vous êtes connecté, vous le restez.`,
      'login-elsewhere':
        'Votre coopérative vous connecte par un autre service : demandez-lui lequel.',
      'mandate-request-answered':
        'Votre demande a déjà été acceptée : le mandat est en place. Pour l’arrêter, écrivez à votre coopérative.',
      'mandate-request-unknown': 'Cette demande n’est plus là. Rechargez la page.',
      'mandate-request-waiting':
        'Une autre demande attend déjà sa réponse. Retirez-la d’abord, ou attendez.',
      'mandate-text-changed':
        'Le texte du mandat a changé. Relisez-le, puis cochez la case à nouveau.',
      'mandate-unknown':
        'Nous ne trouvons pas ce mandat de prélèvement. Rechargez la page, ou demandez à votre coopérative.',
      'member-unknown': 'La coopérative ne trouve pas ce membre. Si c’est vous, écrivez-lui.',
      'month-malformed': 'Ce mois n’existe pas. Choisissez-en un autre.',
      'no-capital-shares': 'Vous ne détenez pas de parts à ce jour : il n’y a rien à attester.',
      'no-seat-for-guests':
        'Il ne reste pas assez de places pour vos invités. Vous gardez les vôtres.',
      'nobody-to-ask':
        'Personne ne peut recevoir votre question ici. Écrivez à votre coopérative, comme sur votre contrat.',
      'not-invited':
        'Cette rencontre a d’autres invités : vous pouvez la lire, mais pas y répondre.',
      'notification-unknown': 'Cette notification n’existe plus. Rechargez la page.',
      'operation-unknown': 'Cette opération n’existe pas, ou plus.',
      'organiser-unknown':
        'Nous ne trouvons pas cet organisateur. Vérifiez le lien, ou revenez à l’opération.',
      'participation-unknown': 'Ce point ne participe pas à cette opération.',
      'password-wrong':
        'Ce n’est pas votre mot de passe actuel. Réessayez, ou demandez un lien par e-mail.',
      'point-not-consuming':
        'Ce point ne consomme pas dans cette opération : il n’y a rien à montrer. Choisissez-en un autre.',
      'point-not-taking-part': 'Ce compteur ne participait pas à l’opération ce jour-là.',
      'point-not-theirs': 'Ce point n’est pas à votre nom.',
      'point-unknown':
        'Aucune opération ne connaît ce point. Si c’est le vôtre, écrivez à votre coopérative.',
      'poll-not-open': 'Ce vote n’est pas ouvert en ce moment.',
      'poll-unknown': 'Ce vote n’existe pas, ou n’est pas pour vous. Revenez à la liste des votes.',
      'presentation-unknown': 'Cette opération ne se présente pas au public, ou plus.',
      'preview-unknown':
        'Cette clé de partage n’a pas été essayée sur les mois passés : demandez-le à votre organisateur.',
      'proof-missing':
        'Pour donner l’accord de quelqu’un d’autre, il faut ce qu’il a signé. Chacun peut le donner ici lui-même.',
      'proxy-chained':
        'Une voix confiée ne se transmet pas : choisissez quelqu’un qui vote en personne.',
      'proxy-limit':
        'Cette personne a déjà autant de voix que les statuts permettent. Choisissez-en une autre.',
      'proxy-stands': 'Quelqu’un d’autre vote pour vous. Reprenez d’abord votre voix.',
      'proxy-used': 'Cette voix a déjà voté : elle ne peut plus être confiée ni reprise.',
      'reference-offer-unknown':
        'Cette offre ne vaut pas à cette date. Rechargez la page, ou saisissez vos prix.',
      'replies-closed':
        'Il est trop tard pour s’inscrire. Vous pouvez encore dire que vous ne venez pas.',
      'request-too-large': 'C’est trop long. Raccourcissez votre texte.',
      'request-unknown':
        'Nous ne trouvons pas cette demande. Vérifiez que le lien est entier, avec ce qui suit le signe #.',
      'session-unknown': 'Cet appareil est déjà déconnecté. Rechargez la page.',
      'sign-up-link-refused':
        'Ce lien n’est plus valable : il a servi, ou ses trois jours sont passés. Refaites votre demande.',
      'signature-unfit':
        'Ce document ne peut plus être signé ni refusé. Rechargez la page pour voir où il en est.',
      'supplier-offer-invalid': ({ field }) =>
        OFFER_FIELDS.fr[String(field)] ?? 'Ces prix ne vont pas ensemble : vérifiez-les.',
      'too-many-calendar-feeds': 'Vous avez dix adresses d’agenda : retirez-en une d’abord.',
      'too-many-email-changes':
        'Trois liens de confirmation sont déjà partis en un jour. Réessayez demain.',
      'too-many-log-ins':
        'Beaucoup de personnes se connectent en ce moment. Réessayez dans un instant.',
      'too-many-questions-today':
        'Vous avez posé cinq questions aujourd’hui. Envoyez celle-ci demain : gardez votre texte.',
      'too-many-requests-today':
        'Beaucoup de demandes sont arrivées aujourd’hui. Renvoyez la vôtre demain : gardez votre texte.',
      'version-outdated': 'Une nouvelle version est arrivée. Rechargez la page, et lisez celle-là.',
      'version-unknown':
        'Ce document n’a pas cette version. Rechargez la page, et ouvrez la dernière.',
      'voter-unknown': 'Cette personne n’est pas sur la liste de ce vote.',
    },
    byStatus: {
      401: 'Votre session est terminée : reconnectez-vous.',
      403: 'Cette page est celle de quelqu’un d’autre : vous ne pouvez pas la voir.',
      404: 'Cela n’existe pas, ou plus. Vérifiez le lien, ou revenez à votre mois.',
      409: 'Ce n’est pas possible dans l’état actuel. Rechargez la page pour voir ce qui a changé.',
      413: 'C’est trop grand. Envoyez moins à la fois.',
      415: 'Ce genre de fichier n’est pas accepté. Essayez avec un autre.',
      422: 'Quelque chose n’est pas rempli comme attendu. Vérifiez et réessayez.',
      429: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
      501: 'Cette plateforme n’est pas équipée pour cela. Demandez à votre coopérative.',
      503: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
    },
    unknown: 'La plateforme n’a pas répondu comme prévu. Réessayez dans un instant.',
    offline: 'Pas de réponse. Vérifiez votre connexion à Internet et réessayez.',
    quote: (id) => `Si cela recommence, donnez ce numéro à votre coopérative : ${id}`,
  },
  {
    bySlug: {
      'account-elsewhere':
        'Your log-in is kept by another service: this platform cannot give calendars to it. Talk to your co-op.',
      'account-of-another-member':
        'This e-mail address is the log-in of another member already. Ask to be invited by another address.',
      'account-unknown': 'Your log-in is kept elsewhere: ask your co-op.',
      'answer-address-missing':
        'We have no e-mail address to answer you at. Add yours under “Me”, Contact and language.',
      'article-unknown':
        'There is no such article, or it is no longer published. Go back to the list of news.',
      'ballot-final':
        'This ballot is cast already and cannot be changed. Was it not you? Tell your co-op before the vote ends.',
      'bills-unavailable':
        'The bills of this month cannot be compared yet. Tell what you pay your supplier, or choose another month.',
      'calendar-feed-unknown': 'This calendar address is withdrawn already. Reload the page.',
      'capital-day-to-come':
        'The register of shares is known up to today only. Choose a day that has come.',
      'challenge-not-open': 'Nobody can join this challenge any more.',
      'challenge-unknown':
        'There is no such challenge, or it is not for you. Go back to the page Together.',
      'channel-not-offered':
        'This message cannot be turned off, or not be sent that way. Choose another one.',
      'choice-unfit': 'This ballot does not fit the vote. Check your choices and try again.',
      'code-refused': 'That is not the code. Wait for the next one and try again.',
      'code-wanted': 'One more step: the code of your authenticator app.',
      'code-wrong': 'That is not the code. Wait for the next one and try again.',
      'codes-in-use': 'An app is in place already. Reload the page.',
      'codes-off': 'This platform does not allow a second proof. Talk to your co-op.',
      'codes-paused': 'Too many wrong codes: try again in a quarter of an hour.',
      'codes-unset': 'No app is in place. Reload the page.',
      'collector-unknown': 'Nobody of this name collects in your operations. Reload the page.',
      'confirmation-refused': 'This link is no longer good. Ask for the change of address again.',
      'consent-changed': 'A recorded consent is not changed. Withdraw it, then give another one.',
      'consent-empty': 'This consent would end before it begins. Choose a later last day.',
      'consent-too-long': 'A consent holds for three years at most. Choose an earlier last day.',
      'consent-unknown': 'We find no such consent. Reload the page to see those that hold.',
      'credentials-refused': 'This address and this password do not belong together.',
      'day-not-allocated':
        'This day is not shared out yet: not all of its measures have come. They come one or two days later as a rule.',
      'document-lost':
        'This document is no longer in our files. Tell your co-op: it can bring it back.',
      'document-unknown':
        'There is no such document, or it is not for you. Go back to your documents.',
      'erasure-executed': 'The erasure is done: nothing comes back. Reload the page.',
      'erasure-unknown': 'No erasure was asked for: there is nothing to withdraw. Reload the page.',
      'file-gone': 'This file is no longer there. Tell your organiser.',
      'files-unavailable': 'Files cannot be reached. Try again in some minutes.',
      'foreign-origin': 'Log in at the usual address of your co-op.',
      gateway: 'The platform is much in demand. Try again in a few seconds.',
      'gathering-over': 'This gathering is over, or was called off.',
      'gathering-unknown':
        'There is no such gathering, or it is not for you. Go back to the list of gatherings.',
      'holder-unknown': 'Nobody has this code in this vote. Check each letter.',
      'iban-invalid':
        'This IBAN is not right, or its account is outside SEPA. Compare it with what your bank tells.',
      'invitation-refused': 'This invitation is no longer good. Ask for another one.',
      'invoice-not-found': 'We find no such invoice. Go back to the list of your invoices.',
      'key-unknown': 'There is no such sharing key, or no longer. Go back to the one in force.',
      'leave-request-unknown':
        'You have not asked to leave with this point: there is nothing to take back. Reload the page.',
      'leaving-already': 'It is recorded already that you leave. Reload the page.',
      'link-refused': 'This link is no longer good. Ask for another one.',
      'log-in-paused': ({ retry_after_s }) =>
        `Too many tries: try again in ${retry_after_s} seconds. Where you are logged in, you stay so.`,
      'login-elsewhere': 'Your co-op logs you in by another service: ask it by which.',
      'mandate-request-answered':
        'Your request was accepted already: the mandate is in force. To stop it, write to your co-op.',
      'mandate-request-unknown': 'This request is no longer there. Reload the page.',
      'mandate-request-waiting':
        'Another request waits for its answer already. Withdraw it first, or wait.',
      'mandate-text-changed':
        'The text of the mandate has changed. Read it again, and tick the box again.',
      'mandate-unknown':
        'We find no such direct debit mandate. Reload the page, or ask your co-op.',
      'member-unknown': 'The co-op finds no such member. If it is you, write to it.',
      'month-malformed': 'There is no such month. Choose another one.',
      'no-capital-shares': 'You hold no shares today: there is nothing to certify.',
      'no-seat-for-guests': 'There are not enough seats left for your guests. You keep yours.',
      'nobody-to-ask':
        'Nobody can get your question here. Write to your co-op, as your contract says.',
      'not-invited': 'This gathering is for others: you can read it, but not reply.',
      'notification-unknown': 'This notification is no longer there. Reload the page.',
      'operation-unknown': 'There is no such operation, or no longer.',
      'organiser-unknown':
        'We find no such organiser. Check the link, or go back to the operation.',
      'participation-unknown': 'This point does not take part in this operation.',
      'password-wrong': 'That is not your password of now. Try again, or ask for a link by e-mail.',
      'point-not-consuming':
        'This point does not consume in this operation: there is nothing to show. Choose another one.',
      'point-not-taking-part': 'This meter took no part in the operation on that day.',
      'point-not-theirs': 'This point is not yours.',
      'point-unknown': 'No operation knows this point. If it is yours, write to your co-op.',
      'poll-not-open': 'This vote is not open at the moment.',
      'poll-unknown': 'There is no such vote, or it is not for you. Go back to the list of votes.',
      'presentation-unknown': 'This operation is not shown to the public, or no longer.',
      'preview-unknown':
        'This sharing key was not tried on past months: ask your organiser for it.',
      'proof-missing':
        'To give somebody else’s consent, what they signed is needed. They can give it here themselves.',
      'proxy-chained':
        'A vote that was given is not passed on: choose somebody who votes in person.',
      'proxy-limit': 'This person has as many votes as the statutes allow. Choose somebody else.',
      'proxy-stands': 'Somebody else votes for you. Take your vote back first.',
      'proxy-used': 'This vote was cast already: it can be neither given nor taken back.',
      'reference-offer-unknown':
        'This offer does not hold on that day. Reload the page, or enter your prices.',
      'replies-closed': 'It is too late to sign up. You may still say that you do not come.',
      'request-too-large': 'That is too long. Shorten your text.',
      'request-unknown':
        'We find no such request. Check that the link is whole, with what follows the sign #.',
      'session-unknown': 'This device is logged out already. Reload the page.',
      'sign-up-link-refused':
        'This link is no longer good: it was used, or its three days are over. Ask once more.',
      'signature-unfit':
        'This document can no longer be signed or declined. Reload the page to see how it stands.',
      'supplier-offer-invalid': ({ field }) =>
        OFFER_FIELDS.en[String(field)] ?? 'These prices do not go together: check them.',
      'too-many-calendar-feeds': 'You have ten calendar addresses: withdraw one of them first.',
      'too-many-email-changes': 'Three links were sent within a day already. Try again tomorrow.',
      'too-many-log-ins': 'Many people log in just now. Try again in a moment.',
      'too-many-questions-today':
        'You have asked five questions today. Send this one tomorrow: keep your text.',
      'too-many-requests-today':
        'Many requests came today. Send yours again tomorrow: keep your text.',
      'version-outdated': 'There is a new version. Reload the page, and read that one.',
      'version-unknown':
        'The document has no such version. Reload the page, and open the newest one.',
      'voter-unknown': 'This person is not on the roll of this vote.',
    },
    byStatus: {
      401: 'Your session is over: log in again.',
      403: 'This page is somebody else’s: you may not see it.',
      404: 'There is no such thing, or no longer. Check the link, or go back to your month.',
      409: 'That cannot be done as things stand. Reload the page to see what has changed.',
      413: 'That is too large. Send less at a time.',
      415: 'This kind of file is not accepted. Try another one.',
      422: 'Something is not filled in as expected. Check it and try again.',
      429: 'The platform is much in demand. Try again in a few seconds.',
      501: 'This platform is not equipped for that. Ask your co-op.',
      503: 'The platform is much in demand. Try again in a few seconds.',
    },
    unknown: 'The platform did not answer as it should. Try again in a moment.',
    offline: 'No answer. Check your connection to the internet and try again.',
    quote: (id) => `If it happens again, give your co-op this number: ${id}`,
  },
);
