import { de } from '../words/elision';
import { both } from '../words/language';

/** Of who votes for somebody else. */
export const proxyWords = both(
  {
    votedByHolder: (name: string) => `${name} a voté pour vous.`,
    proxies: 'Voter par procuration',
    giving: 'Donner ma procuration',
    receiving: 'Recevoir une procuration',
    holds: (name: string) => `${name} vote pour vous.`,
    revoke: 'Reprendre ma voix',
    cannotVote: 'Vous ne pourrez pas voter ? Un autre membre peut le faire pour vous.',
    holderCode: 'Son code pour ce vote',
    holderCodeHelp: 'Il le trouve sur cette page, et vous le donne.',
    look: 'Vérifier le code',
    isIt: (name: string) => `C’est ${name}. Cette personne votera à votre place.`,
    give: (name: string) => `Donner ma voix à ${name}`,
    ownCode: 'Pour voter à la place d’un autre membre, donnez-lui ce code :',
    holdsFor: (name: string) => `${name} vous a confié sa voix.`,
    votedFor: (name: string) => `Vous avez voté pour ${name}.`,
    decline: (name: string) => `Refuser la voix ${de(name)}`,
  },
  {
    votedByHolder: (name) => `${name} has voted for you.`,
    proxies: 'Voting by proxy',
    giving: 'Give my vote',
    receiving: 'Vote for somebody else',
    holds: (name) => `${name} votes for you.`,
    revoke: 'Take my vote back',
    cannotVote: 'You will not be able to vote? Another member can do it for you.',
    holderCode: 'Their code for this vote',
    holderCodeHelp: 'They find it on this page, and give it to you.',
    look: 'Check the code',
    isIt: (name) => `It is ${name}, who will vote in your place.`,
    give: (name) => `Give my vote to ${name}`,
    ownCode: 'To vote in the place of another member, give them this code:',
    holdsFor: (name) => `${name} has given you their vote.`,
    votedFor: (name) => `You have voted for ${name}.`,
    decline: (name) => `Decline the vote of ${name}`,
  },
);
