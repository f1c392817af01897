import { both } from '../words/language';

export const mandateWords = both(
  {
    title: 'Mon prélèvement',
    sentence: (name: string | null) =>
      name
        ? `Vos factures de ${name} sont prélevées sur votre compte.`
        : 'Vos factures d’électricité locale sont prélevées sur votre compte.',
    account: 'Compte',
    holder: 'Au nom de',
    rum: 'Référence du mandat',
    signed: 'Signé le',
    revoked: (day: string) => `Arrêté le ${day} : il ne sert plus.`,
    blocked:
      'Votre banque a refusé le dernier prélèvement, et un autre essai ne servirait à rien. Donnez un nouveau compte à votre coopérative.',
    none: 'Vous n’avez pas de mandat de prélèvement : vous payez chaque facture vous-même, par virement. La facture dit sur quel compte.',
    wanted:
      'Pour payer par prélèvement, demandez un mandat à votre coopérative : une fois signé, il est montré ici.',
    change:
      'Pour changer de compte ou arrêter les prélèvements, écrivez à votre coopérative : elle vous fait signer un nouveau mandat ou arrête celui-ci.',
    old: 'Mandats d’avant',
    why: 'Pourquoi ne vois-je pas tout l’IBAN ?',
    whyAnswer:
      'Pour votre sécurité : personne qui ouvrirait cette page n’y lit votre compte. Le début et la fin suffisent pour le reconnaître.',
    notAMember: 'Votre compte n’est pas celui d’un membre : il n’a pas de mandat.',
  },
  {
    title: 'My direct debit',
    sentence: (name) =>
      name
        ? `Your invoices from ${name} are debited from your account.`
        : 'Your invoices for local electricity are debited from your account.',
    account: 'Account',
    holder: 'In the name of',
    rum: 'Reference of the mandate',
    signed: 'Signed on',
    revoked: (day) => `Stopped on ${day}: it is no longer used.`,
    blocked:
      'Your bank refused the last direct debit, and another try would be no use. Give your co-op a new account.',
    none: 'You have no mandate for direct debits: you pay each invoice yourself, by transfer. The invoice tells to which account.',
    wanted:
      'To pay by direct debit, ask your co-op for a mandate: once it is signed, it is shown here.',
    change:
      'To change the account or to stop direct debits, write to your co-op: it has you sign a new mandate, or stops this one.',
    old: 'Mandates of before',
    why: 'Why do I not see the whole IBAN?',
    whyAnswer:
      'For your safety: nobody who opens this page can read your account. Its beginning and its end are enough to know it by.',
    notAMember: 'Your log-in is not that of a member: it has no mandate.',
  },
);
