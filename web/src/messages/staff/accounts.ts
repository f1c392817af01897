import type { Invitation } from '../../queries/access';
import type { Account } from '../../queries/accounts';
import { de } from '../../words/elision';
import { both } from '../../words/language';
import { counted } from '../../words/numbers';

interface AccountWords {
  title: string;
  lead: string;
  pauses: string;
  pausesHelp: string;
  pausedUntil: (failures: number, moment: string) => string;
  lift: string;
  liftOf: (email: string) => string;
  lifted: string;
  invitations: string;
  states: Record<Invitation['state'], string>;
  invitedAs: (roles: string, moment: string) => string;
  until: (day: string) => string;
  noInvitation: string;
  olderInvitations: (count: number) => string;
  withdraw: string;
  withdrawOf: (email: string) => string;
  withdrawn: string;
  invite: string;
  as: string;
  inviteRoles: { organiser: string; operator: string };
  effects: { organiser: string; operator: string };
  operation: string;
  accounts: string;
  find: string;
  found: (count: number) => string;
  roles: Record<Account['roles'][number], string>;
  disabled: string;
  rights: string;
  operations: string;
  noOperation: string;
  changeRights: string;
  addOperation: string;
  chooseOperation: string;
  becomesStaff: string;
  staysNoStaff: string;
  gains: (operation: string) => string;
  loses: (operation: string) => string;
  sameRights: string;
  noRights: string;
  rightsEffect: (email: string) => string;
  rightsSure: string;
  saveRights: string;
  rightsSaved: string;
  sessions: string;
  session: (began: string, used: string) => string;
  noSession: string;
  changes: string;
  allChanges: string;
  capital: string;
  messages: string;
  erasures: string;
  logOut: string;
  logOutHelp: (email: string) => string;
  loggedOut: (count: number) => string;
  removeApp: string;
  removeAppHelp: (email: string) => string;
  verified: string;
  appRemoved: string;
  disable: string;
  disableHelp: (email: string) => string;
  disabledNow: string;
  enable: string;
  enableHelp: (email: string) => string;
  enabledNow: string;
  unknown: string;
}

