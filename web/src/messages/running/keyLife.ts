import { both } from '../../words/language';
import { counted } from '../../words/numbers';

export const keyLifeWords = both(
  {
    rule: 'Ce qu’elle dit',
    parts: 'La part de chacun',
    member: 'Membre',
    part: 'Part de la production',
    rank: (rank: number) => `Rang ${rank}`,
    weighted: (name: string, weight: string) => `${name} (poids ${weight})`,
    nobody: 'personne',
    always: 'À toute heure',
    otherwise: 'Sinon',
    rest: (share: string) =>
      `Les parts font ${share} en tout. Ce que personne ne prend est vendu comme surplus.`,
    unknown: (names: string) =>
      `Elle nomme des points qui ne participent pas pendant ses jours : ${names}. Leurs parts resteraient aux producteurs, et elle ne peut pas être approuvée ainsi. Modifiez-la.`,
    life: 'Où elle en est',
    drafted: 'Brouillon',
    draftedOn: (day: string) => `écrit le ${day}`,
    vote: 'Vote des membres',
    noVote: 'pas de vote',
    announced: (day: string) => `commence le ${day}`,
    open: (until: string, voted: number, voters: number) =>
      `ouvert jusqu’au ${until}. ${counted.fr(voted, 'membre a voté', 'membres ont voté')} sur ${voters}`,
    counting: 'les bulletins se comptent',
    yes: 'les membres l’ont adoptée',
    no: 'les membres ne l’ont pas adoptée',
    toPoll: 'Voir le vote',
    approved: 'Approbation',
    byPoll: (day: string) => `par le vote des membres, le ${day}`,
    byYou: (day: string) => `par vous, le ${day}`,
    byOther: (day: string) => `par un autre compte, le ${day}`,
    declared: 'Déclaration au gestionnaire de réseau',
    declaredOn: (day: string) => `faite le ${day}`,
    active: 'Mise en vigueur',
    activeFrom: (day: string) => `décidée : elle partage à partir du ${day}`,
    notYet: 'pas encore',
    step: {
      vote: 'À faire : faire voter les membres',
      approve: 'À faire : l’approuver',
      declare: 'À faire : la déclarer au gestionnaire de réseau',
      activate: 'À faire : la mettre en vigueur',
    },
    voteHelp:
      'Chaque membre verra, avant de voter, ce que cette clé lui aurait donné pendant ses douze derniers mois. Si elle est adoptée, elle est approuvée d’elle-même.',
    toVote: 'Préparer le vote',
    voteAgain: 'Refaire un vote',
    changed:
      'Les membres ont dit oui, mais le brouillon a été modifié après l’ouverture du vote : ce n’est plus la clé qu’ils ont adoptée. Faites-les voter sur celle-ci.',
    arriving: 'Les membres ont dit oui : la clé est approuvée dans un instant.',
    waitsForPoints:
      'Les membres ont dit oui, mais elle nomme des points qui ne participent pas encore : elle sera approuvée d’elle-même quand ils participeront.',
    withoutVote: 'L’approuver sans vote',
    approveHelp:
      'Une clé approuvée ne change plus : ni sa règle, ni ses jours. Vos statuts disent si les membres doivent voter.',
    mayApprove: 'J’ai le droit d’approuver cette clé',
    approve: 'Approuver',
    declareHelp: (notice: number, earliest: string) =>
      `Écrivez au gestionnaire de réseau, puis notez ici quel jour. Il demande ${counted.fr(notice, 'jour', 'jours')} de préavis : déclarée aujourd’hui, une clé commence au plus tôt le ${earliest}.`,
    declaredDay: 'Déclarée le',
    isDeclared: 'Le gestionnaire de réseau a reçu la déclaration',
    declare: 'Noter la déclaration',
    tooSoon: (from: string, earliest: string) =>
      `Elle commence le ${from}, et le préavis ne permet pas d’avant le ${earliest}.`,
    mend: {
      draft: 'Changez ses jours avant de la faire voter.',
      approved: 'Si elle n’a pas été déclarée plus tôt, retirez-la et écrivez-en une autre.',
      declared: 'Elle ne peut pas entrer en vigueur ainsi : écrivez une autre clé.',
    } as Record<string, string>,
    activateHelp: (from: string, before: string | null) =>
      `À partir du ${from}, l’électricité est partagée selon elle.${before ? ` «\u00a0${before}\u00a0» s’arrête ce jour-là.` : ''} Les jours déjà répartis qu’elle change sont refaits. Cela ne se défait pas : on change de clé par une autre.`,
    isChecked: 'J’ai vérifié la règle et les jours',
    activate: 'Mettre en vigueur',
    edit: 'Modifier ce brouillon',
    editVoting:
      'Un vote est ouvert sur ce brouillon. Si vous le modifiez ou le supprimez, le vote ne pourra plus l’adopter.',
    withdraw: 'Supprimer',
    withdrawHelp: 'La clé disparaît. Rien d’autre ne change.',
    isUnwanted: 'Nous n’en voulons plus',
  },
  {
    rule: 'What it says',
    parts: 'The part of each one',
    member: 'Member',
    part: 'Part of the production',
    rank: (rank) => `Rank ${rank}`,
    weighted: (name, weight) => `${name} (weight ${weight})`,
    nobody: 'nobody',
    always: 'At all times',
    otherwise: 'Otherwise',
    rest: (share) => `The parts come to ${share} in all. What nobody takes is sold as surplus.`,
    unknown: (names) =>
      `It names points that take no part during its days: ${names}. Their parts would stay with the producers, and it cannot be approved like this. Change it.`,
    life: 'How far it has come',
    drafted: 'Draft',
    draftedOn: (day) => `written on ${day}`,
    vote: 'Vote of the members',
    noVote: 'no vote',
    announced: (day) => `begins on ${day}`,
    open: (until, voted, voters) =>
      `open until ${until}. ${counted.en(voted, 'member has voted', 'members have voted')} of ${voters}`,
    counting: 'ballots are being counted',
    yes: 'the members adopted it',
    no: 'the members did not adopt it',
    toPoll: 'See the vote',
    approved: 'Approval',
    byPoll: (day) => `by the members’ vote, on ${day}`,
    byYou: (day) => `by you, on ${day}`,
    byOther: (day) => `by another account, on ${day}`,
    declared: 'Declaration to the grid operator',
    declaredOn: (day) => `made on ${day}`,
    active: 'Put in force',
    activeFrom: (day) => `decided: it shares from ${day} on`,
    notYet: 'not yet',
    step: {
      vote: 'To do: have the members vote',
      approve: 'To do: approve it',
      declare: 'To do: declare it to the grid operator',
      activate: 'To do: put it in force',
    },
    voteHelp:
      'Before voting, each member sees what this key would have given them over their last twelve months. If it is adopted, it is approved by itself.',
    toVote: 'Prepare the vote',
    voteAgain: 'Hold another vote',
    changed:
      'The members said yes, but the draft was changed after the vote was opened: it is no longer the key that they adopted. Have them vote on this one.',
    arriving: 'The members said yes: the key is approved in a moment.',
    waitsForPoints:
      'The members said yes, but it names points that take no part yet: it is approved by itself once they do.',
    withoutVote: 'Approve it without a vote',
    approveHelp:
      'An approved key does not change any more: neither its rule nor its days. Your statutes say whether members have to vote.',
    mayApprove: 'I have the right to approve this key',
    approve: 'Approve',
    declareHelp: (notice, earliest) =>
      `Write to the grid operator, then note the day here. It takes a notice of ${counted.en(notice, 'day', 'days')}: declared today, a key begins on ${earliest} at the earliest.`,
    declaredDay: 'Declared on',
    isDeclared: 'The grid operator has received the declaration',
    declare: 'Note the declaration',
    tooSoon: (from, earliest) =>
      `It begins on ${from}, and the notice allows no day before ${earliest}.`,
    mend: {
      draft: 'Change its days before you have members vote.',
      approved: 'Unless it was declared earlier, withdraw it and write another one.',
      declared: 'It cannot be put in force like this: write another key.',
    },
    activateHelp: (from, before) =>
      `From ${from} on, electricity is shared by it.${before ? ` “${before}” ends that day.` : ''} Days that were shared out and that it changes are made anew. This is not taken back: one changes keys by another one.`,
    isChecked: 'I have checked the rule and the days',
    activate: 'Put in force',
    edit: 'Change this draft',
    editVoting:
      'A vote is open on this draft. If you change or delete it, the vote cannot adopt it any more.',
    withdraw: 'Delete',
    withdrawHelp: 'The key is gone. Nothing else changes.',
    isUnwanted: 'We do not want it any more',
  },
);
