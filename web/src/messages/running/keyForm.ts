import { both } from '../../words/language';

export const keyFormWords = both(
  {
    titleNew: 'Écrire une clé',
    help: 'Un brouillon ne partage rien. Vous pourrez le modifier jusqu’au vote, ou jusqu’à ce qu’il soit approuvé.',
    title: 'Nom',
    titleHelp: 'Les membres le lisent quand ils votent. Par exemple : L’école d’abord.',
    from: 'Premier jour',
    fromHelp: (earliest: string) =>
      `Avec le préavis du gestionnaire de réseau : au plus tôt le ${earliest}.`,
    last: 'Dernier jour',
    lastHelp: 'Laissez vide : elle vaut alors jusqu’à ce qu’une autre commence.',
    kind: 'Comment partager',
    percents: 'La part de chacun, en pour cent',
    total: (total: string) => `En tout : ${total}`,
    tooMuch: (total: string) =>
      `En tout : ${total}. C’est plus que toute la production : réduisez des parts.`,
    ranks: 'Le rang de chacun',
    ranksHelp:
      '1 est servi le premier. Plusieurs peuvent avoir le même rang. Sans rang, on ne reçoit rien.',
    none: 'aucun',
    noConsumers: 'Personne ne consomme dans cette opération : il n’y a pas de parts à donner.',
    save: 'Enregistrer le brouillon',
    saved: 'Le brouillon est enregistré.',
  },
  {
    titleNew: 'Write a key',
    help: 'A draft shares nothing. You can change it until the vote, or until it is approved.',
    title: 'Name',
    titleHelp: 'Members read it when they vote. For instance: The school first.',
    from: 'First day',
    fromHelp: (earliest) => `With the grid operator’s notice: ${earliest} at the earliest.`,
    last: 'Last day',
    lastHelp: 'Leave it empty: it then holds until another one begins.',
    kind: 'How to share',
    percents: 'The part of each one, in percent',
    total: (total) => `In all: ${total}`,
    tooMuch: (total) =>
      `In all: ${total}. That is more than the whole production: make parts smaller.`,
    ranks: 'The rank of each one',
    ranksHelp: '1 is served first. Several can have the same rank. Who has no rank gets nothing.',
    none: 'none',
    noConsumers: 'Nobody consumes in this operation: there are no parts to give.',
    save: 'Save the draft',
    saved: 'The draft is saved.',
  },
);
