import { both } from '../words/language';

export const accountChangeWords = both(
  {
    title: 'Un autre compte pour être payé',
    /** is_seller: the reader is the seller, who did not ask for it; others may have. */
    waits: (moment: string, is_seller: boolean) =>
      `Un autre compte bancaire a été indiqué. Il servira à partir du ${moment}, ou dès que ${is_seller ? 'vous le confirmez' : 'le vendeur, ou une autre personne que celle qui l’a demandé, le confirme'}. D’ici là, rien ne change.`,
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
    title: 'Another account to be paid into',
    waits: (moment, is_seller) =>
      `Another bank account has been given. It will be used from ${moment}, or as soon as ${is_seller ? 'you confirm it' : 'the seller, or someone other than the person who asked for it, confirms it'}. Nothing changes until then.`,
    holder: 'Account holder',
    account: 'New account',
    former: 'Current account',
    noFormer: 'none',
    collected: 'Another member would collect the payments and pass them on.',
    expected:
      'Were you not expecting this? Refuse it, then call your co-op: this is how payments get diverted.',
    confirm: 'Yes, this is the right account',
    refuse: 'No, I refuse this change',
    confirmed: 'Confirmed: this account is in use from now on.',
    refused: 'Refused: nothing changes, and your co-op has been notified.',
    none: 'No change of account is waiting for an answer: it has been made, it was refused, or there was none.',
  },
);
