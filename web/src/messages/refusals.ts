import { both } from '../words/language';

/** What a refusal says of itself, beside its words. */
export type Facts = Record<string, unknown>;

type Refusals = Record<string, string | ((facts: Facts) => string)>;

/** What of a supplier's offer does not go with the rest. */
const OFFER_FIELDS = both<Record<string, string>>(
  {
    subscribed_kva:
      'La formule d’acheminement ne va pas avec cette puissance. Au-dessus de 36 kVA, choisissez une formule BTSUP, sous « Moins courant ».',
    off_peak_hours: 'Les heures creuses ne vont pas : elles manquent, ou couvrent tout le jour.',
    off_peak_percent: 'Dites quelle part de vos kWh est en heures creuses.',
  },
  {
    subscribed_kva:
      'The tariff formula does not go with this power. Above 36 kVA choose a BTSUP formula, under “Less usual”.',
    off_peak_hours: 'The off-peak hours are not right: they are missing, or cover the whole day.',
    off_peak_percent: 'Tell which part of your kWh is in off-peak hours.',
  },
);

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
      'account-unknown': 'Votre connexion est gérée ailleurs : demandez à votre coopérative.',
      'answer-address-missing':
        'Nous n’avons pas d’adresse e-mail où vous répondre. Ajoutez la vôtre sous « Moi », Contact et langue.',
      'ballot-final':
        'Ce bulletin est déjà déposé et ne peut plus changer. Ce n’était pas vous ? Prévenez la coopérative avant la fin du vote.',
      'challenge-not-open': 'On ne peut plus participer à ce défi.',
      'choice-unfit': 'Ce bulletin ne convient pas à ce vote. Vérifiez vos choix et réessayez.',
      'code-refused': 'Ce code n’est pas le bon. Attendez le suivant et réessayez.',
      'code-wanted': 'Encore une étape : le code de votre application d’authentification.',
      'code-wrong': 'Ce code n’est pas le bon. Attendez le suivant et réessayez.',
      'codes-in-use': 'Une application est déjà en place. Rechargez la page.',
      'codes-off':
        'Cette plateforme ne permet pas la double vérification. Parlez-en à votre coopérative.',
      'codes-paused': 'Trop de codes erronés : réessayez dans un quart d’heure.',
      'codes-unset': 'Aucune application n’est en place. Rechargez la page.',
      'confirmation-refused': 'Ce lien n’est plus valable. Redemandez le changement d’adresse.',
      'credentials-refused': 'Cette adresse et ce mot de passe ne vont pas ensemble.',
      'day-not-allocated':
        'Ce jour n’est pas encore réparti : ses mesures ne sont pas toutes arrivées. Elles arrivent en général un ou deux jours après.',
      'file-gone': 'Ce fichier n’est plus là. Dites-le à votre organisateur.',
      'files-unavailable': 'Les fichiers sont hors d’atteinte. Réessayez dans quelques minutes.',
      'foreign-origin': 'Connectez-vous à l’adresse habituelle de votre coopérative.',
      gateway: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
      'gathering-over': 'Cette rencontre est passée ou annulée.',
      'holder-unknown': 'Personne n’a ce code dans ce vote. Vérifiez chaque lettre.',
      'invitation-refused': 'Cette invitation n’est plus valable. Demandez-en une autre.',
      'leaving-already': 'Votre départ est déjà enregistré. Rechargez la page.',
      'link-refused': 'Ce lien n’est plus valable. Demandez-en un autre.',
      'supplier-offer-invalid': ({ field }) =>
        OFFER_FIELDS.fr[String(field)] ?? 'Ces prix ne vont pas ensemble : vérifiez-les.',
      'log-in-paused': ({ retry_after_s }) =>
        `Trop d’essais : réessayez dans ${retry_after_s} secondes. Là où vous êtes connecté, vous le restez.`,
      'login-elsewhere':
        'Votre coopérative vous connecte par un autre service : demandez-lui lequel.',
      'no-capital-shares': 'Vous ne détenez pas de parts à ce jour : il n’y a rien à attester.',
      'no-seat-for-guests':
        'Il ne reste pas assez de places pour vos invités. Vous gardez les vôtres.',
      'nobody-to-ask':
        'Personne ne peut recevoir votre question ici. Écrivez à votre coopérative, comme sur votre contrat.',
      'not-invited':
        'Cette rencontre a d’autres invités : vous pouvez la lire, mais pas y répondre.',
      'operation-unknown': 'Cette opération n’existe pas, ou plus.',
      'participation-unknown': 'Ce point ne participe pas à cette opération.',
      'password-wrong':
        'Ce n’est pas votre mot de passe actuel. Réessayez, ou demandez un lien par e-mail.',
      'point-not-taking-part': 'Ce compteur ne participait pas à l’opération ce jour-là.',
      'point-not-theirs': 'Ce point n’est pas à votre nom.',
      'poll-not-open': 'Ce vote n’est pas ouvert en ce moment.',
      'presentation-unknown': 'Cette opération ne se présente pas au public, ou plus.',
      'proxy-chained':
        'Une voix confiée ne se transmet pas : choisissez quelqu’un qui vote en personne.',
      'proxy-limit':
        'Cette personne a déjà autant de voix que les statuts permettent. Choisissez-en une autre.',
      'proxy-stands': 'Quelqu’un d’autre vote pour vous. Reprenez d’abord votre voix.',
      'proxy-used': 'Cette voix a déjà voté : elle ne peut plus être confiée ni reprise.',
      'replies-closed':
        'Il est trop tard pour s’inscrire. Vous pouvez encore dire que vous ne venez pas.',
      'request-too-large': 'C’est trop long. Raccourcissez votre texte.',
      'request-unknown':
        'Nous ne trouvons pas cette demande. Vérifiez que le lien est entier, avec ce qui suit le signe #.',
      'sign-up-link-refused':
        'Ce lien n’est plus valable : il a servi, ou ses trois jours sont passés. Refaites votre demande.',
      'too-many-calendar-feeds': 'Vous avez dix adresses d’agenda : retirez-en une d’abord.',
      'too-many-email-changes':
        'Trois adresses attendent déjà d’être confirmées. Ouvrez un de ces liens, ou réessayez demain.',
      'too-many-log-ins':
        'Beaucoup de personnes se connectent en ce moment. Réessayez dans un instant.',
      'too-many-questions-today':
        'Vous avez posé cinq questions aujourd’hui. Envoyez celle-ci demain : gardez votre texte.',
      'too-many-requests-today':
        'Beaucoup de demandes sont arrivées aujourd’hui. Renvoyez la vôtre demain : gardez votre texte.',
      'version-outdated': 'Une nouvelle version est arrivée. Rechargez la page, et lisez celle-là.',
      'voter-unknown': 'Cette personne n’est pas sur la liste de ce vote.',
    },
    byStatus: {
      401: 'Votre session est terminée : reconnectez-vous.',
      403: 'Cette page est celle de quelqu’un d’autre : vous ne pouvez pas la voir.',
      404: 'Cela n’existe pas, ou plus. Vérifiez le lien, ou revenez à votre mois.',
      409: 'Ce n’est pas possible dans l’état actuel. Rechargez la page pour voir ce qui a changé.',
      413: 'C’est trop grand. Envoyez moins à la fois.',
      422: 'Quelque chose n’est pas rempli comme attendu. Vérifiez et réessayez.',
      429: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
      503: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
    },
    unknown: 'La plateforme n’a pas répondu comme prévu. Réessayez dans un instant.',
    offline: 'Pas de réponse. Vérifiez votre connexion à Internet et réessayez.',
    quote: (id) => `Si cela recommence, donnez ce numéro à votre coopérative : ${id}`,
  },
  {
    bySlug: {
      'account-unknown': 'Your log-in is kept elsewhere: ask your co-op.',
      'answer-address-missing':
        'We have no e-mail address to answer you at. Add yours under “Me”, Contact and language.',
      'ballot-final':
        'This ballot is cast already and cannot be changed. Was it not you? Tell your co-op before the vote ends.',
      'challenge-not-open': 'Nobody can join this challenge any more.',
      'choice-unfit': 'This ballot does not fit the vote. Check your choices and try again.',
      'code-refused': 'That is not the code. Wait for the next one and try again.',
      'code-wanted': 'One more step: the code of your authenticator app.',
      'code-wrong': 'That is not the code. Wait for the next one and try again.',
      'codes-in-use': 'An app is in place already. Reload the page.',
      'codes-off': 'This platform does not allow a second proof. Talk to your co-op.',
      'codes-paused': 'Too many wrong codes: try again in a quarter of an hour.',
      'codes-unset': 'No app is in place. Reload the page.',
      'confirmation-refused': 'This link is no longer good. Ask for the change of address again.',
      'credentials-refused': 'This address and this password do not belong together.',
      'day-not-allocated':
        'This day is not shared out yet: not all of its measures have come. They come one or two days later as a rule.',
      'file-gone': 'This file is no longer there. Tell your organiser.',
      'files-unavailable': 'Files cannot be reached. Try again in some minutes.',
      'foreign-origin': 'Log in at the usual address of your co-op.',
      gateway: 'The platform is much in demand. Try again in a few seconds.',
      'gathering-over': 'This gathering is over, or was called off.',
      'holder-unknown': 'Nobody has this code in this vote. Check each letter.',
      'invitation-refused': 'This invitation is no longer good. Ask for another one.',
      'leaving-already': 'It is recorded already that you leave. Reload the page.',
      'link-refused': 'This link is no longer good. Ask for another one.',
      'supplier-offer-invalid': ({ field }) =>
        OFFER_FIELDS.en[String(field)] ?? 'These prices do not go together: check them.',
      'log-in-paused': ({ retry_after_s }) =>
        `Too many tries: try again in ${retry_after_s} seconds. Where you are logged in, you stay so.`,
      'login-elsewhere': 'Your co-op logs you in by another service: ask it by which.',
      'no-capital-shares': 'You hold no shares today: there is nothing to certify.',
      'no-seat-for-guests': 'There are not enough seats left for your guests. You keep yours.',
      'nobody-to-ask':
        'Nobody can get your question here. Write to your co-op, as your contract says.',
      'not-invited': 'This gathering is for others: you can read it, but not reply.',
      'operation-unknown': 'There is no such operation, or no longer.',
      'participation-unknown': 'This point does not take part in this operation.',
      'password-wrong': 'That is not your password of now. Try again, or ask for a link by e-mail.',
      'point-not-taking-part': 'This meter took no part in the operation on that day.',
      'point-not-theirs': 'This point is not yours.',
      'poll-not-open': 'This vote is not open at the moment.',
      'presentation-unknown': 'This operation is not shown to the public, or no longer.',
      'proxy-chained':
        'A vote that was given is not passed on: choose somebody who votes in person.',
      'proxy-limit': 'This person has as many votes as the statutes allow. Choose somebody else.',
      'proxy-stands': 'Somebody else votes for you. Take your vote back first.',
      'proxy-used': 'This vote was cast already: it can be neither given nor taken back.',
      'replies-closed': 'It is too late to sign up. You may still say that you do not come.',
      'request-too-large': 'That is too long. Shorten your text.',
      'request-unknown':
        'We find no such request. Check that the link is whole, with what follows the sign #.',
      'sign-up-link-refused':
        'This link is no longer good: it was used, or its three days are over. Ask once more.',
      'too-many-calendar-feeds': 'You have ten calendar addresses: withdraw one of them first.',
      'too-many-email-changes':
        'Three addresses wait to be confirmed already. Open one of these links, or try again tomorrow.',
      'too-many-log-ins': 'Many people log in just now. Try again in a moment.',
      'too-many-questions-today':
        'You have asked five questions today. Send this one tomorrow: keep your text.',
      'too-many-requests-today':
        'Many requests came today. Send yours again tomorrow: keep your text.',
      'version-outdated': 'There is a new version. Reload the page, and read that one.',
      'voter-unknown': 'This person is not on the roll of this vote.',
    },
    byStatus: {
      401: 'Your session is over: log in again.',
      403: 'This page is somebody else’s: you may not see it.',
      404: 'There is no such thing, or no longer. Check the link, or go back to your month.',
      409: 'That cannot be done as things stand. Reload the page to see what has changed.',
      413: 'That is too large. Send less at a time.',
      422: 'Something is not filled in as expected. Check it and try again.',
      429: 'The platform is much in demand. Try again in a few seconds.',
      503: 'The platform is much in demand. Try again in a few seconds.',
    },
    unknown: 'The platform did not answer as it should. Try again in a moment.',
    offline: 'No answer. Check your connection to the internet and try again.',
    quote: (id) => `If it happens again, give your co-op this number: ${id}`,
  },
);
