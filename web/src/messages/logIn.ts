import { both } from '../words/language';

export const logInWords = both(
  {
    title: 'Se connecter',
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    code: 'Code de votre application d’authentification',
    submit: 'Se connecter',
    linkOver: 'Ce lien n’est plus valable : il a servi, ou ses 15 minutes sont passées.',
    another: 'Recevoir un autre lien',
    byLink: 'Mot de passe oublié ? Recevoir un lien par e-mail',
    byPassword: 'Utiliser mon mot de passe',
    forgottenTitle: 'Se connecter par un lien',
    linkHelp:
      'Sans mot de passe, ou s’il est oublié : un lien vous connecte, une fois. Vous pourrez alors choisir un nouveau mot de passe.',
    sendLink: 'Envoyer le lien',
    linkSent:
      'Si cette adresse a un compte, un lien est en route. Il est valable 15 minutes. Rien reçu ? Regardez dans les indésirables.',
    linkHere: 'Votre lien vous connecte, une fois.',
    setPassword: 'Choisir aussi un nouveau mot de passe',
    newPassword: 'Nouveau mot de passe',
    newPasswordHelp: '12 caractères ou plus. Vos autres appareils seront déconnectés.',
    elsewhere: (issuer: string) =>
      `Votre coopérative vous connecte par un autre service, ${issuer} : cette page ne sait pas encore l’ouvrir. Demandez-lui le lien.`,
    notAMember: 'Pas encore membre ?',
    seeOperations: 'Voir les opérations près de chez vous',
    ask: 'Demander une opération',
  },
  {
    title: 'Log in',
    email: 'E-mail address',
    password: 'Password',
    code: 'Code of your authenticator app',
    submit: 'Log in',
    linkOver: 'This link is no longer good: it was used, or its 15 minutes are over.',
    another: 'Get another link',
    byLink: 'Forgotten your password? Get a link by e-mail',
    byPassword: 'Use my password',
    forgottenTitle: 'Log in by a link',
    linkHelp:
      'Without a password, or with one forgotten: a link logs you in, once. You may then choose a new password.',
    sendLink: 'Send the link',
    linkSent:
      'If this address has an account, a link is on its way. It is good for 15 minutes. Nothing came? Look into your spam.',
    linkHere: 'Your link logs you in, once.',
    setPassword: 'Choose a new password as well',
    newPassword: 'New password',
    newPasswordHelp: '12 characters or more. Your other devices will be logged out.',
    elsewhere: (issuer) =>
      `Your co-op logs you in by another service, ${issuer}: this page cannot open it yet. Ask it for the link.`,
    notAMember: 'Not a member yet?',
    seeOperations: 'See the operations near you',
    ask: 'Ask for an operation',
  },
);
