import { both } from '../words/language';

export const logInWords = both(
  {
    title: 'Se connecter',
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    code: 'Code de votre application d’authentification',
    submit: 'Se connecter',
    linkOver: 'Ce lien n’est plus valable. Demandez-en un autre.',
    byLink: 'Recevoir un lien par e-mail',
    byPassword: 'Utiliser mon mot de passe',
    linkHelp: 'Sans mot de passe, ou s’il est oublié : un lien vous connecte, une fois.',
    sendLink: 'Envoyer le lien',
    linkSent: 'Si cette adresse a un compte, un lien est en route. Il est valable 15 minutes.',
    linkHere: 'Votre lien vous connecte, une fois.',
  },
  {
    title: 'Log in',
    email: 'E-mail address',
    password: 'Password',
    code: 'Code of your authenticator app',
    submit: 'Log in',
    linkOver: 'This link is no longer good. Ask for another one.',
    byLink: 'Get a link by e-mail',
    byPassword: 'Use my password',
    linkHelp: 'Without a password, or with one forgotten: a link logs you in, once.',
    sendLink: 'Send the link',
    linkSent: 'If this address has an account, a link is on its way. It is good for 15 minutes.',
    linkHere: 'Your link logs you in, once.',
  },
);
