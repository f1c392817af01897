import { both } from '../words/language';

export const calendarWords = both(
  {
    title: 'Dans mon agenda',
    help: 'Une adresse secrète, que votre agenda (téléphone, ordinateur) relit de lui-même : il montre vos rencontres et la fin des votes.',
    label: 'Pour quel appareil ?',
    labelHelp: 'Pour vous y retrouver, par exemple « Mon téléphone »',
    make: 'Créer une adresse',
    made: 'Voici l’adresse. Elle ne s’affiche que maintenant :',
    how: 'Dans votre agenda, choisissez « S’abonner » ou « Ajouter par adresse », et collez-la. Qui a cette adresse lit votre agenda : ne la partagez pas.',
    yours: 'Vos adresses',
    lastUsed: (day: string) => `lue le ${day}`,
    neverUsed: 'jamais lue',
    withdraw: (label: string) => `Retirer « ${label} »`,
    withdrawn: 'L’adresse est retirée : elle ne montre plus rien.',
    elsewhere: 'Votre compte est géré par un autre service : un agenda ne peut pas y être abonné.',
  },
  {
    title: 'In my calendar',
    help: 'A secret address that your calendar (telephone, computer) reads again and again by itself: it shows your gatherings and the ends of votes.',
    label: 'For which device?',
    labelHelp: 'For you to know it again, as in “My telephone”',
    make: 'Make an address',
    made: 'Here is the address. It is shown this once:',
    how: 'In your calendar, choose “Subscribe” or “Add by address”, and paste it. Whoever has this address reads your calendar: do not share it.',
    yours: 'Your addresses',
    lastUsed: (day) => `read on ${day}`,
    neverUsed: 'never read',
    withdraw: (label) => `Withdraw “${label}”`,
    withdrawn: 'The address is withdrawn: it shows nothing any more.',
    elsewhere: 'Your account is run by another service: no calendar can subscribe to it.',
  },
);
