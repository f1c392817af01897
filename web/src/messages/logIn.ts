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
    forgottenThereTitle: 'Mot de passe oublié',
    forgottenThere:
      'Votre mot de passe est gardé par le service de connexion de votre coopérative, pas ici. Ouvrez-le : c’est lui qui vous en donne un nouveau.',
    sendLink: 'Envoyer le lien',
    linkSent:
      'Si cette adresse a un compte, un lien est en route. Il est valable 15 minutes. Rien reçu ? Regardez dans les indésirables.',
    linkHere: 'Votre lien vous connecte, une fois.',
    setPassword: 'Choisir aussi un nouveau mot de passe',
    newPassword: 'Nouveau mot de passe',
    newPasswordHelp: '12 caractères ou plus. Vos autres appareils seront déconnectés.',
    elsewhere: (issuer: string) =>
      `Votre coopérative vous connecte par un autre service, ${issuer}, que cette page ne peut pas ouvrir. Demandez-lui le lien.`,
    goThere: (operator: string | null) =>
      operator ? `Se connecter avec ${operator}` : 'Se connecter avec votre coopérative',
    thereHelp:
      'Votre coopérative a son propre service de connexion. Il s’ouvre, puis vous ramène ici.',
    refused: {
      issuer:
        'La connexion n’a pas abouti : elle a été annulée ou refusée, ou plus de dix minutes sont passées. Réessayez.',
      away: 'Le service de connexion de votre coopérative ne répond pas. Réessayez dans quelques minutes.',
      role: 'Votre compte est connu de votre coopérative, mais il n’a pas encore accès à cette page. Demandez-le-lui.',
    },
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
    forgottenThereTitle: 'Forgotten password',
    forgottenThere:
      'Your password is kept by the log-in service of your co-op, not here. Open it: that is where you get a new one.',
    sendLink: 'Send the link',
    linkSent:
      'If this address has an account, a link is on its way. It is good for 15 minutes. Nothing came? Look into your spam.',
    linkHere: 'Your link logs you in, once.',
    setPassword: 'Choose a new password as well',
    newPassword: 'New password',
    newPasswordHelp: '12 characters or more. Your other devices will be logged out.',
    elsewhere: (issuer) =>
      `Your co-op logs you in by another service, ${issuer}, which this page cannot open. Ask it for the link.`,
    goThere: (operator) => (operator ? `Log in with ${operator}` : 'Log in with your co-op'),
    thereHelp: 'Your co-op has a log-in service of its own. It opens, and then leads back here.',
    refused: {
      issuer:
        'The log-in did not succeed: it was cancelled or refused, or more than ten minutes have passed. Try again.',
      away: 'Your co-op’s log-in service does not answer. Try again in a few minutes.',
      role: 'Your co-op knows your account, but it does not have access to this page yet. Ask your co-op for it.',
    },
    notAMember: 'Not a member yet?',
    seeOperations: 'See the operations near you',
    ask: 'Ask for an operation',
  },
);
