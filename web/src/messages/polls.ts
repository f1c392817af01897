import { both } from '../words/language';

/** Of a vote: when, how it is counted, who has voted. */
export const pollWords = both(
  {
    states: {
      draft: () => 'Brouillon : pas encore ouvert.',
      announced: (opens: string) => `Le vote ouvre le ${opens}.`,
      open: (_opens: string, closes: string) => `Vote ouvert jusqu’au ${closes}.`,
      counting: () => 'Le vote est terminé. Le résultat arrive dans quelques secondes.',
      closed: (_opens: string, closes: string) => `Vote terminé le ${closes}.`,
      cancelled: () => 'Ce vote a été annulé.',
    },
    cancelledReason: (reason: string) => `Raison : ${reason}`,
    consequence: 'Ce que cela change',
    adopts: {
      option: (label: string) => `Adopté si « ${label} » arrive seul en tête.`,
      any: 'L’option qui arrive seule en tête l’emporte. À égalité, rien n’est décidé.',
      consent: 'Adopté si au moins une personne consent et si personne n’a d’objection.',
    },
    adoptsKey:
      'La nouvelle clé de répartition, qui dit comment l’électricité locale est partagée, est alors approuvée. Elle s’applique une fois déclarée au gestionnaire du réseau.',
    quorumRule: (needed: number) =>
      needed > 1 ? `Il faut au moins ${needed} votants.` : 'Il faut au moins un votant.',
    quorumRuleWeight: (needed: number) =>
      needed > 1
        ? `Il faut au moins ${needed} voix exprimées.`
        : 'Il faut au moins une voix exprimée.',
    modes: {
      secret:
        'Vote secret : personne ne sait qui a choisi quoi. Un bulletin déposé ne change plus.',
      open: 'Vote public : votre choix se voit aussitôt avec votre nom. Vous pouvez en changer jusqu’à la fin.',
      revealed_at_close:
        'Votre choix sera montré avec votre nom à la fin du vote. D’ici là, vous pouvez en changer.',
    },
    modesOver: {
      secret: 'Vote secret : personne ne sait qui a choisi quoi.',
      open: 'Vote public : chaque choix est montré avec le nom.',
      revealed_at_close: 'Le vote terminé, chaque choix est montré avec le nom.',
    },
    toBallot: 'Aller au bulletin',
    how: 'Comment on compte ?',
    methods: {
      simple: 'Une option par bulletin ; celle qui a le plus de voix arrive en tête.',
      multiple: 'Plusieurs options par bulletin ; celle qui a le plus de voix arrive en tête.',
      ranked:
        'On compare les options deux à deux. Celle que plus de votants préfèrent gagne le duel ; qui gagne tous ses duels arrive en tête. Si les duels tournent en rond, les victoires les plus faibles cèdent.',
      consent:
        'On demande si quelqu’un a une objection. Une objection donne sa raison, qui est publiée.',
      majority_judgement:
        'Chaque option reçoit une mention de chaque votant. La meilleure mention médiane arrive en tête : celle que la moitié des votants au moins donnent ou dépassent.',
    },
    weight: (weight: number) => `Votre vote compte pour ${weight}.`,
    turnout: 'Participation',
    voted: (voted: number, all: number) => `${voted} sur ${all} ont voté`,
    weightVoted: (voted: number, all: number) => `${voted} voix sur ${all} exprimées`,
    quorum: (needed: number) => `Quorum : ${needed}`,
    quorumMissing: (missing: number) => `encore ${missing}`,
    quorumReached: 'atteint',
    quorumFailed: 'non atteint',
  },
  {
    states: {
      draft: () => 'A draft: not opened yet.',
      announced: (opens) => `Voting opens on ${opens}.`,
      open: (_opens, closes) => `Voting is open until ${closes}.`,
      counting: () => 'Voting is over. The result comes in a few seconds.',
      closed: (_opens, closes) => `Voting ended on ${closes}.`,
      cancelled: () => 'This vote was called off.',
    },
    cancelledReason: (reason) => `Reason: ${reason}`,
    consequence: 'What it changes',
    adopts: {
      option: (label) => `Adopted if “${label}” comes first alone.`,
      any: 'The option that comes first alone wins. A tie decides nothing.',
      consent: 'Adopted if somebody consents and nobody objects.',
    },
    adoptsKey:
      'The new sharing key, which says how local electricity is shared out, is then approved. It is used once it was declared to the grid operator.',
    quorumRule: (needed) =>
      needed > 1 ? `At least ${needed} have to vote.` : 'At least one person has to vote.',
    quorumRuleWeight: (needed) =>
      needed > 1
        ? `At least ${needed} votes have to be cast.`
        : 'At least one vote has to be cast.',
    modes: {
      secret: 'Secret: nobody knows who chose what. A ballot that was cast cannot be changed.',
      open: 'Open: your choice is seen at once with your name. You may change it until the end.',
      revealed_at_close:
        'Your choice will be shown with your name once voting is over. Until then you may change it.',
    },
    modesOver: {
      secret: 'Secret: nobody knows who chose what.',
      open: 'Open: each choice is shown with its name.',
      revealed_at_close: 'Now that voting is over, each choice is shown with its name.',
    },
    toBallot: 'Go to the ballot',
    how: 'How is it counted?',
    methods: {
      simple: 'One option on each ballot; the one with most votes comes first.',
      multiple: 'Several options on each ballot; the one with most votes comes first.',
      ranked:
        'Options are compared two by two. The one that more voters prefer wins the duel; who wins all duels comes first. If duels go round in a circle, the weakest victories give way.',
      consent:
        'The question is whether anybody objects. An objection has its reason, which is published.',
      majority_judgement:
        'Each voter grades each option. The best median grade comes first: the one that at least half of the voters give or exceed.',
    },
    weight: (weight) => `Your vote counts for ${weight}.`,
    turnout: 'Turnout',
    voted: (voted, all) => `${voted} of ${all} have voted`,
    weightVoted: (voted, all) => `${voted} of ${all} votes cast`,
    quorum: (needed) => `Quorum: ${needed}`,
    quorumMissing: (missing) => `${missing} to go`,
    quorumReached: 'reached',
    quorumFailed: 'not reached',
  },
);
