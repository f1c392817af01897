import { both } from '../words/language';

/** Of inviting somebody to an account. */
export const invitingWords = both(
  {
    email: 'Adresse e-mail',
    emailHelp: 'Un lien part à cette adresse, valable 14 jours',
    language: 'Langue de l’e-mail',
    languages: { fr: 'français', en: 'anglais' },
    send: 'Envoyer l’invitation',
    sent: (email: string) => `C’est envoyé à ${email}.`,
  },
  {
    email: 'E-mail address',
    emailHelp: 'A link is sent to it, good for 14 days',
    language: 'Language of the e-mail',
    languages: { fr: 'French', en: 'English' },
    send: 'Send the invitation',
    sent: (email) => `It is sent to ${email}.`,
  },
);
