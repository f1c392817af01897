import { both } from '../../words/language';
import { counted } from '../../words/numbers';

export const coefficientWords = both(
  {
    title: (month: string) => `Coefficients · ${month}`,
    why: 'À quoi servent-ils ?',
    whyText:
      'Pour certaines clés, le gestionnaire de réseau ne sait pas calculer les parts lui-même. Vous lui envoyez chaque mois un fichier qui dit, demi-heure par demi-heure, quelle part de la production va à chacun. Il fait alors la répartition qui compte.',
    notNeeded: 'Pour ce mois, il n’y a rien à envoyer.',
    notNeededHelp:
      'Selon la clé du mois, le gestionnaire de réseau calcule les parts lui-même : par sa règle ordinaire, ou par les parts fixes qui lui ont été déclarées.',
    setBefore:
      'Les coefficients de ce mois se fixent avant son début : rien n’est à envoyer après.',
    toDeposits: 'Voir ce qui a été déposé',
    toKeys: 'Voir les clés',
    blocked: 'Tous les jours du mois doivent d’abord être répartis.',
    toShares: 'Aller aux parts du mois',
    due: (day: string) => `À envoyer au plus tard le ${day}.`,
    late: (day: string) => `En retard : c’était à envoyer le ${day}.`,
    file: '1. Le fichier',
    facts: (files: number, step: number, decimals: number) =>
      `${files === 1 ? 'Un fichier' : `Un fichier zip, avec un fichier pour chacune des ${files} centrales`} : des pourcentages à ${counted.fr(decimals, 'décimale', 'décimales')}, toutes les ${step} minutes.`,
    download: 'Télécharger',
    loss: 'Ce que l’arrondi perd',
    lossText: (lost: string, shared: string) =>
      `${lost} sur ${shared} partagés : les pourcentages sont arrondis vers le bas, pour que personne ne reçoive plus que sa part. Ce reste est vendu comme surplus.`,
    lossNone: 'L’arrondi ne perd rien.',
    byMember: 'Membre par membre',
    member: 'Membre',
    shared: 'Part, kWh',
    lost: 'Perdu, kWh',
    send: '2. L’envoi',
    sendHelp:
      'Déposez le fichier sur le portail du gestionnaire de réseau, puis notez-le ici : le contenu est gardé tel quel.',
    note: 'Référence de l’envoi',
    checked: 'J’ai déposé ce fichier',
    record: 'Noter l’envoi',
    sent: (when: string, number: number) => `Envoi n° ${number}, le ${when}.`,
    isSame: 'C’est le fichier d’aujourd’hui : rien de plus à faire.',
    outdated:
      'Les parts ont changé depuis le dernier envoi : envoyez le nouveau fichier, puis notez-le.',
    submissions: 'Ce qui a été envoyé',
    asSent: 'Télécharger l’envoi',
    asSentOf: (number: number) => `Télécharger l’envoi n° ${number}, tel quel`,
  },
  {
    title: (month) => `Coefficients · ${month}`,
    why: 'What are they for?',
    whyText:
      'For some keys the grid operator cannot compute the shares itself. Each month you send a file that says, half-hour by half-hour, which part of the production goes to whom. The split that counts is then made of it.',
    notNeeded: 'There is nothing to send for this month.',
    notNeededHelp:
      'With the key of this month the grid operator computes the shares itself: by its ordinary rule, or by the fixed parts that were declared to it.',
    setBefore:
      'The coefficients of this month are set before it begins: there is nothing to send after it.',
    toDeposits: 'See what was deposited',
    toKeys: 'See the keys',
    blocked: 'All days of the month have to be shared out first.',
    toShares: 'Go to the shares of the month',
    due: (day) => `To be sent by ${day}.`,
    late: (day) => `Late: it was to be sent by ${day}.`,
    file: '1. The file',
    facts: (files, step, decimals) =>
      `${files === 1 ? 'One file' : `A zip file, with a file for each of the ${files} plants`}: percentages with ${counted.en(decimals, 'decimal', 'decimals')}, every ${step} minutes.`,
    download: 'Download',
    loss: 'What rounding loses',
    lossText: (lost, shared) =>
      `${lost} of ${shared} shared: percentages are rounded down, so that nobody gets more than their share. The rest is sold as surplus.`,
    lossNone: 'Rounding loses nothing.',
    byMember: 'Member by member',
    member: 'Member',
    shared: 'Share, kWh',
    lost: 'Lost, kWh',
    send: '2. Sending it',
    sendHelp:
      'Upload the file on the grid operator’s portal, then note that here: its content is kept as it is.',
    note: 'Reference of what was sent',
    checked: 'I have uploaded this file',
    record: 'Note that it was sent',
    sent: (when, number) => `Sent no. ${number}, on ${when}.`,
    isSame: 'It is the file of today: there is nothing more to do.',
    outdated:
      'The shares have changed since the last file was sent: send the new one, then note that.',
    submissions: 'What was sent',
    asSent: 'Download it',
    asSentOf: (number) => `Download it as sent: no. ${number}`,
  },
);
