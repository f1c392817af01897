import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of the pages for who runs operations. */
export const areaWords = both(
  {
    operations: 'Vos opérations',
    all: 'Toutes les opérations',
    overview: 'Leurs mois côte à côte',
    newOperation: 'Ouvrir une opération',
    none: 'Il n’y a pas encore d’opération.',
    notYours: 'Cette page est celle de l’organisateur',
    whose: (operation: string) =>
      `Elle sert à qui gère l’opération ${operation}, et votre compte ne la gère pas. Si vous devez la voir, demandez à l’organisateur de vous inviter.`,
    whoseList:
      'Elle sert à qui gère une opération, et votre compte n’en gère aucune. Si vous devez la voir, demandez à l’organisateur de vous inviter.',
    stands: (month: string, step: string, word: string) => `${month} · ${step}\u00a0: ${word}.`,
    isBilled: (month: string) => `${month}\u00a0: clos et facturé.`,
    more: (count: number) => (count === 1 ? 'Voir l’autre' : `Voir les ${count} autres`),
    nothingDue: 'Rien à faire dans les trois mois.',
    late: (count: number) => counted.fr(count, 'tâche en retard', 'tâches en retard'),
    due: (count: number) => counted.fr(count, 'tâche à venir', 'tâches à venir'),
  },
  {
    operations: 'Your operations',
    all: 'All operations',
    overview: 'Their months side by side',
    newOperation: 'Open an operation',
    none: 'There is no operation yet.',
    notYours: 'This page is the organiser’s',
    whose: (operation) =>
      `It is for those who run the operation ${operation}, and your account does not. If you are to see it, ask the organiser to invite you.`,
    whoseList:
      'It is for those who run an operation, and your account runs none. If you are to see it, ask the organiser to invite you.',
    stands: (month, step, word) => `${month} · ${step}: ${word}.`,
    isBilled: (month) => `${month}: closed and invoiced.`,
    more: (count) => (count === 1 ? 'Show the other one' : `Show the ${count} others`),
    nothingDue: 'Nothing to do within three months.',
    late: (count) => counted.en(count, 'task is late', 'tasks are late'),
    due: (count) => counted.en(count, 'task to come', 'tasks to come'),
  },
);
