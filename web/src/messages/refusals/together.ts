import { both } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of what members do together: votes, gatherings, news, questions. */
export const togetherRefusals = both<BySlug>(
  {
    'answer-address-missing':
      'Nous n’avons pas d’adresse e-mail où vous répondre. Ajoutez la vôtre sous « Moi », Contact et langue.',
    'article-unknown':
      'Cette nouvelle n’existe pas, ou n’est plus publiée. Revenez à la liste des nouvelles.',
    'attendance-unknown':
      'Cette personne n’est pas notée présente. Rechargez la page pour voir la liste.',
    'ballot-final':
      'Ce bulletin est déjà déposé et ne peut plus changer. Ce n’était pas vous ? Prévenez la coopérative avant la fin du vote.',
    'ballots-hidden':
      'Les bulletins se voient une fois le résultat scellé. Revenez après la fin du vote.',
    'calendar-feed-unknown': 'Cette adresse d’agenda est déjà retirée. Rechargez la page.',
    'challenge-not-open': 'On ne peut plus participer à ce défi.',
    'challenge-unknown':
      'Ce défi n’existe pas, ou n’est pas pour vous. Revenez à la page Ensemble.',
    'channel-not-offered':
      'Ce message ne peut pas être coupé, ou pas envoyé par ce moyen. Choisissez-en un autre.',
    'choice-unfit': 'Ce bulletin ne convient pas à ce vote. Vérifiez vos choix et réessayez.',
    'gathering-not-announced':
      'Cette rencontre n’est pas encore annoncée : personne n’y est invité. Revenez plus tard.',
    'gathering-not-begun':
      'Cette rencontre n’a pas encore commencé. Notez cela une fois qu’elle aura lieu.',
    'gathering-over': 'Cette rencontre est passée ou annulée.',
    'gathering-unknown':
      'Cette rencontre n’existe pas, ou n’est pas pour vous. Revenez à la liste des rencontres.',
    'holder-unknown': 'Personne n’a ce code dans ce vote. Vérifiez chaque lettre.',
    'material-elsewhere':
      'Ce document est celui d’une autre rencontre. Rechargez la page, puis ajoutez-le de nouveau.',
    'material-has-file':
      'Un document est un lien ou un fichier, pas les deux. Retirez-le, puis ajoutez-en un autre.',
    'material-is-link': 'Ce document est un lien, sans fichier : ouvrez son adresse.',
    'material-unknown': 'Ce document n’existe pas, ou plus. Rechargez la page de la rencontre.',
    'media-type-unknown':
      'Ce fichier n’est pas d’un genre accepté. Envoyez un PDF, un document ODT ou DOCX, ou une image PNG ou JPEG.',
    'minutes-outdated':
      'Quelqu’un a modifié le compte rendu entre-temps. Gardez votre texte, rechargez la page et reprenez à partir du dernier.',
    'minutes-published':
      'Ce compte rendu est publié et ne change plus. Écrivez une nouvelle version.',
    'minutes-unknown': 'Cette rencontre n’a pas cette version du compte rendu. Rechargez la page.',
    'no-seat-for-guests':
      'Il ne reste pas assez de places pour vos invités. Vous gardez les vôtres.',
    'nobody-to-ask':
      'Personne ne peut recevoir votre question ici. Écrivez à votre coopérative, comme sur votre contrat.',
    'not-entered':
      'Ce compteur ne participe pas à ce défi : il n’y a rien à retirer. Rechargez la page.',
    'not-invited': 'Cette rencontre a d’autres invités : vous pouvez la lire, mais pas y répondre.',
    'notification-unknown': 'Cette notification n’existe plus. Rechargez la page.',
    'organiser-unknown':
      'Nous ne trouvons pas cet organisateur. Vérifiez le lien, ou revenez à l’opération.',
    'poll-not-counted':
      'Le résultat n’est pas encore là : il est scellé peu après la fin du vote. Revenez un peu plus tard.',
    'poll-not-open': 'Ce vote n’est pas ouvert en ce moment.',
    'poll-unknown': 'Ce vote n’existe pas, ou n’est pas pour vous. Revenez à la liste des votes.',
    'proxy-chained':
      'Une voix confiée ne se transmet pas : choisissez quelqu’un qui vote en personne.',
    'proxy-limit':
      'Cette personne a déjà autant de voix que les statuts permettent. Choisissez-en une autre.',
    'proxy-stands': 'Quelqu’un d’autre vote pour vous. Reprenez d’abord votre voix.',
    'proxy-used': 'Cette voix a déjà voté : elle ne peut plus être confiée ni reprise.',
    'replies-closed':
      'Il est trop tard pour s’inscrire. Vous pouvez encore dire que vous ne venez pas.',
    'reply-unfit': ({ max_guests }) =>
      `Invités : ${max_guests} au plus, et seulement si vous venez. Corrigez votre réponse.`,
    'too-many-calendar-feeds': 'Vous avez dix adresses d’agenda : retirez-en une d’abord.',
    'too-many-materials': 'Cette rencontre a déjà 50 documents. Retirez-en un d’abord.',
    'too-many-questions-today':
      'Vous avez posé cinq questions aujourd’hui. Envoyez celle-ci demain : gardez votre texte.',
    'voter-unknown': 'Cette personne n’est pas sur la liste de ce vote.',
  },
  {
    'answer-address-missing':
      'We have no e-mail address to answer you at. Add yours under “Me”, Contact and language.',
    'article-unknown':
      'There is no such article, or it is no longer published. Go back to the list of news.',
    'attendance-unknown': 'This person is not noted as present. Reload the page to see the list.',
    'ballot-final':
      'This ballot is cast already and cannot be changed. Was it not you? Tell your co-op before the vote ends.',
    'ballots-hidden':
      'Ballots are shown once the result is sealed. Come back after the vote has ended.',
    'calendar-feed-unknown': 'This calendar address is withdrawn already. Reload the page.',
    'challenge-not-open': 'Nobody can join this challenge any more.',
    'challenge-unknown':
      'There is no such challenge, or it is not for you. Go back to the page Together.',
    'channel-not-offered':
      'This message cannot be turned off, or not be sent that way. Choose another one.',
    'choice-unfit': 'This ballot does not fit the vote. Check your choices and try again.',
    'gathering-not-announced':
      'This gathering is not announced yet: nobody is invited. Come back later.',
    'gathering-not-begun': 'This gathering has not begun yet. Note that once it takes place.',
    'gathering-over': 'This gathering is over, or was called off.',
    'gathering-unknown':
      'There is no such gathering, or it is not for you. Go back to the list of gatherings.',
    'holder-unknown': 'Nobody has this code in this vote. Check each letter.',
    'material-elsewhere':
      'This material is that of another gathering. Reload the page, then add it again.',
    'material-has-file':
      'A material is a link or a file, not both. Remove it, then add another one.',
    'material-is-link': 'This material is a link, without a file: open its address.',
    'material-unknown':
      'There is no such material, or no longer. Reload the page of the gathering.',
    'media-type-unknown':
      'This kind of file is not accepted. Send a PDF, an ODT or DOCX document, or a PNG or JPEG picture.',
    'minutes-outdated':
      'Somebody has changed the minutes meanwhile. Keep your text, reload the page and go on from the newest.',
    'minutes-published': 'These minutes are published and stay as they are. Write a new version.',
    'minutes-unknown': 'The gathering has no such version of its minutes. Reload the page.',
    'no-seat-for-guests': 'There are not enough seats left for your guests. You keep yours.',
    'nobody-to-ask':
      'Nobody can get your question here. Write to your co-op, as your contract says.',
    'not-entered':
      'This meter takes no part in the challenge: there is nothing to withdraw. Reload the page.',
    'not-invited': 'This gathering is for others: you can read it, but not reply.',
    'notification-unknown': 'This notification is no longer there. Reload the page.',
    'organiser-unknown': 'We find no such organiser. Check the link, or go back to the operation.',
    'poll-not-counted':
      'There is no result yet: it is sealed soon after the vote has ended. Come back a little later.',
    'poll-not-open': 'This vote is not open at the moment.',
    'poll-unknown': 'There is no such vote, or it is not for you. Go back to the list of votes.',
    'proxy-chained': 'A vote that was given is not passed on: choose somebody who votes in person.',
    'proxy-limit': 'This person has as many votes as the statutes allow. Choose somebody else.',
    'proxy-stands': 'Somebody else votes for you. Take your vote back first.',
    'proxy-used': 'This vote was cast already: it can be neither given nor taken back.',
    'replies-closed': 'It is too late to sign up. You may still say that you do not come.',
    'reply-unfit': ({ max_guests }) =>
      `Guests: ${max_guests} at most, and only if you come. Correct your reply.`,
    'too-many-calendar-feeds': 'You have ten calendar addresses: withdraw one of them first.',
    'too-many-materials': 'The gathering has 50 materials already. Remove one of them first.',
    'too-many-questions-today':
      'You have asked five questions today. Send this one tomorrow: keep your text.',
    'voter-unknown': 'This person is not on the roll of this vote.',
  },
);
