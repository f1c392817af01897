import { de } from '../words/elision';
import { both } from '../words/language';

export const mandateWords = both(
  {
    title: 'Mon prélèvement',
    sentence: (name: string | null) =>
      name
        ? `Vos factures ${de(name)} sont prélevées sur votre compte.`
        : 'Vos factures d’électricité locale sont prélevées sur votre compte.',
    account: 'Compte',
    forgotten: 'effacé : ce mandat ne sert plus',
    holder: 'Au nom de',
    rum: 'Référence du mandat',
    signed: 'Signé le',
    revoked: (day: string) => `Arrêté le ${day} : il ne sert plus.`,
    blocked:
      'Votre banque a refusé le dernier prélèvement, et un autre essai ne servirait à rien. Donnez un autre compte ci-dessous.',
    none: 'Vous n’avez pas de mandat de prélèvement : vous payez chaque facture vous-même, par virement. Sa page dit sur quel compte.',
    noCollector:
      'Pour l’instant, personne ne prélève dans vos opérations : il n’y a pas de mandat à demander.',
    askTitle: (name: string) => `Être prélevé par ${name}`,
    changeAccount: (name: string) => `Être prélevé par ${name} sur un autre compte`,
    holderField: 'Titulaire du compte',
    iban: 'IBAN',
    ibanHelp:
      'Il est sur votre relevé d’identité bancaire (RIB). Il ne sera plus montré en entier.',
    agree: 'J’ai lu ce mandat, et je le donne.',
    send: 'Demander le prélèvement',
    askedTitle: (name: string) => `Demandé : être prélevé par ${name}`,
    asked: (end: string, day: string) =>
      `Le ${day}, vous avez demandé le prélèvement sur le compte qui finit par ${end}.`,
    waits:
      'Votre coopérative doit encore confirmer. D’ici là, rien n’est prélevé, et vos factures se paient comme avant.',
    withdraw: 'Retirer ma demande',
    declined: (reason: string) =>
      `Votre dernière demande n’a pas été acceptée : « ${reason} » Vous pouvez en faire une autre.`,
    end: 'Arrêter ce prélèvement',
    endOf: (name: string) => `Arrêter le prélèvement par ${name}`,
    endHelp:
      'À partir d’aujourd’hui, plus rien de nouveau n’est prélevé par ce mandat. Ce qui est déjà parti à la banque le sera encore.',
    endThen:
      'Vos factures se paient alors par virement : la page de chacune dit sur quel compte. Pour être prélevé de nouveau, il faudra donner un autre mandat.',
    endNow: 'Oui, arrêter le prélèvement',
    ended: 'C’est arrêté, et votre coopérative en est avertie.',
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
    forgotten: 'erased: this mandate is no longer used',
    holder: 'In the name of',
    rum: 'Reference of the mandate',
    signed: 'Signed on',
    revoked: (day) => `Stopped on ${day}: it is no longer used.`,
    blocked:
      'Your bank refused the last direct debit, and another try would be no use. Give another account below.',
    none: 'You have no mandate for direct debits: you pay each invoice yourself, by transfer. Its page tells to which account.',
    noCollector:
      'For now nobody collects by direct debit in your operations: there is no mandate to ask for.',
    askTitle: (name) => `To be debited by ${name}`,
    changeAccount: (name) => `To be debited by ${name} from another account`,
    holderField: 'Holder of the account',
    iban: 'IBAN',
    ibanHelp: 'Your bank tells it, on a statement for example. It will not be shown whole again.',
    agree: 'I have read this mandate, and I give it.',
    send: 'Ask for direct debits',
    askedTitle: (name) => `Asked for: to be debited by ${name}`,
    asked: (end, day) =>
      `On ${day} you asked to be debited from the account that ends with ${end}.`,
    waits:
      'Your co-op still has to confirm it. Until then nothing is debited, and your invoices are paid as before.',
    withdraw: 'Withdraw my request',
    declined: (reason) =>
      `Your last request was not accepted: “${reason}” You can make another one.`,
    end: 'Stop this direct debit',
    endOf: (name) => `Stop being debited by ${name}`,
    endHelp:
      'From today on, nothing new is debited under this mandate. What has gone to the bank by now will still be.',
    endThen:
      'Your invoices are then paid by transfer: the page of each tells to which account. To be debited again, you will have to give another mandate.',
    endNow: 'Yes, stop the direct debit',
    ended: 'It is stopped, and your co-op is told.',
    old: 'Mandates of before',
    why: 'Why do I not see the whole IBAN?',
    whyAnswer:
      'For your safety: nobody who opens this page can read your account. Its beginning and its end are enough to know it by.',
    notAMember: 'Your log-in is not that of a member: it has no mandate.',
  },
);
