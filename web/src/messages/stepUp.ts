import { both } from '../words/language';

export const stepUpWords = both(
  {
    password: 'Votre mot de passe',
    code: 'Code de votre application, ou code de secours',
    go: 'Confirmer et continuer',
    noPassword:
      'Pas de mot de passe ? Déconnectez-vous, entrez par un lien reçu par e-mail, puis revenez ici.',
  },
  {
    password: 'Your password',
    code: 'Code of your app, or recovery code',
    go: 'Confirm and go on',
    noPassword: 'No password? Log out, come in by a link sent by e-mail, then come back here.',
  },
);
