import { both } from '../../words/language';
import { counted } from '../../words/numbers';

export const keyVoteWords = both(
  {
    title: 'Faire voter les membres',
    onKey: (key: string) => `Le vote porte sur la clé «\u00a0${key}\u00a0».`,
    question: 'La question',
    questionFor: (key: string) => `Adopter la clé « ${key} » ?`,
    description: 'Explications',
    descriptionHelp: 'Pourquoi changer, et pour qui. Les membres le lisent au-dessus du bulletin.',
    yes: 'Oui, l’adopter',
    no: 'Non, garder celle d’aujourd’hui',
    last: 'Dernier jour du vote',
    lastHelp: 'Inclus. Le vote commence dès que vous l’ouvrez.',
    statutes: 'Selon vos statuts : secret, quorum, procurations',
    mode: 'Qui voit les bulletins',
    modes: {
      secret: 'Personne : le vote est secret',
      revealed_at_close: 'Les membres, une fois le vote terminé',
      open: 'Les membres, tout de suite',
    },
    quorum: 'Pour que le vote compte, il faut que votent',
    quorums: {
      none: 'pas de minimum',
      '1/3': 'au moins un tiers des membres',
      '1/2': 'au moins la moitié des membres',
      '2/3': 'au moins les deux tiers des membres',
    },
    proxies: 'Procurations qu’un membre peut porter',
    summary: (voters: number, last: string) =>
      `${counted.fr(voters, 'membre peut voter', 'membres peuvent voter')}, une voix chacun, jusqu’au ${last} inclus. Chacun reçoit un message, et voit avant de voter ce que cette clé lui aurait donné. Si «\u00a0oui\u00a0» l’emporte, la clé est approuvée d’elle-même.`,
    fixed:
      'Une fois le vote ouvert, la question ne change plus, et la clé non plus si le vote doit l’adopter.',
    checked: 'J’ai relu la question et la clé',
    open: 'Ouvrir le vote',
    notNow: 'Cette clé n’est plus un brouillon : il n’y a plus à voter.',
    running: 'Un vote est déjà ouvert sur cette clé.',
    toPoll: 'Voir le vote',
    toKey: 'Relire la clé',
  },
  {
    title: 'Have the members vote',
    onKey: (key) => `The vote is about the key “${key}”.`,
    question: 'The question',
    questionFor: (key) => `Adopt the key “${key}”?`,
    description: 'Explanations',
    descriptionHelp: 'Why change, and for whom. Members read it above the ballot.',
    yes: 'Yes, adopt it',
    no: 'No, keep today’s key',
    last: 'Last day of the vote',
    lastHelp: 'Included. Voting begins as soon as you open it.',
    statutes: 'By your statutes: secrecy, quorum, proxies',
    mode: 'Who sees the ballots',
    modes: {
      secret: 'Nobody: the vote is secret',
      revealed_at_close: 'Members, once the vote is over',
      open: 'Members, at once',
    },
    quorum: 'For the vote to count, there have to vote',
    quorums: {
      none: 'no minimum',
      '1/3': 'a third of the members at least',
      '1/2': 'half of the members at least',
      '2/3': 'two thirds of the members at least',
    },
    proxies: 'Proxies that a member may hold',
    summary: (voters, last) =>
      `${counted.en(voters, 'member may vote', 'members may vote')}, with one vote each, until ${last} included. Each one gets a message, and sees before voting what this key would have given them. If “yes” wins, the key is approved by itself.`,
    fixed:
      'Once the vote is open, the question does not change any more, nor may the key if the vote is to adopt it.',
    checked: 'I have reviewed the question and the key',
    open: 'Open the vote',
    notNow: 'This key is no draft any more: there is nothing to vote on.',
    running: 'A vote is open on this key already.',
    toPoll: 'See the vote',
    toKey: 'Read the key again',
  },
);
