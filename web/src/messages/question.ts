import { both } from '../words/language';

export const questionWords = both(
  {
    ask: 'Une question ?',
    help: 'Votre organisateur la reçoit par e-mail, avec votre nom, votre adresse pour vous répondre et l’adresse de cette page.',
    about: 'À propos de quelle opération ?',
    text: 'Votre question',
    send: 'Envoyer ma question',
    sent: (address: string) =>
      `Votre question est partie. La réponse arrivera par e-mail, à ${address}.`,
    another: 'Poser une autre question',
  },
  {
    ask: 'A question?',
    help: 'Your organiser gets it by e-mail, with your name, your address to answer you at, and the address of this page.',
    about: 'About which operation?',
    text: 'Your question',
    send: 'Send my question',
    sent: (address) =>
      `Your question is on its way. The answer will come by e-mail, to ${address}.`,
    another: 'Ask another question',
  },
);
