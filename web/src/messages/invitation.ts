import { both } from '../words/language';

export const invitationWords = both(
  {
    title: 'Votre invitation',
    by: (address: string) => `${address} vous invite sur la plateforme de votre coopérative.`,
    asMember: (name: string) => `Vous y verrez ce qui concerne : ${name}.`,
    asOrganiser: (operations: string) => `Vous y organiserez : ${operations}.`,
    until: (day: string) => `L’invitation est valable jusqu’au ${day}.`,
    password: 'Choisissez un mot de passe (12 caractères ou plus)',
    known: 'Vous avez déjà un compte : donnez son mot de passe',
    accept: 'Accepter',
    elsewhere:
      'Votre coopérative a son propre service de connexion : elle y ouvre votre compte, sans le lien d’une invitation. Vous l’avez déjà ? Connectez-vous. Sinon, demandez-le-lui.',
    over: 'Cette invitation n’est plus valable : elle a servi, a été retirée ou a expiré. Demandez-en une autre à qui vous a invité.',
  },
  {
    title: 'Your invitation',
    by: (address) => `${address} invites you to the platform of your co-op.`,
    asMember: (name) => `You will see there what is about: ${name}.`,
    asOrganiser: (operations) => `You will organise there: ${operations}.`,
    until: (day) => `The invitation is good until ${day}.`,
    password: 'Choose a password (12 characters or more)',
    known: 'You have an account already: give its password',
    accept: 'Accept',
    elsewhere:
      'Your co-op has a log-in service of its own: it opens your account there, without the link of an invitation. You have it already? Log in. If not, ask your co-op for it.',
    over: 'This invitation is no longer good: it was used or withdrawn, or it has expired. Ask who invited you for another.',
  },
);
