import { both } from '../../words/language';

export const settlingWords = both(
  {
    title: '3. La clôture',
    help: 'Clore fige les énergies du mois : ce sont elles que les factures portent. Si une mesure est corrigée plus tard, une nouvelle clôture et des avoirs se font d’eux-mêmes.',
    notOver: (month: string) =>
      `${month} n’est pas fini : il se clôt quand tous ses jours sont là.`,
    blocked: 'Tous les jours doivent d’abord être répartis.',
    settle: (month: string) => `Clore ${month}`,
    settleAgain: 'Refaire la clôture',
    settling: 'Clôture en cours…',
    facts: (number: number, status: string, when: string) =>
      `Clôture n° ${number}, ${status}, faite le ${when}.`,
    statuses: { provisional: 'provisoire', definitive: 'définitive' },
    provisionalHelp:
      'Provisoire : d’après nos propres parts. Elle sert aux factures, et se compare plus bas à la répartition du gestionnaire de réseau.',
    definitiveHelp: 'Définitive : c’est la répartition du gestionnaire de réseau.',
    outdated: 'Elle est à refaire : des données ont changé depuis.',
    byItself: 'La plateforme s’en charge d’elle-même.',
    refused: 'Cela n’a pas pu se faire :',
    earlier: 'Clôtures d’avant',
    verify: 'Vérifier',
    matches:
      'Vérifié : refaite à partir des mêmes données, elle donne exactement le même résultat.',
    matchesNot: 'Elle ne se retrouve pas à l’identique : dites-le à l’équipe de la plateforme.',
  },
  {
    title: '3. The closing',
    help: 'Closing freezes the energies of the month: they are what invoices say. If a reading is corrected later, another closing and credit notes are made by themselves.',
    notOver: (month) => `${month} is not over: it is closed once all its days are there.`,
    blocked: 'All days have to be shared out first.',
    settle: (month) => `Close ${month}`,
    settleAgain: 'Close again',
    settling: 'Closing…',
    facts: (number, status, when) => `Closing no. ${number}, ${status}, made on ${when}.`,
    statuses: { provisional: 'provisional', definitive: 'final' },
    provisionalHelp:
      'Provisional: by our own shares. Invoices are made of it, and below it is compared with the grid operator’s split.',
    definitiveHelp: 'Final: it is the grid operator’s split.',
    outdated: 'It is to be redone: data have changed since.',
    byItself: 'The platform does so by itself.',
    refused: 'It could not be done:',
    earlier: 'Earlier closings',
    verify: 'Verify',
    matches: 'Verified: made again from the same data, it comes out exactly the same.',
    matchesNot: 'It does not come out the same: tell the platform’s staff.',
  },
);
