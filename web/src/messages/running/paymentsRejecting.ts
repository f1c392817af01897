import { both } from '../../words/language';

/** Of an order that a bank rejected before money moved. */
export const rejectingWords = both(
  {
    title: 'La banque l’a rejeté',
    titleOf: (name: string) => `La banque l’a rejeté, ${name}`,
    help: {
      debit:
        'Seulement si la banque l’a dit sans fichier : ses fichiers et ses relevés le notent tout seuls. La facture sera de nouveau à payer. Sauf si l’argent manquait ou si la raison n’est pas dite, le mandat est bloqué aussi : pour prélever encore ce client, il en faudra un autre, signé.',
      transfer:
        'Seulement si la banque l’a dit sans fichier : ses fichiers et ses relevés le notent tout seuls. La somme sera de nouveau à reverser.',
    },
    reason: 'Ce que dit la banque',
    choose: 'Choisissez une raison',
    checked: 'Aucun argent n’a bougé',
    record: 'Noter le rejet',
  },
  {
    title: 'The bank rejected it',
    titleOf: (name) => `The bank rejected it, ${name}`,
    help: {
      debit:
        'Only if the bank said so without a file: its files and statements record it by themselves. The invoice is to be paid again. Unless money was lacking or no reason is given, the mandate is blocked too: to debit this customer again, another signed one is needed.',
      transfer:
        'Only if the bank said so without a file: its files and statements record it by themselves. The sum is to be paid out again.',
    },
    reason: 'What the bank says',
    choose: 'Choose a reason',
    checked: 'No money has moved',
    record: 'Record the rejection',
  },
);
