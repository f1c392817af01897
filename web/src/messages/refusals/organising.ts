import { both } from '../../words/language';
import type { BySlug } from './bySlug';

/** Of who prepares news, gatherings, votes, challenges and papers; part of those of who runs operations. */
export const organisingRefusals = both<BySlug>(
  {
    'article-not-a-draft':
      'Cette nouvelle est déjà publiée : quelqu’un l’a fait entre-temps. Retirez-la, et publiez-en une autre.',
    'article-not-published': 'Cette nouvelle n’est pas publiée, ou plus. Rechargez la page.',
    'article-withdrawn': 'Une nouvelle retirée ne revient pas. Écrivez-en une autre.',
    'capacity-taken': ({ seats_taken }) =>
      `${seats_taken} places sont déjà prises : gardez-en autant, ou demandez à quelqu’un de laisser la sienne.`,
    'challenge-ended': 'Ce défi est terminé ou annulé. Rechargez la page.',
    'challenge-not-a-draft':
      'Ce défi est déjà annoncé : il ne change plus. Annulez-le, et préparez-en un autre.',
    'challenge-unfit':
      'Ce défi se contredit. Il dure un jour au moins et trois mois au plus, un des jours cochés tombe dedans, et ses plages d’heures finissent après leur début sans se chevaucher.',
    'document-signed':
      'Ce document est signé : seuls son titre et son dernier jour changent. Pour le reste, ajoutez-en un autre.',
    'document-unfit': 'Le dernier jour est avant le premier, ou ce document n’est à personne.',
    'gathering-not-a-draft': 'Cette rencontre est déjà annoncée. Annulez-la plutôt.',
    'gathering-unfit':
      'Cette rencontre se contredit. Le début n’est pas encore passé, la fin vient après et la réponse avant lui, il faut un lieu ou un lien, des places pour qui amène du monde, et deux personnes différentes pour l’animer.',
    'poll-ended': 'Ce vote est terminé : ses bulletins sont comptés. Rechargez la page.',
    'poll-not-a-draft':
      'Ce vote est déjà ouvert : il ne change plus. Annulez-le, et préparez-en un autre.',
    'poll-unfit':
      'Ce vote se contredit. La fin vient après le début et n’est pas passée, il faut deux options au moins, chacune différente, et dire laquelle adopte s’il porte sur une clé.',
    'roll-unfit':
      'La liste des votants a changé entre-temps. Rechargez la page et donnez un poids à chacun.',
    'series-made': 'Cette série est déjà faite. Changez ses rencontres une par une.',
    'series-unfit': 'Cette répétition ne donne pas de rencontres. Choisissez-en 104 au plus.',
    'signature-unfit':
      'Cette version a déjà une suite, ou ce jour ne convient pas : pas avant l’envoi, ni après aujourd’hui. Rechargez la page.',
  },
  {
    'article-not-a-draft':
      'This article is published already: somebody did it meanwhile. Withdraw it, and publish another one.',
    'article-not-published': 'This article is not published, or no longer. Reload the page.',
    'article-withdrawn': 'A withdrawn article does not come back. Write another one.',
    'capacity-taken': ({ seats_taken }) =>
      `${seats_taken} seats are taken already: keep so many, or ask somebody to give theirs up.`,
    'challenge-ended': 'This challenge is over or was called off. Reload the page.',
    'challenge-not-a-draft':
      'This challenge is announced already and does not change. Call it off, and prepare another one.',
    'challenge-unfit':
      'This challenge contradicts itself. It lasts a day at least and three months at most, one of the ticked days is in it, and its windows end after they begin and do not overlap.',
    'document-signed':
      'This document is signed: only its title and its last day change. For the rest add another one.',
    'document-unfit': 'The last day is before the first one, or this document is nobody’s.',
    'gathering-not-a-draft': 'This gathering is announced already. Call it off instead.',
    'gathering-unfit':
      'This gathering contradicts itself. It has not begun yet, it ends after it begins and is replied to before, it needs a place or a link, seats for who brings others, and two different people to lead it.',
    'poll-ended': 'This vote is over: its ballots are counted. Reload the page.',
    'poll-not-a-draft':
      'This vote is opened already and does not change. Call it off, and prepare another one.',
    'poll-unfit':
      'This vote contradicts itself. It ends after it begins and has not ended yet, it needs two options at least, each different, and which one adopts if it is on a key.',
    'roll-unfit': 'The roll has changed meanwhile. Reload the page and give each a weight.',
    'series-made': 'This series is made already. Change its gatherings one by one.',
    'series-unfit': 'This repetition makes no gatherings. Choose 104 at most.',
    'signature-unfit':
      'This version has an outcome already, or the day does not fit: not before it was sent, nor after today. Reload the page.',
  },
);
