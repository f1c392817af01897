import { both } from '../words/language';

export const accountChangeWords = both(
  {
    title: 'Un autre compte pour être payé',
    waits: (moment: string) =>
      `Un autre compte bancaire a été indiqué. Il servira à partir du ${moment}, ou dès que vous le confirmez. D’ici là, rien ne change.`,
    holder: 'Au nom de',
    account: 'Nouveau compte',
    former: 'Compte actuel',
    noFormer: 'aucun',
    collected: 'Les paiements seraient encaissés par un autre membre, qui les reverse.',
    expected:
      'Vous ne vous y attendiez pas ? Refusez, puis appelez votre coopérative : c’est ainsi que l’argent est détourné.',
    confirm: 'Oui, c’est le bon compte',
    refuse: 'Non, je refuse ce changement',
    confirmed: 'C’est confirmé : ce compte sert à partir de maintenant.',
    refused: 'C’est refusé : rien ne change, et votre coopérative en est avertie.',
    none: 'Aucun changement de compte n’attend de réponse : il est déjà fait, il a été refusé, ou il n’y en a pas eu.',
  },
  {
    title: 'Another account to be paid on',
    waits: (moment) =>
      `Another bank account was named. It is used from ${moment}, or once you confirm it. Until then nothing changes.`,
    holder: 'In the name of',
    account: 'New account',
    former: 'Account of now',
    noFormer: 'none',
    collected: 'Payments would be collected by another member, who pays them out.',
    expected:
      'You did not expect it? Refuse it, then call your co-op: this is how money is led astray.',
    confirm: 'Yes, it is the right account',
    refuse: 'No, I refuse this change',
    confirmed: 'It is confirmed: this account is used from now on.',
    refused: 'It is refused: nothing changes, and your co-op is told.',
    none: 'No change of an account waits for an answer: it is done, it was refused, or there was none.',
  },
);
