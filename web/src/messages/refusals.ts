import { both } from '../words/language';

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
      'ballot-final':
        'Ce bulletin est déjà déposé et ne peut plus changer. Ce n’était pas vous ? Prévenez la coopérative avant la fin du vote.',
      'challenge-not-open': 'On ne peut plus participer à ce défi.',
      'choice-unfit': 'Ce bulletin ne convient pas à ce vote. Vérifiez vos choix et réessayez.',
      'gathering-over': 'Cette rencontre est passée ou annulée.',
      'holder-unknown': 'Personne n’a ce code dans ce vote. Vérifiez chaque lettre.',
      'no-seat-for-guests':
        'Il ne reste pas assez de places pour vos invités. Vous gardez les vôtres.',
      'not-invited':
        'Cette rencontre a d’autres invités : vous pouvez la lire, mais pas y répondre.',
      'poll-not-open': 'Ce vote n’est pas ouvert en ce moment.',
      'proxy-chained':
        'Une voix confiée ne se transmet pas : choisissez quelqu’un qui vote en personne.',
      'proxy-limit':
        'Cette personne a déjà autant de voix que les statuts permettent. Choisissez-en une autre.',
      'proxy-stands': 'Quelqu’un d’autre vote pour vous. Reprenez d’abord votre voix.',
      'proxy-used': 'Cette voix a déjà voté : elle ne peut plus être confiée ni reprise.',
      'replies-closed':
        'Il est trop tard pour s’inscrire. Vous pouvez encore dire que vous ne venez pas.',
      'too-many-calendar-feeds': 'Vous avez dix adresses d’agenda : retirez-en une d’abord.',
      'voter-unknown': 'Cette personne n’est pas sur la liste de ce vote.',
      'code-wanted': 'Encore une étape : le code de votre application d’authentification.',
      'code-refused': 'Ce code n’est pas le bon. Attendez le suivant et réessayez.',
      'codes-paused': 'Trop de codes erronés : réessayez dans un quart d’heure.',
      'credentials-refused': 'Cette adresse et ce mot de passe ne vont pas ensemble.',
      'day-not-allocated':
        'Ce jour n’est pas encore réparti : ses mesures ne sont pas toutes arrivées. Elles arrivent en général un ou deux jours après.',
      'point-not-taking-part': 'Ce compteur ne participait pas à l’opération ce jour-là.',
      'foreign-origin': 'Connectez-vous à l’adresse habituelle de votre coopérative.',
      gateway: 'La plateforme est très demandée. Réessayez dans quelques secondes.',
      'invitation-refused': 'Cette invitation n’est plus valable. Demandez-en une autre.',
      'link-refused': 'Ce lien n’est plus valable. Demandez-en un autre.',
      'log-in-paused': ({ retry_after_s }) =>
        `Trop d’essais : réessayez dans ${retry_after_s} secondes. Là où vous êtes connecté, vous le restez.`,
      'login-elsewhere':
        'Votre coopérative vous connecte par un autre service : demandez-lui lequel.',
      'operation-unknown': 'Cette opération n’existe pas, ou plus.',
      'presentation-unknown': 'Cette opération ne se présente pas au public, ou plus.',
      'request-too-large': 'C’est trop long. Raccourcissez votre texte.',
      'request-unknown':
        'Nous ne trouvons pas cette demande. Vérifiez que le lien est entier, avec ce qui suit le signe #.',
      'sign-up-link-refused':
        'Ce lien n’est plus valable : il a servi, ou ses trois jours sont passés. Refaites votre demande.',
      'too-many-requests-today':
        'Beaucoup de demandes sont arrivées aujourd’hui. Renvoyez la vôtre demain : gardez votre texte.',
      'too-many-log-ins':
        'Beaucoup de personnes se connectent en ce moment. Réessayez dans un instant.',
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
      'ballot-final':
        'This ballot is cast already and cannot be changed. Was it not you? Tell your co-op before the vote ends.',
      'challenge-not-open': 'Nobody can join this challenge any more.',
      'choice-unfit': 'This ballot does not fit the vote. Check your choices and try again.',
      'gathering-over': 'This gathering is over, or was called off.',
      'holder-unknown': 'Nobody has this code in this vote. Check each letter.',
      'no-seat-for-guests': 'There are not enough seats left for your guests. You keep yours.',
      'not-invited': 'This gathering is for others: you can read it, but not reply.',
      'poll-not-open': 'This vote is not open at the moment.',
      'proxy-chained':
        'A vote that was given is not passed on: choose somebody who votes in person.',
      'proxy-limit': 'This person has as many votes as the statutes allow. Choose somebody else.',
      'proxy-stands': 'Somebody else votes for you. Take your vote back first.',
      'proxy-used': 'This vote was cast already: it can be neither given nor taken back.',
      'replies-closed': 'It is too late to sign up. You may still say that you do not come.',
      'too-many-calendar-feeds': 'You have ten calendar addresses: withdraw one of them first.',
      'voter-unknown': 'This person is not on the roll of this vote.',
      'code-wanted': 'One more step: the code of your authenticator app.',
      'code-refused': 'That is not the code. Wait for the next one and try again.',
      'codes-paused': 'Too many wrong codes: try again in a quarter of an hour.',
      'credentials-refused': 'This address and this password do not belong together.',
      'day-not-allocated':
        'This day is not shared out yet: not all of its measures have come. They come one or two days later as a rule.',
      'point-not-taking-part': 'This meter took no part in the operation on that day.',
      'foreign-origin': 'Log in at the usual address of your co-op.',
      gateway: 'The platform is much in demand. Try again in a few seconds.',
      'invitation-refused': 'This invitation is no longer good. Ask for another one.',
      'link-refused': 'This link is no longer good. Ask for another one.',
      'log-in-paused': ({ retry_after_s }) =>
        `Too many tries: try again in ${retry_after_s} seconds. Where you are logged in, you stay so.`,
      'login-elsewhere': 'Your co-op logs you in by another service: ask it by which.',
      'operation-unknown': 'There is no such operation, or no longer.',
      'presentation-unknown': 'This operation is not shown to the public, or no longer.',
      'request-too-large': 'That is too long. Shorten your text.',
      'request-unknown':
        'We find no such request. Check that the link is whole, with what follows the sign #.',
      'sign-up-link-refused':
        'This link is no longer good: it was used, or its three days are over. Ask once more.',
      'too-many-requests-today':
        'Many requests came today. Send yours again tomorrow: keep your text.',
      'too-many-log-ins': 'Many people log in just now. Try again in a moment.',
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
