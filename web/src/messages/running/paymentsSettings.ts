import { both, type Language } from '../../words/language';

/** Of what is decided once about the money of a seller. */
export const sellerSettingsWords = both(
  {
    title: 'Réglages des paiements',
    lead: 'Ce qui se décide une fois, et se fait ensuite tout seul. Sans réglage, la coutume de la plateforme vaut.',
    save: 'Enregistrer',
    saved: 'C’est enregistré.',
    reminders: 'Rappels de paiement',
    remindersHelp:
      'Combien de jours après l’échéance un client est rappelé : un nombre par rappel. Aucune loi ne le fixe.',
    usually: (days: readonly number[]) =>
      `Rien n’est réglé : les rappels se font ${daysListed(days, 'fr')} après l’échéance, comme d’habitude.`,
    daysFrom: (days: readonly number[], day: string) =>
      `Factures à payer à partir du ${day}\u00a0: ${days.length === 1 ? 'rappel' : 'rappels'} ${daysListed(days, 'fr')} après l’échéance.`,
    afterDays: 'Jours après l’échéance',
    afterDaysHelp: 'De un à neuf nombres, du plus petit au plus grand, par exemple 7, 21, 45',
    dueFrom: 'Pour les factures à payer à partir du',
    dueFromHelp: 'Celles d’avant gardent leurs rappels.',
    mails: 'E-mails',
    mailsHelp:
      'Ce qui part par e-mail sans que personne le demande. Ce qui n’est pas coché, vous l’envoyez vous-même.',
    mailInvoices: 'Les factures et les avoirs, dès qu’ils sont émis',
    mailNotices: 'Les avis de prélèvement, quand un prélèvement se prépare',
    oneNotice:
      'Un seul avis d’échéance par client, pour tous les vendeurs encaissés ici : une somme, une référence, les factures jointes',
    mailPayouts:
      'Les relevés de reversement, à chaque vendeur payé, quand la banque a fait le virement',
    mailReminders: 'Les rappels, quand vous les faites',
    remindByItself: 'Faire et envoyer les rappels tout seuls, le jour où ils sont dus',
    remindByItselfHelp:
      'Une fois par jour, entre 9 h et 18 h. Prenez les relevés de la banque avant : qui a payé depuis le dernier serait rappelé quand même.',
    books: 'Comptes de la comptabilité',
    booksHelp:
      'Les comptes sur lesquels la plateforme écrit, selon le plan comptable général. Les comptes d’usage conviennent à la plupart ; votre comptable dira si les siens sont autres.',
    yearEnd: 'L’exercice finit avec le mois de',
    yearEndHelp: 'Ne change plus après la première écriture.',
    accounts: {
      sales: 'Ventes d’électricité',
      taxes: 'Accise à reverser',
      vat: 'TVA collectée',
      customers: 'Clients',
      doubtful: 'Clients douteux',
      losses: 'Pertes sur créances',
      bank: 'Banque',
      suspense: 'Compte d’attente',
      intermediaries: 'Qui encaisse pour le vendeur',
    },
    beginsWith: (root: string) => `3 à 12 chiffres, commence par ${root}`,
    booksKept:
      'Vaut pour les écritures à venir ; ce qui est déjà écrit reste sur les comptes d’avant.',
  },
  {
    title: 'Settings of payments',
    lead: 'What is decided once, and then happens by itself. Where nothing is set, the platform’s custom holds.',
    save: 'Save',
    saved: 'It is saved.',
    reminders: 'Reminders',
    remindersHelp:
      'How many days after an invoice was due its customer is reminded: a number for each reminder. No law says it.',
    usually: (days) =>
      `Nothing is set: reminders come ${daysListed(days, 'en')} after the due date, as usual.`,
    daysFrom: (days, day) =>
      `Invoices due from ${day} on: ${days.length === 1 ? 'a reminder' : 'reminders'} ${daysListed(days, 'en')} after the due date.`,
    afterDays: 'Days after the due date',
    afterDaysHelp: 'One to nine numbers, from the smallest to the largest, such as 7, 21, 45',
    dueFrom: 'For invoices due from',
    dueFromHelp: 'Those before keep their reminders.',
    mails: 'E-mails',
    mailsHelp:
      'What goes out by e-mail without anybody asking. What is not ticked, you send yourself.',
    mailInvoices: 'Invoices and credit notes, once they are issued',
    mailNotices: 'Notices of direct debits, when a collection is prepared',
    oneNotice:
      'One payment notice per customer for all sellers who are paid here: one sum, one reference, the invoices attached',
    mailPayouts: 'Statements of payouts, to each seller paid, once the bank has made the transfer',
    mailReminders: 'Reminders, when you make them',
    remindByItself: 'Make and send reminders by themselves, on the day they are due',
    remindByItselfHelp:
      'Once a day, between 9 and 18 o’clock. Take in the bank’s statements before: who has paid since the last one would be reminded all the same.',
    books: 'Accounts of the books',
    booksHelp:
      'The accounts in which the platform makes entries, by the French general chart. The usual ones suit most; your accountant says if others are used.',
    yearEnd: 'The fiscal year ends with',
    yearEndHelp: 'Does not change after the first entry.',
    accounts: {
      sales: 'Sales of electricity',
      taxes: 'Accise owed',
      vat: 'VAT collected',
      customers: 'Customers',
      doubtful: 'Doubtful customers',
      losses: 'Losses on debts',
      bank: 'Bank',
      suspense: 'Suspense account',
      intermediaries: 'Who collects for the seller',
    },
    beginsWith: (root) => `3 to 12 digits, begins with ${root}`,
    booksKept: 'Holds for entries to come; what is entered stays on the accounts of before.',
  },
);

/** `7, 21 et 45 jours`, `1 jour` */
function daysListed(days: readonly number[], language: Language): string {
  const { and, one, several } = DAYS[language];
  if (days.length < 2) return `${days[0]} ${days[0] === 1 ? one : several}`;
  return `${days.slice(0, -1).join(', ')} ${and} ${days.at(-1)} ${several}`;
}

const DAYS = {
  fr: { and: 'et', one: 'jour', several: 'jours' },
  en: { and: 'and', one: 'day', several: 'days' },
};
