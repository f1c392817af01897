import { de } from '../../words/elision';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

/** Of mandates for direct debits, for who collects. */
export const mandateDeskWords = both(
  {
    title: 'Mandats de prélèvement',
    requests: 'Demandes à confirmer',
    noRequest: 'Personne n’attend de réponse.',
    asked: (name: string, day: string, end: string) =>
      `${name} demande, le ${day}, à être prélevé sur son compte qui finit par ${end}.`,
    text: 'Le mandat accepté',
    rum: 'Référence unique du mandat (RUM)',
    rumHelp: 'Elle ne doit servir qu’une fois. Lettres sans accents, chiffres et tirets.',
    confirm: 'Confirmer',
    confirmOf: (name: string) => `Confirmer la demande ${de(name)}`,
    confirmHelp:
      'Le mandat est en vigueur aussitôt, et prend la place de celui d’avant. La personne est prévenue par e-mail.',
    decline: 'Refuser',
    declineOf: (name: string) => `Refuser la demande ${de(name)}`,
    reason: 'Pourquoi (la personne le lira)',
    without: 'Sans mandat',
    withoutHelp: (count: number) =>
      `${counted.fr(count, 'client qui doit de l’argent n’a pas', 'clients qui doivent de l’argent n’ont pas')} de mandat qui serve. Leurs factures ne peuvent pas être prélevées : elles se paient par virement.`,
    allHave: 'Tous ceux qui doivent de l’argent ont un mandat qui sert.',
    list: 'Mandats en vigueur',
    ended: (count: number) => counted.fr(count, 'mandat arrêté', 'mandats arrêtés'),
    none: 'Aucun mandat n’est en vigueur.',
    signed: (day: string) => `signé le ${day}`,
    forgotten: 'compte effacé',
    inForce: 'en vigueur',
    revoked: (day: string) => `arrêté le ${day}`,
    blocked: (why: string) => `bloqué : ${why}. À remplacer`,
    end: 'Arrêter ce mandat',
    endNow: 'Oui, arrêter le mandat',
    endOf: (name: string) => `Arrêter ce mandat, ${name}`,
    endHelp:
      'À partir d’aujourd’hui, plus rien de nouveau n’est prélevé par ce mandat. Ce qui est déjà dans un fichier pour la banque le sera encore. La personne est prévenue, et paiera par virement.',
    endChecked: 'Je veux arrêter ce mandat',
    record: 'Enregistrer un mandat signé sur papier',
    recordHelp:
      'Un mandat enregistré ne change plus : pour un autre compte, arrêtez-le et enregistrez le nouveau. La personne est prévenue.',
    who: 'Qui sera prélevé',
    choose: 'Choisissez un membre',
    holder: 'Titulaire du compte',
    iban: 'IBAN',
    bic: 'BIC',
    signedOn: 'Jour de la signature',
    save: 'Enregistrer le mandat',
    recorded: 'Le mandat est enregistré.',
  },
  {
    title: 'Mandates for direct debits',
    requests: 'Requests to confirm',
    noRequest: 'Nobody waits for an answer.',
    asked: (name, day, end) =>
      `On ${day}, ${name} asked to be debited from their account that ends with ${end}.`,
    text: 'The mandate that was agreed to',
    rum: 'Unique mandate reference (RUM)',
    rumHelp: 'It must be used once only. Letters without accents, digits and hyphens.',
    confirm: 'Confirm',
    confirmOf: (name) => `Confirm the request of ${name}`,
    confirmHelp:
      'The mandate is in force at once, in the place of the one before. The person is told by e-mail.',
    decline: 'Decline',
    declineOf: (name) => `Decline the request of ${name}`,
    reason: 'Why (the person will read it)',
    without: 'Without a mandate',
    withoutHelp: (count) =>
      `${counted.en(count, 'customer who owes money has', 'customers who owe money have')} no mandate of use. Their invoices cannot be debited: they are paid by transfer.`,
    allHave: 'All who owe money have a mandate of use.',
    list: 'Mandates in force',
    ended: (count) => counted.en(count, 'mandate that was revoked', 'mandates that were revoked'),
    none: 'No mandate is in force.',
    signed: (day) => `signed on ${day}`,
    forgotten: 'account erased',
    inForce: 'in force',
    revoked: (day) => `revoked on ${day}`,
    blocked: (why) => `blocked: ${why}. To be replaced`,
    end: 'Revoke this mandate',
    endNow: 'Yes, revoke the mandate',
    endOf: (name) => `Revoke this mandate, ${name}`,
    endHelp:
      'From today on, nothing new is debited by this mandate. What is in a file for the bank already will still be. The person is told, and will pay by transfer.',
    endChecked: 'I want to revoke this mandate',
    record: 'Record a mandate that was signed on paper',
    recordHelp:
      'A recorded mandate does not change: for another account, revoke it and record the new one. The person is told.',
    who: 'Who will be debited',
    choose: 'Choose a member',
    holder: 'Holder of the account',
    iban: 'IBAN',
    bic: 'BIC',
    signedOn: 'Day of the signature',
    save: 'Record the mandate',
    recorded: 'The mandate is recorded.',
  },
);
