import { de } from '../../words/elision';
import { both } from '../../words/language';

/** Of who runs an operation. */
export const runnerWords = both(
  {
    who: 'Qui la gère',
    nobody: 'Personne encore, hors de l’équipe de la plateforme.',
    invited: 'Invités, sans réponse encore',
    until: (day: string) => `le lien vaut jusqu’au ${day}`,
    withdraw: 'Retirer',
    withdrawOf: (email: string) => `Retirer l’invitation ${de(email)}`,
    invite: 'Inviter quelqu’un à la gérer',
    effect:
      'Qui l’ouvre voit les membres, les mesures et les factures de cette opération, et la gère.',
    remove: 'Retirer',
    removeOf: (email: string) => `Retirer la gestion à ${email}`,
    removeHelp: (email: string) =>
      `${email} ne verra plus rien de cette opération, et ne pourra plus la gérer. Vous pourrez l’inviter de nouveau.`,
    sure: 'J’en suis sûr',
    self: 'C’est vous',
  },
  {
    who: 'Who runs it',
    nobody: 'Nobody yet, apart from the platform’s staff.',
    invited: 'Invited, without an answer yet',
    until: (day) => `the link is good until ${day}`,
    withdraw: 'Withdraw',
    withdrawOf: (email) => `Withdraw the invitation of ${email}`,
    invite: 'Invite somebody to run it',
    effect:
      'Whoever opens it sees the members, the readings and the invoices of this operation, and runs it.',
    remove: 'Remove',
    removeOf: (email) => `Remove ${email} from who runs it`,
    removeHelp: (email) =>
      `${email} will see nothing of this operation any more, nor run it. You can invite them again.`,
    sure: 'I am sure',
    self: 'That is you',
  },
);