/** Of who may log in, and as what. */
export const accountWords = both<AccountWords>(
  {
    title: 'Comptes',
    lead: 'Qui peut se connecter, et à quel titre.',
    pauses: 'En pause',
    pausesHelp:
      'Trop de mots de passe erronés : ces comptes attendent. Si la personne vous appelle et que c’est bien elle, laissez-la réessayer.',
    pausedUntil: (failures, moment) =>
      `${counted.fr(failures, 'essai', 'essais')}, jusqu’à ${moment}`,
    lift: 'Laisser réessayer',
    liftOf: (email) => `Laisser réessayer ${email}`,
    lifted: 'C’est fait : la personne peut réessayer.',
    invitations: 'Invitations',
    states: {
      open: 'attend',
      accepted: 'acceptée',
      withdrawn: 'retirée',
      expired: 'expirée',
    },
    invitedAs: (roles, moment) => `${roles}, le ${moment}`,
    until: (day) => `le lien vaut jusqu’au ${day}`,
    noInvitation: 'Aucune invitation n’attend.',
    olderInvitations: (count) => `Celles qui n’attendent plus (${count})`,
    withdraw: 'Retirer',
    withdrawOf: (email) => `Retirer l’invitation ${de(email)}`,
    withdrawn: 'C’est retiré : le lien ne sert plus.',
    invite: 'Inviter quelqu’un',
    as: 'Comme',
    inviteRoles: { organiser: 'organisateur d’une opération', operator: 'équipe de la plateforme' },
    effects: {
      organiser:
        'Un lien part à cette adresse, valable 14 jours. Qui l’ouvre voit les membres, les mesures et les factures de cette opération, et la gère.',
      operator:
        'Un lien part à cette adresse, valable 14 jours. Qui l’ouvre voit et change tout, de toutes les opérations et de tous les membres.',
    },
    operation: 'Opération',
    accounts: 'Tous les comptes',
    find: 'Chercher une adresse',
    found: (count) => counted.fr(count, 'compte', 'comptes'),
    roles: {
      operator: 'équipe de la plateforme',
      organiser: 'organisateur',
      member: 'membre',
      feed: 'programme',
    },
    disabled: 'désactivé',
    rights: 'Ce qu’il peut',
    operations: 'Opérations gérées',
    noOperation: 'aucune',
    changeRights: 'Changer ce qu’il peut',
    addOperation: 'Ajouter une opération',
    chooseOperation: 'choisir…',
    becomesStaff:
      'Il entre dans l’équipe de la plateforme : il voit et change tout, de toutes les opérations et de tous les membres.',
    staysNoStaff: 'Il quitte l’équipe de la plateforme.',
    gains: (operation) =>
      `Il gère ${operation} : il en voit les membres, les mesures et les factures.`,
    loses: (operation) => `Il ne gère plus ${operation}.`,
    sameRights: 'Rien n’est changé pour l’instant.',
    noRights: 'Il ne pourrait plus rien : désactivez plutôt le compte, plus bas.',
    rightsEffect: (email) =>
      `${email} est déconnecté partout dans les deux secondes, se reconnecte avec ces droits, et reçoit un e-mail qui le dit.`,
    rightsSure: 'J’ai vérifié que c’est bien ce qu’il faut à cette personne',
    saveRights: 'Changer ses droits',
    rightsSaved: 'Les droits sont changés.',
    sessions: 'Connecté en ce moment',
    session: (began, used) => `depuis ${began}, utilisé le ${used}`,
    noSession: 'Nulle part.',
    changes: 'Tout ce que ce compte a changé',
    allChanges: 'Le journal : qui a changé quoi, dans les quatre services',
    capital: 'Les parts sociales de la coopérative',
    messages: 'Les e-mails aux membres',
    erasures: 'Les effacements demandés',
    logOut: 'Le déconnecter partout',
    logOutHelp: (email) =>
      `Toutes les sessions ${de(email)} se terminent dans les deux secondes. Son mot de passe sert encore.`,
    loggedOut: (count) => counted.fr(count, 'session est terminée.', 'sessions sont terminées.'),
    removeApp: 'Retirer son application d’authentification',
    removeAppHelp: (email) =>
      `Pour qui a perdu l’application et les codes de secours. Le mot de passe seul suffira alors pour ${email} : vérifiez qui vous le demande.`,
    verified: 'J’ai vérifié que c’est bien cette personne qui le demande',
    appRemoved: 'L’application est retirée.',
    disable: 'Désactiver le compte',
    disableHelp: (email) =>
      `${email} est déconnecté partout, ne peut plus se connecter, et reçoit un e-mail qui le dit. Rien n’est effacé ; vous pourrez le réactiver.`,
    disabledNow: 'Le compte est désactivé.',
    enable: 'Réactiver le compte',
    enableHelp: (email) =>
      `${email} pourra de nouveau se connecter, avec les mêmes droits, et reçoit un e-mail qui le dit.`,
    enabledNow: 'Le compte est réactivé.',
    unknown: 'Ce compte n’existe pas, ou plus. Revenez aux comptes.',
  },
  {
    title: 'Accounts',
    lead: 'Who may log in, and as what.',
    pauses: 'Paused',
    pausesHelp:
      'Too many wrong passwords: these accounts wait. If the person calls you and it is them, let them try again.',
    pausedUntil: (failures, moment) =>
      `${counted.en(failures, 'attempt', 'attempts')}, until ${moment}`,
    lift: 'Let them try again',
    liftOf: (email) => `Let ${email} try again`,
    lifted: 'Done: the person can try again.',
    invitations: 'Invitations',
    states: { open: 'waits', accepted: 'accepted', withdrawn: 'withdrawn', expired: 'expired' },
    invitedAs: (roles, moment) => `${roles}, on ${moment}`,
    until: (day) => `the link works until ${day}`,
    noInvitation: 'No invitation waits.',
    olderInvitations: (count) => `Those that no longer wait (${count})`,
    withdraw: 'Withdraw',
    withdrawOf: (email) => `Withdraw the invitation of ${email}`,
    withdrawn: 'Withdrawn: the link no longer works.',
    invite: 'Invite somebody',
    as: 'As',
    inviteRoles: { organiser: 'organiser of an operation', operator: 'staff of the platform' },
    effects: {
      organiser:
        'A link goes to this address, for 14 days. Whoever opens it sees the members, the readings and the invoices of this operation, and runs it.',
      operator:
        'A link goes to this address, for 14 days. Whoever opens it sees and changes everything, of all operations and all members.',
    },
    operation: 'Operation',
    accounts: 'All accounts',
    find: 'Look for an address',
    found: (count) => counted.en(count, 'account', 'accounts'),
    roles: {
      operator: 'staff of the platform',
      organiser: 'organiser',
      member: 'member',
      feed: 'program',
    },
    disabled: 'disabled',
    rights: 'What it may do',
    operations: 'Operations it runs',
    noOperation: 'none',
    changeRights: 'Change what it may do',
    addOperation: 'Add an operation',
    chooseOperation: 'choose…',
    becomesStaff:
      'It becomes one of the platform’s staff: it sees and changes everything, of all operations and all members.',
    staysNoStaff: 'It leaves the platform’s staff.',
    gains: (operation) => `It runs ${operation}: it sees its members, readings and invoices.`,
    loses: (operation) => `It runs ${operation} no more.`,
    sameRights: 'Nothing is changed so far.',
    noRights: 'It could do nothing any more: disable the account instead, below.',
    rightsEffect: (email) =>
      `${email} is logged out everywhere within two seconds, logs in again with these rights, and gets an e-mail that says so.`,
    rightsSure: 'I have verified that this is what this person needs',
    saveRights: 'Change its rights',
    rightsSaved: 'The rights are changed.',
    sessions: 'Logged in at the moment',
    session: (began, used) => `since ${began}, used on ${used}`,
    noSession: 'Nowhere.',
    changes: 'All that this account has changed',
    allChanges: 'The log: who changed what, in all four services',
    capital: 'The shares of the co-operative',
    messages: 'E-mails to members',
    erasures: 'The erasures asked for',
    logOut: 'Log it out everywhere',
    logOutHelp: (email) =>
      `All sessions of ${email} end within two seconds. Its password still works.`,
    loggedOut: (count) => counted.en(count, 'session has ended.', 'sessions have ended.'),
    removeApp: 'Remove its authenticator app',
    removeAppHelp: (email) =>
      `For a person who lost the app and the recovery codes. The password alone will then be enough for ${email}: verify who asks.`,
    verified: 'I have verified that it is this person who asks',
    appRemoved: 'The app is removed.',
    disable: 'Disable the account',
    disableHelp: (email) =>
      `${email} is logged out everywhere, cannot log in any more, and gets an e-mail that says so. Nothing is erased; you can enable it again.`,
    disabledNow: 'The account is disabled.',
    enable: 'Enable the account again',
    enableHelp: (email) =>
      `${email} can log in again, with the same rights, and gets an e-mail that says so.`,
    enabledNow: 'The account is enabled again.',
    unknown: 'There is no such account, or no longer. Go back to the accounts.',
  },
);
