import { both } from '../words/language';

/** What a table holds, by its name in the answer of the platform. */
type Tables = Record<string, string>;

/** By which law something stays. */
export type Reason = 'accounts' | 'proof' | 'decisions' | 'erasure';

export const ownDataWords = both<{
  title: string;
  all: string;
  allHelp: string;
  whatIsIn: string;
  inIt: string;
  download: string;
  fileName: string;
  erasure: string;
  erasureHelp: string;
  goes: string;
  goesHelp: string;
  stays: string;
  staysHelp: string;
  elsewhere: string;
  rows: (count: number) => string;
  erased: Tables;
  kept: Tables;
  because: Record<Reason, string>;
  others: Tables;
  services: Tables;
  obstacles: string;
  obstacle: Tables;
  toLeave: string;
  ask: string;
  agree: string;
  asked: (day: string, due: string) => string;
  takeBack: string;
  withdraw: string;
  withdrawn: string;
  done: (day: string) => string;
}>(
  {
    title: 'Mes données',
    all: 'Emporter mes données',
    allHelp:
      'Votre dossier dans une archive, lisible par vous et par un tableur. Vos courbes et vos factures sont à part : son mode d’emploi dit où.',
    whatIsIn: 'Ce qu’elle contient',
    inIt: 'Votre fiche, vos points, vos accords et refus, vos documents, vos messages, vos parts sociales, vos réponses aux rencontres et aux votes, qui a consulté vos données.',
    download: 'Télécharger mes données',
    fileName: 'mes-donnees.zip',
    erasure: 'Tout faire effacer',
    erasureHelp:
      'Vous pouvez demander que la coopérative efface ce qu’elle sait de vous. Elle le fait dans le mois. C’est sans retour.',
    goes: 'Ce qui disparaît',
    goesHelp: 'Ce qui est à votre nom aujourd’hui :',
    stays: 'Ce qui reste, et pourquoi',
    staysHelp: 'Sous un numéro qui ne désigne plus personne :',
    elsewhere: 'Et dans le reste de la plateforme :',
    rows: (count) => ` (${count})`,
    erased: {
      member: 'votre nom, vos adresses, votre e-mail',
      account: 'votre compte de connexion',
      session: 'où vous êtes connecté',
      log_in_link: 'les liens de connexion envoyés',
      totp: 'votre application d’authentification',
      recovery_code: 'vos codes de secours',
      message: 'les messages qui vous ont été envoyés, et vos questions à l’organisateur',
      email_change: 'les adresses e-mail à confirmer',
      gathering_reply: 'vos réponses aux rencontres',
      gathering_notice: 'quels messages sur les rencontres sont partis',
      challenge_entry: 'vos défis, ce qui y a été mesuré et vos résultats',
      notification: 'vos notifications',
      notification_channel: 'comment vous voulez être prévenu',
      digest: 'quels résumés sont partis',
      calendar_feed: 'les adresses secrètes de vos agendas',
      invitation: 'vos invitations',
      sign_up: 'vos demandes de participer',
      request: 'vos demandes de projet',
      leave_request: 'vos demandes de sortie',
    },
    kept: {
      participation: 'ce que vous avez partagé',
      enrolment: 'vos entrées et sorties déclarées au réseau',
      document: 'vos contrats signés',
      capital_movement: 'le registre des parts sociales',
      consent: 'vos accords et refus',
      poll_voter: 'votre place dans les votes',
      ballot: 'vos bulletins',
      gathering_attendance: 'votre présence aux assemblées',
      erasure: 'que l’effacement a eu lieu, sans rien de vous',
    },
    because: {
      accounts:
        'Dix ans, comme toute pièce comptable (Code de commerce, art. L123-22 ; LPF, art. L102 B)',
      proof: 'Comme preuve de ce que vous avez permis (RGPD, art. 7.1 et 17.3.e)',
      decisions: 'Parce que d’autres s’appuient sur ce qui a été décidé (RGPD, art. 17.3.e)',
      erasure: 'Pour pouvoir en rendre compte (RGPD, art. 5.2)',
    },
    others: {
      billing:
        'factures déjà émises et mandats de prélèvement : dix ans (Code de commerce, art. L123-22). Votre adresse et l’offre de votre fournisseur partent.',
      ingest:
        'vos courbes : plus personne ne les voit hors du décompte, et elles partent à leur échéance.',
      allocation:
        'les décomptes restent, preuve des factures : ils nomment des points, et personne par son nom.',
      audit:
        'qui a changé quoi dans le registre, un temps, pour l’équipe seule (RGPD, art. 5.2 et 32).',
    },
    services: {
      billing: 'Facturation',
      ingest: 'Mesures',
      allocation: 'Partage',
      audit: 'Journal',
    },
    obstacles: 'Avant, il faut que cela prenne fin :',
    obstacle: {
      'takes-part': 'un de vos points participe à une opération, ou va le faire',
      'holds-shares': 'vous détenez des parts sociales : demandez leur remboursement',
      votes: 'un vote auquel vous êtes appelé est ouvert',
    },
    toLeave: 'Quitter l’opération',
    ask: 'Demander l’effacement',
    agree: 'J’ai lu ce qui disparaît et ce qui reste, et je sais que c’est sans retour.',
    asked: (day, due) => `Vous l’avez demandé le ${day}. Réponse au plus tard le ${due}.`,
    takeBack: 'D’ici là, rien n’est effacé, et vous pouvez encore changer d’avis.',
    withdraw: 'Retirer ma demande',
    withdrawn: 'Votre demande est retirée : rien n’a été effacé.',
    done: (day) => `C’est fait, le ${day}.`,
  },
  {
    title: 'My data',
    all: 'Take my data with me',
    allHelp:
      'Your record in an archive, for you and for a spreadsheet to read. Your curves and invoices are apart: its guide tells where.',
    whatIsIn: 'What is in it',
    inIt: 'Your record, your points, your consents and refusals, your documents, your messages, your co-operative shares, your answers to gatherings and polls, who looked at your data.',
    download: 'Download my data',
    fileName: 'my-data.zip',
    erasure: 'Have it erased',
    erasureHelp:
      'You may ask the co-op to erase what it knows of you. It does so within a month. It cannot be undone.',
    goes: 'What goes',
    goesHelp: 'What is in your name today:',
    stays: 'What stays, and why',
    staysHelp: 'Under a number that names nobody any more:',
    elsewhere: 'And in the rest of the platform:',
    rows: (count) => ` (${count})`,
    erased: {
      member: 'your name, addresses and e-mail',
      account: 'your log-in',
      session: 'where you are logged in',
      log_in_link: 'links to log in that were sent',
      totp: 'your authenticator app',
      recovery_code: 'your recovery codes',
      message: 'the messages that were sent to you, and your questions to the organiser',
      email_change: 'e-mail addresses that wait to be confirmed',
      gathering_reply: 'your answers to gatherings',
      gathering_notice: 'which messages about gatherings were sent',
      challenge_entry: 'your challenges, what was measured for them and your results',
      notification: 'your notifications',
      notification_channel: 'how you want to be told',
      digest: 'which summaries were sent',
      calendar_feed: 'the secret addresses of your calendars',
      invitation: 'your invitations',
      sign_up: 'your requests to take part',
      request: 'your requests for a project',
      leave_request: 'your requests to leave',
    },
    kept: {
      participation: 'what you shared',
      enrolment: 'your entries and exits declared to the grid',
      document: 'your signed contracts',
      capital_movement: 'the register of co-operative shares',
      consent: 'your consents and refusals',
      poll_voter: 'your place in polls',
      ballot: 'your ballots',
      gathering_attendance: 'that you were at assemblies',
      erasure: 'that the erasure took place, with nothing of you',
    },
    because: {
      accounts:
        'Ten years, as all that supports accounts (Code de commerce, art. L123-22; LPF, art. L102 B)',
      proof: 'As proof of what you allowed (GDPR, art. 7(1) and 17(3)(e))',
      decisions: 'Because others rely on what was decided (GDPR, art. 17(3)(e))',
      erasure: 'To be able to account for it (GDPR, art. 5(2))',
    },
    others: {
      billing:
        'invoices that were issued and mandates of direct debits: ten years (Code de commerce, art. L123-22). Your address and your supplier’s offer go.',
      ingest: 'your curves: nobody sees them but for the settlement, and they go in their time.',
      allocation:
        'settlements stay, as evidence of invoices: they name points, and nobody by name.',
      audit:
        'who changed what in the register, for a while, for staff only (GDPR, art. 5(2) and 32).',
    },
    services: {
      billing: 'Billing',
      ingest: 'Measurements',
      allocation: 'Sharing',
      audit: 'Journal',
    },
    obstacles: 'This has to end before:',
    obstacle: {
      'takes-part': 'one of your points takes part in an operation, or is going to',
      'holds-shares': 'you hold co-operative shares: ask for their repayment',
      votes: 'a poll that you may vote in is open',
    },
    toLeave: 'Leave the operation',
    ask: 'Ask for the erasure',
    agree: 'I have read what goes and what stays, and I know that it cannot be undone.',
    asked: (day, due) => `You asked for it on ${day}. You have an answer by ${due}.`,
    takeBack: 'Until then nothing is erased, and you can still change your mind.',
    withdraw: 'Withdraw my request',
    withdrawn: 'Your request is withdrawn: nothing was erased.',
    done: (day) => `It was done, on ${day}.`,
  },
);
