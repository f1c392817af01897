import { both } from '../../words/language';

/** Of files for the bank, of direct debits or of transfers, and of what it says of each. */
export const bankFileWords = both(
  {
    state: 'État',
    waits: 'attend la banque',
    done: {
      debit: (day: string) => `reçu le ${day}`,
      transfer: (day: string) => `fait le ${day}`,
    },
    returned: {
      debit: (day: string, why: string) => `renvoyé le ${day} : ${why}`,
      transfer: (day: string, why: string) => `revenu le ${day} : ${why}`,
    },
    rejected: (day: string, why: string) => `rejeté le ${day} : ${why}`,
    cancelled: (day: string) => `annulé le ${day}`,
    unknownReason: 'motif non précisé',
    cancelledOn: (day: string) => `Annulé le ${day}`,
    fileHelp:
      'Déposez-le sur le site de votre banque. Il contient des comptes en clair : ne l’envoyez pas par e-mail.',
    load: 'Télécharger',
    notSent: 'Ce fichier n’est pas parti à la banque',
  },
  {
    state: 'State',
    waits: 'waits for the bank',
    done: {
      debit: (day) => `received on ${day}`,
      transfer: (day) => `made on ${day}`,
    },
    returned: {
      debit: (day, why) => `returned on ${day}: ${why}`,
      transfer: (day, why) => `returned on ${day}: ${why}`,
    },
    rejected: (day, why) => `rejected on ${day}: ${why}`,
    cancelled: (day) => `cancelled on ${day}`,
    unknownReason: 'no reason given',
    cancelledOn: (day) => `Cancelled on ${day}`,
    fileHelp:
      'Put it on the site of your bank. It has accounts in the clear: do not send it by e-mail.',
    load: 'Download',
    notSent: 'This file has not gone to the bank',
  },
);
